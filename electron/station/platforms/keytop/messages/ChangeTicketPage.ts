import { z } from 'zod';
import { page } from '../pages.ts';

/** 找零小票二维码页面跳转: where a driver gets the change that a machine, or a cashier without change, could not give. */
export const ChangeTicketPage = page({
  name: 'ChangeTicketPage',
  title: '找零小票页面',
  section: '上行5.2',
  schema: z.strictObject({ parkCode: z.string().min(1).max(64), orderNo: z.string().min(1).max(20) }),
  sample: { parkCode: '123', orderNo: '0215646456465' },
  of: 'change',
});
