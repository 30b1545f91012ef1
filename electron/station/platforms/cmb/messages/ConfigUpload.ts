import { z } from 'zod';
import { up } from '../define.ts';

/** What the bank must know of our settings: how long a car that has paid may take to leave. Made by `announce.ts`. */
export const ConfigUpload = up({
  name: 'ConfigUpload',
  title: '配置信息上报',
  section: '5.7',
  schema: z.strictObject({
    /** Seconds; travels as the one item of `config_items`. */
    reserved_out_time: z.int().min(0).max(86_400),
  }),
  sample: { reserved_out_time: 1800 },
  wire: ({ reserved_out_time }) => ({ config_items: { reserved_out_time } }),
});
