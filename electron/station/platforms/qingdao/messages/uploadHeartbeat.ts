import { z } from 'zod';
import { parseShanghaiDateTime } from '../../../../../shared/domain/time.ts';
import type { QingdaoAnswer } from '../context.ts';
import { duty, record } from '../define.ts';
import { parkingCode } from '../fields.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A moment as the platform may write it: date and time, epoch milliseconds, or epoch seconds. */
function readMoment(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\d+$/.test(value.trim())) return parseShanghaiDateTime(value);
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (number > 1e12 && number < 1e13) return number;
  return number > 1e9 && number < 1e10 ? number * 1000 : undefined;
}

/** The platform's clock: a named field at the root or in `data`, else the HTTP date (D27). */
export function platformTime(answer: QingdaoAnswer, names: readonly string[]): number | undefined {
  const places = [answer.body, answer.body['data']].filter(isRecord);
  for (const place of places)
    for (const name of names) {
      const at = readMoment(place[name]);
      if (at !== undefined) return at;
    }
  const header = answer.date === null ? Number.NaN : Date.parse(answer.date);
  return Number.isNaN(header) ? undefined : header;
}

/** Sign of life, every ten minutes, and the comparison of clocks. The PC's clock is reported on, never set. */
export const uploadHeartbeat = duty({
  name: 'uploadHeartbeat',
  title: '上传场库心跳',
  section: '四(二)3',
  schema: z.strictObject({ parkingCode }),
  sample: { parkingCode: '1001' },
  everyMs: ({ settings }) => settings.intervals.heartbeatMs,
  body: ({ settings }) => ({ parkingCode: settings.parkingCode }),
  wire: record,
  answered: (answer, context) => {
    const theirs = platformTime(answer, context.settings.heartbeat.timeFields);
    context.noteDrift(theirs === undefined ? null : Math.round(answer.at - theirs));
  },
});
