import { z } from 'zod';
import { count, fenUpTo, wireDay } from '../../wire-fields.ts';
import { fieldOf, readCount } from '../answer-fields.ts';
import { query, record } from '../define.ts';
import { parkingCode } from '../fields.ts';

const answer = z.looseObject({}).transform((body, context) => {
  const accountMark = readCount(fieldOf(body, 'accountMark'));
  const photoMark = readCount(fieldOf(body, 'photoMark'));
  if (accountMark !== undefined) return { accountMark, photoMark: photoMark ?? null };
  context.addIssue({ code: 'custom', path: ['accountMark'], message: 'is missing, or no number' });
  return z.NEVER;
});

/** The five figures of a finished day, for the platform to compare with its own. */
export const uploadCheckRecord = query({
  name: 'uploadCheckRecord',
  title: '停车记录日核对',
  section: '四(二)1',
  schema: z.strictObject({
    parkingCode,
    checkDate: wireDay,
    arriveNum: count(10),
    leaveNum: count(10),
    photoNum: count(10),
    payNum: count(10),
    payTotal: fenUpTo(9_999_999_999),
  }),
  sample: {
    ...{ parkingCode: '1001', checkDate: '2026-03-02' },
    ...{ arriveNum: 10, leaveNum: 15, photoNum: 15, payNum: 10, payTotal: 1850 },
  },
  /** `accountMark`: 1 entries + 2 exits + 4 bills differ. `photoMark`: 1 where photos differ, null where it does not say. */
  answer,
  sampleAnswer: { accountMark: 0, photoMark: 0 },
  wire: record,
});
