import { z } from 'zod';
import { shiftSchema } from '../domain/money-flow.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { byMethodAndSceneSchema, byMethodSchema, byReasonSchema, countedSchema } from './shifts.ts';
import { stayViewSchema } from './stays.ts';

const tags = ['reports'];

const date = z.iso.date().describe('Business day, e.g. 2026-03-02');
const period = z
  .union([
    z.iso.date(),
    z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    z.string().regex(/^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$/),
  ])
  .describe('Business day 2026-03-02, month 2026-03, or both ends of some days 2026-03-02..2026-03-08');

/** What a figure is made of. */
export const reportRowsOfSchema = z.enum([
  'received',
  'charged',
  'discounts',
  'released',
  'debts',
  'manual-opens',
  'fees-lowered',
  'bills-voided',
  'refunds',
  'recharges',
  'entries',
  'exits',
]);
export type ReportRowsOf = z.infer<typeof reportRowsOfSchema>;

const which = {
  period,
  of: reportRowsOfSchema,
  method: z.string().max(40).optional(),
  scene: z.string().max(40).optional(),
  reason: z.string().max(400).optional(),
  operator: z.string().max(60).optional(),
  laneId: z.string().max(64).optional(),
  shiftId: z.string().max(64).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional().describe('Of the day, Asia/Shanghai'),
};

/** Which rows. */
export const reportWhichSchema = z.object(which);

/** One of the rows behind a figure. What does not apply to its kind is null; `amountFen` is 0 where only the number counts. */
export const reportRowSchema = z.object({
  at: timestampSchema,
  uid: z.string().nullable(),
  plate: z.string().nullable(),
  laneId: z.string().nullable(),
  operator: z.string().nullable(),
  method: z.string().nullable(),
  scene: z.string().nullable(),
  shiftId: z.string().nullable(),
  reason: z.string(),
  amountFen: z.int(),
});
export type ReportRow = z.infer<typeof reportRowSchema>;
const span = { from: timestampSchema, to: timestampSchema.describe('Excluded') };

/**
 * Charges, discounts, waived and owed amounts belong to the day in which the stay ended; money belongs to the day in which it
 * came, and refunds to the day in which they were done. Fen.
 */
export const totalsSchema = z.object({
  stays: z.int(),
  chargedFen: z.int(),
  discountFen: z.int(),
  waivedFen: z.int(),
  owedFen: z.int(),
  received: z.array(byMethodAndSceneSchema),
  receivedTotal: countedSchema,
  released: z.array(byReasonSchema),
  refunds: z.array(byMethodSchema),
  refundTotal: countedSchema,
  recharges: z.array(byMethodSchema),
  manualOpens: z.array(byReasonSchema),
  debtsLetOut: countedSchema,
  departurePay: countedSchema.describe('Left first; a platform collects afterwards'),
  debtsCollected: countedSchema,
  feesLowered: countedSchema,
  billsVoided: z.int(),
  entries: z.int(),
  exits: z.int(),
});

const activity = {
  received: countedSchema,
  released: countedSchema,
  manualOpens: z.int(),
  feesLowered: countedSchema,
};

const read = (path: `/${string}`, summary: string) =>
  procedure({ access: 'manager', method: 'GET', path, summary, tags });

