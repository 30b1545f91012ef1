import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import {
  attemptSchema,
  attemptStateSchema,
  caseHindranceSchema,
  caseKindSchema,
  caseSchema,
  channelKindSchema,
  paymentMethodSchema,
  paymentSceneSchema,
  refundSchema,
} from '../domain/money-flow.ts';
import { discountKindSchema } from '../domain/registry.ts';
import { roleSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';
import { changeBySchema, changeOrderViewSchema } from './change-orders.ts';
import { billViewSchema } from './lanes.ts';
import { stayViewSchema } from './stays.ts';

const tags = ['payments'];
const id = z.string().min(1).max(64);
const uid = z.string().min(1).max(60);
const channel = z.string().min(1).max(40);
export const authCode = z
  .string()
  .regex(/^\d{10,32}$/)
  .optional()
  .describe("What the driver's payment code says, for channels that scan");
const reason = z.string().trim().min(1).max(200);

export const stayBillSchema = billViewSchema.extend({
  uid: z.string(),
  state: z.enum(['open', 'paid', 'void']),
  scene: paymentSceneSchema,
});

export const attemptViewSchema = attemptSchema.extend({ createdAt: timestampSchema, updatedAt: timestampSchema });
export type AttemptView = z.infer<typeof attemptViewSchema>;

export const refundViewSchema = refundSchema.extend({
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  plate: z.string().nullable().describe('Of the stay, as it stands now; null where a recharge is given back'),
});
export type RefundView = z.infer<typeof refundViewSchema>;

export const caseViewSchema = caseSchema.extend({
  openedAt: timestampSchema,
  closedAt: timestampSchema.nullable(),
  hindrance: caseHindranceSchema.nullable().describe('Why whoever asks may not close it; null: they may'),
});
export type CaseView = z.infer<typeof caseViewSchema>;

export const chargedSchema = z.object({
  attempt: attemptViewSchema,
  text: z.string().nullable().describe('The text of the code to show, for channels that show one'),
  shownForMs: z
    .int()
    .min(0)
    .optional()
    .describe('So long from now the code is to be shown, ms; then charge again for the next one. Absent: it stays'),
});

/** 收费渠道 and 支付: how bills get paid away from cash at a lane. */
export const payments = {
  channels: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/channels',
    summary: 'Payment channels, in the order in which an exit asks them',
    tags,
  }).output(
    z.array(
      z.object({
        ...{ id: z.string(), title: z.string(), kind: channelKindSchema, method: paymentMethodSchema },
        askAtMs: z
          .array(z.int())
          .default([])
          .describe(
            'When a try whose end is not known is asked about, ms after it became unknown; then it is set aside',
          ),
      }),
    ),
  ),
  bills: procedure({ access: 'attendant', method: 'GET', path: '/bills', summary: 'All bills of a stay', tags })
    .input(z.object({ uid }))
    .output(z.array(stayBillSchema)),
  /** 场内预缴: the bill of a car that is not at an exit; the open one while it holds. */
  prepay: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/sessions/{uid}/bill',
    summary: 'Bill a car inside',
    tags,
  })
    .input(z.object({ uid }))
    .output(
      z.object({
        bill: stayBillSchema.nullable().describe('null: nothing is due'),
        graceUntil: timestampSchema.nullable().describe('Paid already, and free to leave until then'),
      }),
    ),
  /** 核对. Settles the doubts about a stay up to now, and for half an hour the check of a high amount. */
  review: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/sessions/{uid}/review',
    summary: 'Somebody looked at a stay that is in doubt, and it counts as it stands',
    tags,
  })
    .input(z.object({ uid, reason }))
    .output(stayViewSchema),
  pay: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/bills/{id}/pay',
    summary: 'Take money for a bill by hand',
    tags,
  })
    .input(
      z.object({
        id,
        method: z.enum(['cash', 'pos']),
        receivedFen: fenSchema,
        change: changeBySchema,
        partFen: fenSchema.min(1).optional().describe('Pay only so much; the rest stays due'),
      }),
    )
    .output(
      z.object({
        ...{ billId: z.string(), amountFen: fenSchema, changeFen: fenSchema, rest: stayBillSchema.nullable() },
        changeOrder: changeOrderViewSchema.nullable().describe('The order over the change, where a platform gives it'),
      }),
    ),
  charge: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/bills/{id}/charge',
    summary: 'Charge a bill at a channel: show a code, or use the one that was scanned',
    tags,
  })
    .input(z.object({ id, channel, authCode, despiteUnknown: z.boolean().default(false) }))
    .output(chargedSchema),
  chargeLane: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/lanes/{id}/charge',
    summary: 'Charge the bill that stands at a lane',
    tags,
  })
    .input(
      z.object({
        id,
        channel,
        authCode,
        despiteUnknown: z.boolean().default(false).describe('Although an earlier try is open: that one is taken back'),
      }),
    )
    .output(chargedSchema),
  attempts: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/attempts',
    summary: 'Attempts of a bill, or all that are under way',
    tags,
  })
    .input(z.object({ billId: id.optional(), uid: uid.optional(), state: attemptStateSchema.optional() }))
    .output(z.array(attemptViewSchema)),
  query: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/attempts/{id}/query',
    summary: 'Ask the channel now what became of an attempt',
    tags,
  })
    .input(z.object({ id }))
    .output(attemptViewSchema),
  /** 优惠. Attendants within the limit of the rules, managers without. */
  grant: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/sessions/{uid}/discounts',
    summary: 'Grant a discount to a car inside',
    tags,
  })
    .input(
      z.object({
        uid,
        kind: discountKindSchema,
        value: z.int().min(0).max(10_000_000).describe('fen, minutes, or percent off; 0 for free'),
        maxFen: fenSchema.nullable().default(null),
        minimumFen: fenSchema.default(0),
        reason: z.string().trim().min(1).max(40),
      }),
    )
    .output(stayViewSchema),
};

