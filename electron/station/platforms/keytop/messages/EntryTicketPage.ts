import { z } from 'zod';
import { page } from '../pages.ts';

/** 入场小票二维码页面跳转: where the code on an entry ticket leads. */
export const EntryTicketPage = page({
  name: 'EntryTicketPage',
  title: '入场小票页面',
  section: '上行5.1',
  schema: z.strictObject({ parkCode: z.string().min(1).max(64) }),
  sample: { parkCode: '123' },
  of: 'entry',
});