export const reports = {
  /** 日报、月报. A month also comes day by day. */
  totals: read('/reports/totals', 'What a business day or a month came to')
    .input(z.object({ period }))
    .output(
      z.object({
        ...span,
        totals: totalsSchema,
        days: z.array(z.object({ date: z.string(), totals: totalsSchema })),
      }),
    ),
  /** 收费员统计. `name` null: money that came without a person. */
  collectors: read('/reports/collectors', 'Per collector: money, free releases, openings by hand, lowered fees')
    .input(z.object({ period }))
    .output(
      z.object({
        ...span,
        collectors: z.array(
          z.object({
            name: z.string().nullable(),
            ...activity,
            cash: countedSchema,
            freeRatio: z.number().nullable(),
            cars: z.int(),
            manualOpensPer100Cars: z.number().nullable(),
            byHour: z.array(z.object({ hour: z.int(), ...activity })),
          }),
        ),
      }),
    ),
  /**
   * 车道统计. `laneId` null with `areaId`: the berths of a road section together; with neither: paid away from both, or at a place that is no
   * more.
   */
  lanes: read('/reports/lanes', 'Per lane and road section: passages, money, free releases, openings by hand')
    .input(z.object({ period }))
    .output(
      z.object({
        ...span,
        lanes: z.array(
          z.object({
            laneId: z.string().nullable(),
            areaId: z.string().nullable(),
            areaName: z.string().nullable(),
            entries: z.int(),
            exits: z.int(),
            received: countedSchema,
            released: countedSchema,
            chargedFen: z.int(),
            owedFen: z.int(),
            manualOpens: z.int(),
          }),
        ),
      }),
    ),
  /** 车流统计、周转率. */
  flow: read('/reports/flow', 'Cars per hour, and how often a space was used')
    .input(z.object({ period }))
    .output(
      z.object({
        ...span,
        entries: z.int(),
        exits: z.int(),
        byHour: z.array(z.object({ hour: z.int(), entries: z.int(), exits: z.int() })),
        busiestHour: z.int().nullable(),
        spaces: z.int(),
        days: z.int(),
        turnover: z.number().nullable().describe('Cars that left per space and day'),
      }),
    ),
  /** 免费放行分析. */
  free: read('/reports/free', 'Free releases by collector and reason, and by vehicle class')
    .input(z.object({ period }))
    .output(
      z.object({
        ...span,
        byCollector: z.array(
          z.object({
            name: z.string(),
            reason: z.string(),
            count: z.int(),
            amountFen: z.int(),
            cars: z.int().describe('Cars that this person took money from or let go'),
            ratio: z.number().nullable(),
          }),
        ),
        byClass: z.array(
          z.object({
            vehicleClass: z.string(),
            stays: z.int(),
            released: z.int(),
            waivedFen: z.int(),
            ratio: z.number().nullable(),
          }),
        ),
      }),
    ),
  /** 在场曲线. */
  occupancy: read('/reports/occupancy', 'Cars inside at the end of each hour of a business day')
    .input(z.object({ date }))
    .output(
      z.object({ ...span, spaces: z.int(), points: z.array(z.object({ at: timestampSchema, inside: z.int() })) }),
    ),
  /** 明细. Every figure of every report is the sum of such rows. */
  rows: read('/reports/rows', 'The rows that a figure of a report is the sum of, newest first')
    .input(z.object({ ...which, ...pageInput }))
    .output(pageOf(reportRowSchema).extend({ amountFen: z.int().describe('Of all that the filter matches') })),
  groups: read('/reports/groups', 'The same rows, added up by one of their columns')
    .input(z.object({ ...which, by: z.enum(['reason', 'method', 'operator', 'laneId', 'hour']) }))
    .output(z.object({ ...span, groups: z.array(countedSchema.extend({ value: z.string().nullable() })) })),
  /** 在场车辆. */
  open: read('/reports/open', 'Cars inside now: how many, the oldest, how many too long').output(
    z.object({
      at: timestampSchema,
      count: z.int(),
      oldest: stayViewSchema.nullable(),
      staleDays: z.int(),
      stale: z.int(),
    }),
  ),
  file: read('/reports/{report}/file', 'Any report as CSV or XLSX; the journal tells who took it')
    .input(
      z.object({
        report: z.enum(['totals', 'collectors', 'lanes', 'flow', 'free', 'balance', 'rows']),
        period: period.describe('For `balance` a business day'),
        rows: reportWhichSchema.omit({ period: true }).optional().describe('For `rows`: which'),
        format: z.enum(['csv', 'xlsx']).default('xlsx'),
      }),
    )
    .output(z.file()),
  /** 日平衡. For every stay: charge = paid + discount + waived + owed; money = by shift + by platform + without a shift. */
  balance: read('/reports/balance', 'Does the money of a business day add up?')
    .input(z.object({ date }))
    .output(
      z.object({
        ...span,
        holds: z.boolean(),
        stays: z.int(),
        wrong: z.array(
          z.object({
            what: z.enum(['account', 'payments']),
            uid: z.string(),
            plate: z.string(),
            exitedAt: timestampSchema,
            chargeFen: z.int(),
            paidFen: z.int(),
            discountFen: z.int(),
            waivedFen: z.int(),
            owedFen: z.int(),
            paymentsFen: z.int(),
            refundedFen: z.int(),
            differenceFen: z.int(),
          }),
        ),
        money: z.object({
          total: countedSchema,
          shifts: z.array(countedSchema.extend({ shiftId: z.string() })),
          platforms: z.array(countedSchema.extend({ platform: z.string() })),
          withoutShift: countedSchema,
        }),
        drawers: z.array(
          z.object({
            shiftId: z.string(),
            cashier: z.string(),
            booth: z.string(),
            state: shiftSchema.shape.state,
            takenFen: z.int(),
            bookedFen: z.int(),
            movedSinceCountFen: z.int(),
            differenceFen: z.int(),
          }),
        ),
      }),
    ),
};
