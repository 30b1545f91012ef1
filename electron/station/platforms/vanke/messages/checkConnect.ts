import { z } from 'zod';
import { DONE } from '../context.ts';
import { down } from '../define.ts';

/** （心跳）连接监控接口: that it was answered is the answer. */
export const checkConnect = down({
  name: 'checkConnect',
  title: '连接监控（心跳）',
  section: '供应商提供接口 / （心跳）连接监控接口',
  schema: z.unknown(),
  sample: {},
  handle: () => DONE,
});
