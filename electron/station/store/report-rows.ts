import { z } from 'zod';
import { paymentMethodSchema, paymentSceneSchema } from '../../../shared/domain/money-flow.ts';

/** From one instant to another, the end excluded; epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Rows of the journal, both ends included. */
export interface SeqSpan {
  readonly first: number;
  readonly last: number;
}

export const receivedSchema = z.object({
  method: paymentMethodSchema,
  scene: paymentSceneSchema,
  via: z.string().nullable(),
  operator: z.string(),
  shiftId: z.string().nullable(),
  /** Where the car left; null for what was not paid at a gate. */
  laneId: z.string().nullable(),
  hour: z.int(),
  count: z.int(),
  amountFen: z.int(),
});
/** Money that came in, at the finest grain that any report shows: every sum of received money is a sum of these. */
export type ReceivedRow = z.output<typeof receivedSchema>;

/** Stays that ended, as they stand now, per lane of exit. */
export const endedSchema = z.object({
  laneId: z.string().nullable(),
  stays: z.int(),
  chargeFen: z.int(),
  paidFen: z.int(),
  discountFen: z.int(),
  waivedFen: z.int(),
  owedFen: z.int(),
});

export const releasedSchema = z.object({
  reason: z.string(),
  operator: z.string(),
  laneId: z.string().nullable(),
  hour: z.int(),
  count: z.int(),
  amountFen: z.int(),
});
/** Cars let go without paying what was due (免费放行), by the reason given. */
export type ReleasedRow = z.output<typeof releasedSchema>;

const deedSchema = z.object({
  what: z.enum(['entry', 'exit', 'manual-open', 'fee-lowered', 'debt', 'departure-pay', 'bill-void']),
  laneId: z.string().nullable(),
  /** Null where nobody in person did it. */
  operator: z.string().nullable(),
  reason: z.string(),
  hour: z.int(),
  count: z.int(),
  amountFen: z.int(),
});
/** What happened at the lanes, counted. `amountFen`: fen owed, or by how much fees were lowered. */
export type DeedRow = z.output<typeof deedSchema>;

export const sumSchema = z.object({ method: z.string(), count: z.int(), amountFen: z.int() });
export type MethodSum = z.output<typeof sumSchema>;

const unbalancedSchema = z.object({
  uid: z.string(),
  plate: z.string(),
  exitedAt: z.int(),
  chargeFen: z.int(),
  paidFen: z.int(),
  discountFen: z.int(),
  waivedFen: z.int(),
  owedFen: z.int(),
  /** Sum of its payments, as they lie in their own table. */
  paymentsFen: z.int(),
  refundedFen: z.int(),
  /** Asked for, and neither given back nor rejected yet. */
  pendingFen: z.int().default(0),
});
export type BalanceRow = z.output<typeof unbalancedSchema>;

const classSchema = z.object({
  vehicleClass: z.string(),
  stays: z.int(),
  /** Of them those let go without paying what was due. */
  released: z.int(),
  waivedFen: z.int(),
});
/** Stays that ended, per vehicle class. */
export type ClassRow = z.output<typeof classSchema>;

export const classRowsSchema = z.array(classSchema);
export const deedRowsSchema = z.array(deedSchema);
export const balanceRowsSchema = z.array(unbalancedSchema);
export const dayRowsSchema = z.object({
  received: z.array(receivedSchema),
  ended: z.array(endedSchema),
  released: z.array(releasedSchema),
  deeds: deedRowsSchema,
  refunds: z.array(sumSchema),
  recharges: z.array(sumSchema),
});
/** All that a business day comes to, before anything is added up. */
export type DayRows = z.output<typeof dayRowsSchema>;
