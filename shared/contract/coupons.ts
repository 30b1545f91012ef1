import { z } from 'zod';
import { couponSchema, merchantSchema } from '../domain/registry.ts';
import { timestampSchema } from '../domain/time.ts';
import { optionalReason, pageInput, pageOf, procedure } from './base.ts';

const tags = ['coupons'];
const id = z.object({ id: z.string().min(1).max(64) });
const { shape } = couponSchema;

export const merchantViewSchema = merchantSchema.extend({ updatedAt: timestampSchema });
export type MerchantView = z.infer<typeof merchantViewSchema>;

export const couponViewSchema = couponSchema.extend({
  validFrom: timestampSchema,
  validTo: timestampSchema,
  updatedAt: timestampSchema,
});
export type CouponView = z.infer<typeof couponViewSchema>;

const merchantFields = {
  couponsLeft: merchantSchema.shape.couponsLeft.optional().describe('null: no limit'),
  amountLeftFen: merchantSchema.shape.amountLeftFen.optional().describe('null: no limit'),
  state: merchantSchema.shape.state.optional(),
};

/** 商户. */
export const merchants = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/merchants', summary: 'Merchants', tags }).output(
    z.array(merchantViewSchema),
  ),
  create: procedure({
    access: 'manager',
    method: 'POST',
    path: '/merchants',
    summary: 'Add a merchant',
    tags,
    successStatus: 201,
  })
    .input(z.object({ name: merchantSchema.shape.name, ...merchantFields }))
    .output(merchantViewSchema),
  change: procedure({
    access: 'manager',
    method: 'PATCH',
    path: '/merchants/{id}',
    summary: 'Change a merchant and what it may still give',
    tags,
  })
    .input(id.extend({ name: merchantSchema.shape.name.optional(), ...merchantFields }))
    .output(merchantViewSchema),
};

/** 优惠券. */
export const coupons = {
  list: procedure({ access: 'attendant', method: 'GET', path: '/coupons', summary: 'Coupons', tags })
    .input(
      z.object({
        plate: z.string().max(16).optional(),
        merchantId: z.string().max(64).optional(),
        state: shape.state.optional(),
        ...pageInput,
      }),
    )
    .output(pageOf(couponViewSchema)),
  give: procedure({
    access: 'manager',
    method: 'POST',
    path: '/coupons',
    summary: 'Give a coupon of a merchant to a plate',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        id: z.string().min(1).max(64).optional().describe("The giver's own number: the same again gives nothing more"),
        merchantId: shape.merchantId,
        plate: shape.plate,
        kind: shape.kind,
        value: shape.value.describe('fen, minutes, percent off; 0 for `free`'),
        maxFen: shape.maxFen.optional(),
        minimumFen: shape.minimumFen.optional(),
        validFrom: timestampSchema.optional(),
        validTo: timestampSchema,
      }),
    )
    .output(couponViewSchema),
  cancel: procedure({
    access: 'manager',
    method: 'POST',
    path: '/coupons/{id}/cancel',
    summary: 'Take back a coupon that was not used',
    tags,
  })
    .input(id.extend(optionalReason))
    .output(couponViewSchema),
};
