import { z } from 'zod';
import { NOT_SUPPORTED } from '../context.ts';
import { down } from '../define.ts';

/** Marked 忽略 by the specification: the address is there, and whatever is asked is not looked at. */
export const queryInOutPayRecord = down({
  name: 'queryInOutPayRecord',
  title: '出场缴费纪录查询',
  section: '供应商提供接口 / 出场缴费纪录查询（忽略）',
  schema: z.unknown(),
  sample: {},
  handle: () => NOT_SUPPORTED,
});
