import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { cashCountSchema, shiftSchema } from '../domain/money-flow.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['shifts'];

/** Rows counted, and what they come to. */
export const countedSchema = z.object({ count: z.int(), amountFen: z.int() });
export const byMethodSchema = countedSchema.extend({ method: z.string() });
export const byMethodAndSceneSchema = byMethodSchema.extend({ scene: z.string() });
export const byReasonSchema = countedSchema.extend({ reason: z.string() });

/** 班次. What the drawer should hold, and what it came from, is null until the count was handed in. */
export const shiftViewSchema = shiftSchema.extend({
  openedAt: timestampSchema,
  closedAt: timestampSchema.nullable(),
  confirmedAt: timestampSchema.nullable(),
  cashInFen: z.int().nullable(),
  cashRefundedFen: z.int().nullable(),
  paidOutFen: z.int().nullable(),
  changeKeptFen: z.int().nullable(),
  changeHandedFen: z.int().nullable(),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

const paidOutViewSchema = z.object({
  id: z.string(),
  shiftId: z.string(),
  amountFen: fenSchema,
  remark: z.string(),
  at: timestampSchema,
});

/** 班次报表. Everything a printed report needs, and the rows of the journal that it rests on. */
export const shiftReportSchema = z.object({
  shift: shiftViewSchema,
  from: timestampSchema,
  to: timestampSchema,
  drawer: z.object({
    floatFen: fenSchema,
    cashInFen: z.int(),
    cashRefundedFen: z.int(),
    paidOutFen: z.int(),
    changeKeptFen: z.int().describe('Change that stayed because a platform gives it (找零订单)'),
    changeHandedFen: z.int().describe('Such change that was handed over out of this drawer after all'),
    expectedFen: z.int(),
    countedFen: z.int().nullable(),
    differenceFen: z.int().nullable(),
    differenceReason: z.string().nullable(),
    bookedAfterCountFen: z.int().describe('Cash booked to the shift after its count; anything but 0 needs a look'),
  }),
  received: z.array(byMethodAndSceneSchema),
  refunds: z.array(byMethodSchema),
  recharges: z.array(byMethodSchema),
  paidOuts: z.array(paidOutViewSchema),
  changeOrders: z
    .object({ open: countedSchema, given: countedSchema, 'by-hand': countedSchema })
    .describe('Orders over change that this drawer kept, as they stand now'),
  released: z.array(byReasonSchema),
  manualOpens: z.array(byReasonSchema),
  debtsLetOut: countedSchema,
  departurePay: countedSchema.describe('Left first; a platform collects afterwards'),
  debtsCollected: countedSchema,
  feesLowered: countedSchema,
  billsVoided: z.int(),
  entries: z.int(),
  exits: z.int(),
  journal: z.object({ firstSeq: z.int(), lastSeq: z.int() }),
  gaps: z.array(
    z.object({
      kind: z.enum(['crashed', 'stopped', 'clock', 'held-open', 'camera-down']),
      laneId: z.string().nullable(),
      from: timestampSchema,
      to: timestampSchema.nullable(),
    }),
  ),
});
export type ShiftReportView = z.infer<typeof shiftReportSchema>;

const id = { id: z.string().min(1).max(64) };
const booth = z.string().max(20).default('').describe('Booth as the lanes name it; empty for lanes without one');
const count = cashCountSchema.describe('Face value in fen → pieces: 10000 5000 2000 1000 500 100 50 10 1');

const act = (action: string, summary: string) =>
  procedure({ access: 'attendant', method: 'POST', path: `/shifts/{id}/${action}`, summary, tags });

export const shifts = {
  /** Attendants see their own. */
  list: procedure({ access: 'attendant', method: 'GET', path: '/shifts', summary: 'Shifts, newest first', tags })
    .input(
      z.object({
        cashier: z.string().max(60).optional(),
        from: timestampSchema.optional().describe('Opened at or after'),
        to: timestampSchema.optional().describe('Opened before'),
        different: z.enum(['true']).optional().describe('Only those whose count did not agree'),
        ...pageInput,
      }),
    )
    .output(pageOf(shiftViewSchema)),
  /** Who takes the money at a booth now, and which shifts there wait to be resumed, closed or taken over. */
  current: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/shifts/current',
    summary: 'The shift that runs at a booth, and those that are not finished',
    tags,
  })
    .input(z.object({ booth }))
    .output(z.object({ current: shiftViewSchema.nullable(), standing: z.array(shiftViewSchema) })),
  get: procedure({ access: 'attendant', method: 'GET', path: '/shifts/{id}', summary: 'One shift', tags })
    .input(z.object(id))
    .output(shiftViewSchema),
  /** Cashiers get their own, once it was counted; managers any but their own uncounted one, at any time. */
  report: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/shifts/{id}/report',
    summary: 'Shift report (班次报表)',
    tags,
  })
    .input(z.object(id))
    .output(shiftReportSchema),
  /** 开班. The drawer of the shift before must have been taken over by whoever opens. */
  open: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/shifts',
    summary: 'Open a shift at a booth (开班)',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({ booth, floatFen: fenSchema.optional().describe('Absent: what was taken over from the shift before') }),
    )
    .output(shiftViewSchema),
  pause: act('pause', 'Lock the drawer: a break, or before counting').input(z.object(id)).output(shiftViewSchema),
  /** Asks for the password again: of the cashier, or of a manager named by `name`. */
  resume: act('resume', 'Unlock the drawer')
    .input(
      z.object({
        ...id,
        password: z.string().min(1).max(200),
        name: z.string().min(1).max(40).optional().describe('Whose password it is; absent: of whoever is signed in'),
      }),
    )
    .output(shiftViewSchema),
  relief: act('relief', 'Stand in for this shift with a drawer of one’s own (顶班)')
    .input(z.object({ ...id, floatFen: fenSchema }))
    .output(shiftViewSchema),
  payOut: act('paid-out', 'Take money out of the drawer, with a remark (支出)')
    .input(z.object({ ...id, amountFen: fenSchema.min(1), remark: z.string().trim().min(1).max(200) }))
    .output(paidOutViewSchema),
  /** 盲点. Once; the answer is the first to tell what should have been there. */
  count: act('count', 'Hand in the blind count (清点)')
    .input(z.object({ ...id, count }))
    .output(shiftViewSchema),
  close: act('close', 'Hand over the drawer (交班); a difference needs a reason')
    .input(
      z.object({
        ...id,
        leftFen: z.int().min(0).optional().describe('Left for the next cashier; absent: all of it'),
        reason: z.string().trim().min(1).max(200).optional(),
      }),
    )
    .output(shiftViewSchema),
  confirm: act('confirm', 'Take the drawer over (接班): accept what was left, or count it again')
    .input(z.object({ ...id, count: count.optional() }))
    .output(shiftViewSchema),
};
