import { z } from 'zod';
import { count } from '../../wire-fields.ts';
import { duty } from '../define.ts';
import { emptySpaces } from '../spaces.ts';

/** Free spaces: on every change and now and then; only the newest count. */
export const SpaceInfo = duty({
  name: 'SpaceInfo',
  title: '车位信息上报',
  section: '5.2',
  schema: z.strictObject({ total_empty: count(6), vip_empty: count(6), tmp_empty: count(6) }),
  sample: { total_empty: 700, vip_empty: 600, tmp_empty: 100 },
  everyMs: ({ settings }) => settings.spaces.everyMs,
  body: emptySpaces,
  wire: (body) => body,
});
