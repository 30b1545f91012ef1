import { z } from 'zod';
import { toldAutoPaySchema } from '../bindings.ts';
import { query } from '../define.ts';
import { vplNumber } from '../fields.ts';

/** Whether the owner of a plate agreed to AutoPay, and up to what sum. */
export const AutoPayStatus = query({
  name: 'AutoPayStatus',
  title: '无感状态查询',
  section: '5.5',
  schema: z.strictObject({ vpl_number: vplNumber }),
  sample: { vpl_number: '云Z00000' },
  answer: toldAutoPaySchema,
  sampleAnswer: { uid: 1, limit: 50_000 },
  wire: (body) => body,
});
