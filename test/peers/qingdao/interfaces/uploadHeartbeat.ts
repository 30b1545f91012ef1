import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';
import { wallClock } from '../wall-clock.ts';

/** 上传场库心跳, every 10 minutes. Its page is lost: both fields are rebuilt from the sibling interfaces (D27). */
export const uploadHeartbeat: UplinkInterface = {
  name: 'uploadHeartbeat',
  section: '四(二)3',
  fields: [f.text('parkingCode', 45, f.LOST), f.moment('uploadTime', f.LOST)],
  relations: [],
  process: (_, { serverClock: { field, skewMs, absent }, now }) =>
    absent ? undefined : { extra: { [field]: wallClock(now() + skewMs) } },
};