/** 退款: asked for by anybody, decided by a manager who did not ask for it. */
export const refunds = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/refunds', summary: 'Refunds, newest first', tags })
    .input(z.object({ state: refundSchema.shape.state.optional(), ...pageInput }))
    .output(pageOf(refundViewSchema)),
  request: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/refunds',
    summary: 'Ask for money back',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        billId: id.optional().describe('The bill whose payment is given back'),
        attemptId: id.optional().describe('Or the attempt whose money settled no bill'),
        recharge: z
          .object({ cardId: id, orderNo: z.string().min(1).max(140) })
          .optional()
          .describe('Or a recharge of a cancelled card, by its order number; managers only'),
        amountFen: fenSchema.min(1),
        reason,
      }),
    )
    .output(refundViewSchema),
  approve: procedure({
    access: 'manager',
    method: 'POST',
    path: '/refunds/{id}/approve',
    summary: 'Approve a refund; a channel that can carries it out',
    tags,
  })
    .input(z.object({ id }))
    .output(refundViewSchema),
  reject: procedure({
    access: 'manager',
    method: 'POST',
    path: '/refunds/{id}/reject',
    summary: 'Reject a refund',
    tags,
  })
    .input(z.object({ id, ...optionalReason }))
    .output(refundViewSchema),
  done: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/refunds/{id}/done',
    summary: 'The money was handed over',
    tags,
  })
    .input(z.object({ id, method: paymentMethodSchema.optional().describe('How; absent: as it was paid') }))
    .output(refundViewSchema),
};

/** 异常: what a named person must look at. */
export const cases = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/cases', summary: 'Exceptions, newest first', tags })
    .input(
      z.object({
        id: z.string().max(200).optional().describe('This one alone'),
        open: z.enum(['true', 'false']).optional(),
        kind: caseKindSchema.optional(),
        uid: uid.optional(),
        owner: z.string().max(40).optional().describe('Whose name is on it; empty: nobody’s'),
        ...pageInput,
      }),
    )
    .output(pageOf(caseViewSchema)),
  /** What is open by kind, and who there is to hand a case over to. */
  summary: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/cases/summary',
    summary: 'Open exceptions by kind',
    tags,
  }).output(
    z.object({
      open: z.int(),
      mine: z.int(),
      byKind: z.array(z.object({ kind: caseKindSchema, open: z.int(), mine: z.int(), oldestAt: timestampSchema })),
      people: z.array(z.object({ name: z.string(), displayName: z.string(), role: roleSchema })),
    }),
  ),
  handOver: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/cases/{id}/hand-over',
    summary: 'Hand a case over to a colleague; a manager may hand over any',
    tags,
  })
    .input(z.object({ id: z.string().min(1).max(200), to: z.string().min(1).max(40) }))
    .output(caseViewSchema),
  take: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/cases/{id}/take',
    summary: 'Take a case; a manager may take it over',
    tags,
  })
    .input(z.object({ id: z.string().min(1).max(200) }))
    .output(caseViewSchema),
  /** By whoever took it, or a manager; what is about money by a manager who had no hand in it. */
  close: procedure({ access: 'attendant', method: 'POST', path: '/cases/{id}/close', summary: 'Close a case', tags })
    .input(z.object({ id: z.string().min(1).max(200), resolution: z.string().trim().min(1).max(400) }))
    .output(caseViewSchema),
};
