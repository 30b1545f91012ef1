import type { Stay } from '../../../../shared/domain/stay.ts';
import { vehicleClassSchema } from '../../../../shared/domain/vehicle.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { BANK } from './actor.ts';
import { figuresOf, order } from './calc-order.ts';
import type { CmbContext } from './context.ts';
import type { CarThere } from './exits.ts';
import { vplOf } from './fields.ts';

/** What a car has to pay now, or why that cannot be told (4.1). Which answer stands for what is said in `messages/calc.ts`. */

export const STATUS = {
  ok: 0,
  /** 无法访问 */
  notNow: 1,
  /** 无记录 */
  noRecord: 2,
  /** 未获取车牌 */
  noPlate: 3,
  /** 未知车型 */
  unknownClass: 4,
  /** 计费规则相关配置错误 */
  noTariff: 5,
} as const;

export type Quoted =
  | { readonly status: typeof STATUS.ok; readonly order: ReturnType<typeof order> }
  | {
      readonly status: Exclude<(typeof STATUS)[keyof typeof STATUS], typeof STATUS.ok>;
      readonly message: string;
    };

/** Nobody knows this car's entry: there is nothing to bill. */
const NO_RECORD: Quoted = { status: STATUS.noRecord, message: '没有停车记录' };
const PERSON: Quoted = { status: STATUS.notNow, message: '请等待工作人员处理' };
const BEING_PAID: Quoted = { status: STATUS.notNow, message: '正在自动扣费，请稍候' };

/** The car that stands at an exit. A bill is there already, or it is said why there is none. */
export function quoteAtExit({ passage, cleared, lane }: CarThere, context: CmbContext): Quoted {
  const { lanes, read } = context.station();
  // A platform has the word here, and has not spoken yet.
  if (lanes.state(lane.id).phase === 'asking') return PERSON;
  const stay = passage.uid === null ? undefined : read.stays.get(passage.uid);
  if (!stay) return passage.attention === null || isWithoutEntry(passage.attention) ? NO_RECORD : PERSON;
  if (cleared) return letThrough(stay, context);
  if (lanes.state(lane.id).phase === 'charging' && passage.bill) {
    if (isBeingPaid(stay, context)) return BEING_PAID;
    return { status: STATUS.ok, order: order(stay, figuresOf(passage.bill, stay)) };
  }
  if (passage.attention === 'no-tariff') return tariffTrouble(stay, context);
  // The site only wants to look at a car that has nothing to pay.
  if (passage.attention === 'confirm') return nothingDue(stay, context);
  return PERSON;
}

const isWithoutEntry = (attention: string): boolean => ['no-entry', 'near-match', 'seen-again'].includes(attention);

/** The car of a stay, wherever it is: at an exit it pays what stands there, inside the stay alone. */
export function quoteStay(stay: Stay, context: CmbContext): Quoted {
  const { lanes, payments } = context.station();
  const { clock, settings } = context;
  for (const lane of lanes.lanes()) {
    const { passage, phase } = lanes.state(lane.id);
    if (phase === 'charging' && passage?.uid === stay.uid)
      return quoteAtExit({ lane, passage, plate: null, cleared: false }, context);
  }
  if (isBeingPaid(stay, context)) return BEING_PAID;
  // The clock was set while it was inside: no fee that follows from that is right, not even none.
  if (stay.enteredAt > clock.now()) return PERSON;
  try {
    // The same bill while it holds. Debts of other visits are collected where the car cannot leave without paying them.
    const wanted = { debts: false, validMinutes: settings.calc.validMinutes };
    const made = payments.prepayments.bill({ uid: stay.uid }, BANK, wanted);
    if (made.kind === 'nothing-due') return nothingDue(made.stay, context);
    return { status: STATUS.ok, order: order(made.stay, figuresOf(made.bill, made.stay)) };
  } catch (error) {
    if (error instanceof NotFoundError) return NO_RECORD;
    if (!(error instanceof ConflictError)) throw error;
    return error.reason === 'no-tariff'
      ? tariffTrouble(stay, context)
      : { status: STATUS.notNow, message: error.message };
  }
}

/** Of what may still turn into money, only a code that is shown is no reason to wait: this very question comes from it. */
function isBeingPaid({ uid }: Stay, { station }: CmbContext): boolean {
  return station()
    .read.attempts.ofStay(uid)
    .some(
      ({ state, setAside, kind }) =>
        ['created', 'sent', 'unknown', 'reversing'].includes(state) && !setAside && kind !== 'qr',
    );
}

/** A 0-yuan order is an order. */
function nothingDue(stay: Stay, context: CmbContext): Quoted {
  const account = context.station().lanes.account(stay);
  if (!account) return tariffTrouble(stay, context);
  const { chargeFen, paidFen, discounts } = account;
  return {
    status: STATUS.ok,
    order: order(stay, {
      ...{ billId: '', at: context.clock.now(), totalFen: chargeFen, toPayFen: 0, paidFen },
      discounts: [...stay.usedDiscounts, ...discounts],
    }),
  };
}

/** It may go: whatever it came to is settled, let go or owed. */
function letThrough(stay: Stay, { clock }: CmbContext): Quoted {
  return {
    status: STATUS.ok,
    order: order(stay, {
      ...{ billId: '', at: stay.exitedAt ?? clock.now(), totalFen: stay.chargeFen, toPayFen: 0 },
      ...{ paidFen: stay.paidFen, discounts: stay.usedDiscounts },
    }),
  };
}

/** No tariff prices it: where another class of vehicle would have a price, it is the class that is unknown. */
function tariffTrouble(stay: Stay, { station }: CmbContext): Quoted {
  const { lanes } = station();
  const priced = vehicleClassSchema.options.some((vehicleClass) => lanes.account({ ...stay, vehicleClass }) !== null);
  return priced
    ? { status: STATUS.unknownClass, message: `该车型（${vplOf(stay)}）没有收费规则` }
    : { status: STATUS.noTariff, message: '没有适用的收费规则' };
}
