import { z } from 'zod';
import { fenSchema } from '../domain/money.ts';
import { paymentMethodSchema } from '../domain/money-flow.ts';
import { cardSchema, icNumberSchema, rechargePlanSchema, rechargeUnitSchema } from '../domain/registry.ts';
import { cardTypeSchema } from '../domain/terms.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { eventViewSchema } from './journal.ts';

const tags = ['cards'];
const id = z.object({ id: z.string().min(1).max(64) });
const plate = z.string().min(1).max(16);
const reason = z.string().trim().max(200).default('');
const share = z.boolean().optional().describe('The plates may stand on other cards as well; otherwise that is refused');
const { shape } = cardSchema;

export const cardViewSchema = cardSchema.extend({
  validFrom: timestampSchema,
  validTo: timestampSchema,
  updatedAt: timestampSchema,
});
export type CardView = z.infer<typeof cardViewSchema>;

export const rechargePlanViewSchema = rechargePlanSchema.extend({ updatedAt: timestampSchema });
export type RechargePlanView = z.infer<typeof rechargePlanViewSchema>;

/** Absent, or an empty text: as it was. `null` empties a text. */
const changes = {
  number: z.string().max(40).optional(),
  name: z.string().max(60).nullable().optional().describe('卡片名称, besides the number'),
  icNumbers: z
    .array(icNumberSchema)
    .max(50)
    .optional()
    .describe(
      'Numbers of all its IC cards (IC 卡号). They are kept, found and told to platforms; no reader opens by them',
    ),
  spaces: shape.spaces.optional(),
  areas: shape.areas.optional(),
  quotaId: shape.quotaId.optional(),
  vehicleClass: shape.vehicleClass.optional(),
  validFrom: timestampSchema.optional(),
  validTo: timestampSchema.optional(),
  owner: shape.owner.nullable().optional(),
  phone: shape.phone.nullable().optional(),
  room: z.string().max(40).nullable().optional().describe('房间号'),
  remark: shape.remark.nullable().optional(),
};

const planFields = rechargePlanSchema.omit({ id: true, updatedAt: true });

/** 固定车: cards of every type. */
export const cards = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/cards', summary: 'Search cards', tags })
    .input(
      z.object({
        plate: z.string().max(16).optional().describe('Any part of a plate'),
        text: z.string().max(60).optional().describe('Any part of the number, name, owner, room or of an IC card'),
        type: cardTypeSchema.optional(),
        state: shape.state.optional(),
        endingWithinDays: z.coerce
          .number()
          .int()
          .min(0)
          .max(366)
          .optional()
          .describe('Valid now and no longer so many days from now'),
        ...pageInput,
      }),
    )
    .output(pageOf(cardViewSchema)),
  get: procedure({ access: 'attendant', method: 'GET', path: '/cards/{id}', summary: 'One card', tags })
    .input(id)
    .output(cardViewSchema),
  history: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/cards/{id}/history',
    summary: 'All that happened to a card, the newest first',
    tags,
  })
    .input(
      id.extend({
        before: z.coerce.number().int().min(1).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(eventViewSchema)),
  create: procedure({
    access: 'manager',
    method: 'POST',
    path: '/cards',
    summary: 'Give out a card (开卡)',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        ...changes,
        type: cardTypeSchema,
        plates: z.array(plate).min(1).max(50),
        validTo: timestampSchema,
        balanceFen: fenSchema.optional(),
        minutesLeft: z.int().min(0).max(10_000_000).optional(),
        timesLeft: z.int().min(0).max(10_000_000).optional(),
        share,
      }),
    )
    .output(cardViewSchema),
  change: procedure({ access: 'manager', method: 'PATCH', path: '/cards/{id}', summary: 'Change a card', tags })
    .input(id.extend({ ...changes, type: cardTypeSchema.optional() }))
    .output(cardViewSchema),
  plates: procedure({
    access: 'manager',
    method: 'POST',
    path: '/cards/{id}/plates',
    summary: 'Add or remove plates of a card, or set all of them',
    tags,
  })
    .input(id.extend({ how: z.enum(['add', 'remove', 'set']), plates: z.array(plate).min(1).max(50), share }))
    .output(cardViewSchema),
  replacePlate: procedure({
    access: 'manager',
    method: 'POST',
    path: '/cards/{id}/replace-plate',
    summary: 'One plate of a card becomes another (换牌)',
    tags,
  })
    .input(id.extend({ old: plate, plate, share }))
    .output(cardViewSchema),
  suspend: procedure({
    access: 'manager',
    method: 'POST',
    path: '/cards/{id}/suspend',
    summary: 'Suspend a card, or resume it',
    tags,
  })
    .input(id.extend({ suspended: z.boolean(), reason }))
    .output(cardViewSchema),
  cancel: procedure({
    access: 'manager',
    method: 'POST',
    path: '/cards/{id}/cancel',
    summary: 'Cancel a card for good (注销)',
    tags,
  })
    .input(id.extend({ reason }))
    .output(cardViewSchema),
  /** The same as `cancel`: what was a card stays in the history, and its stays with it. */
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/cards/{id}',
    summary: 'Cancel a card; it stays in the history',
    tags,
  })
    .input(id.extend({ reason: reason.optional() }))
    .output(z.object({})),
  recharge: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/cards/{id}/recharge',
    summary: 'Recharge or renew a card: by a plan, or freely as a manager; the same order number again changes nothing',
    tags,
  })
    .input(
      id.extend({
        what: z.union([
          z.object({
            planId: z.string().min(1).max(64),
            quantity: z.int().min(1).max(1000).default(1),
            paidFen: fenSchema.optional().describe('Refused when the plan costs something else'),
          }),
          z.object({
            unit: rechargeUnitSchema,
            amount: z.int().min(1).max(10_000_000).describe('Fen, months, days, hours or passes'),
            gift: z.int().min(0).max(10_000_000).default(0),
            paidFen: fenSchema,
          }),
        ]),
        orderNo: z.string().min(1).max(64).optional(),
        from: z
          .enum(['now', 'old-end'])
          .default('now')
          .describe('Where the new time of an expired card begins; a valid one always goes on from its end'),
        method: paymentMethodSchema
          .optional()
          .describe('Needed when something is paid; attendants take cash (into their own shift) or pos'),
      }),
    )
    .output(cardViewSchema),
};

/** 充值规则. */
export const rechargePlans = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/recharge-plans',
    summary: 'Recharge plans',
    tags,
  }).output(z.array(rechargePlanViewSchema)),
  create: procedure({
    access: 'manager',
    method: 'POST',
    path: '/recharge-plans',
    summary: 'Make a recharge plan',
    tags,
    successStatus: 201,
  })
    .input(planFields)
    .output(rechargePlanViewSchema),
  update: procedure({
    access: 'manager',
    method: 'PATCH',
    path: '/recharge-plans/{id}',
    summary: 'Change a recharge plan',
    tags,
  })
    .input(id.extend(planFields.shape))
    .output(rechargePlanViewSchema),
  remove: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/recharge-plans/{id}',
    summary: 'Remove a recharge plan',
    tags,
  })
    .input(id)
    .output(z.object({})),
};
