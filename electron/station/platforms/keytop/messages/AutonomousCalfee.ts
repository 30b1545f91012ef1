import { z } from 'zod';
import { fenSchema } from '../../../../../shared/domain/money.ts';
import { query } from '../define.ts';
import { instant, toDashed } from '../fields.ts';

const whole = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^\d{1,12}$/)
    .transform(Number),
]);

/** 上行5.3 第三方线上自主计费接口: the third party says what is still to pay. Whatever is no whole amount of fen (G24) is no price. */
export const AutonomousCalfee = query({
  name: 'AutonomousCalfee',
  title: '第三方线上自主计费',
  section: '上行5.3',
  schema: z
    .strictObject({
      plateNo: z.string().max(40),
      /** Of a car without a plate. */
      cardNo: z.string().max(64),
      enteredAt: instant,
      entryPlace: z.string().min(1).max(64),
      leavesAt: instant,
      leavePlace: z.string().min(1).max(64),
    })
    .refine(({ plateNo, cardNo }) => plateNo !== '' || cardNo !== '', 'neither plateNo nor cardNo'),
  sample: {
    plateNo: '苏E05EV8',
    cardNo: '',
    enteredAt: 1_772_438_409_000,
    entryPlace: '西门入口',
    leavesAt: 1_772_445_600_000,
    leavePlace: '东门出口',
  },
  answer: z.object({ paymoney: whole.pipe(fenSchema) }),
  sampleAnswer: { paymoney: 1200 },
  wire: ({ plateNo, cardNo, enteredAt, entryPlace, leavesAt, leavePlace }) => ({
    plateNo,
    cardNo,
    entryTime: toDashed(enteredAt),
    entryPlace,
    leaveTime: toDashed(leavesAt),
    leavePlace,
  }),
});
