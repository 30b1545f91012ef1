import type { ChargeItem } from './charge-items.ts';
import { CMB_PAYMENT } from './codes.ts';
import type { Orders } from './orders.ts';
import type { State } from './state.ts';

/** Money of one stay that the bank has, or stands for. */
export interface Collected {
  readonly order: string;
  /** Every number that this payment was told by: pay_list order, channel_order, request_order. */
  readonly names: readonly string[];
  readonly amount: number;
  readonly via: 'scan' | 'plate' | 'no-plate' | 'autopay';
  /** The car park can know of it: its `pay` was answered 0, or AutoPay or PayOrderStatus told it. */
  readonly heard: boolean;
}

/** What the bank collected for a record, guaranteed orders that are not completed among it. */
export function collectedFor(recordId: string, orders: Orders): Collected[] {
  const paid = orders.paymentsOf(recordId).map(({ order, amount, via, auto, confirmed }) => ({
    ...{ order, amount, via },
    names: auto ? [order, auto.channelOrder, auto.requestOrder] : [order],
    heard: confirmed || auto?.known === 'paid',
  }));
  const owed = orders.autoOf(recordId).filter(({ state }) => state === 'guaranteed');
  return [
    ...paid,
    ...owed.map(({ channelOrder, requestOrder, amount, known }) => ({
      ...{ order: channelOrder, names: [channelOrder, requestOrder], amount, via: 'autopay' as const },
      heard: known === 'paid',
    })),
  ];
}

export const named = (collected: readonly Collected[], name: string): Collected | undefined =>
  collected.find(({ names }) => names.includes(name));

/** One stay: the bank's money beside what Outdata told. */
export interface RecordBooks {
  readonly recordId: string;
  readonly plate: string;
  readonly left: boolean;
  readonly collected: readonly Collected[];
  readonly collectedFen: number;
  readonly items: readonly ChargeItem[];
  /** actual_pay of 招行支付 in Outdata. */
  readonly toldFen: number;
  /** actual_pay of everything else in Outdata. */
  readonly elsewhereFen: number;
  /** Collected, and not in Outdata although the car has left. */
  readonly missing: readonly Collected[];
  /** 招行支付 in Outdata that the bank does not have, or not with this amount. */
  readonly extra: readonly ChargeItem[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** The bank's money by stays, to be laid beside the till. */
export class Books {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  record(recordId: string): RecordBooks {
    const record = this.#state.records.of(recordId);
    const collected = collectedFor(recordId, this.#state.orders);
    const items = record?.exit?.chargeItems ?? [];
    const ours = items.filter(({ pay_type }) => pay_type === CMB_PAYMENT);
    const others = items.filter(({ pay_type }) => pay_type !== CMB_PAYMENT);
    const told = ours.map((item) => named(collected, item.seq_num));
    const left = record?.exit !== null && record !== undefined;
    return {
      ...{ recordId, plate: record?.plate ?? '', left, collected, items },
      collectedFen: sum(collected.map(({ amount }) => amount)),
      toldFen: sum(ours.map(({ actual_pay }) => actual_pay)),
      elsewhereFen: sum(others.map(({ actual_pay }) => actual_pay)),
      missing: left ? collected.filter((one) => !told.includes(one)) : [],
      extra: ours.filter((item) => named(collected, item.seq_num)?.amount !== item.actual_pay),
    };
  }

  /** Every stay that has a record or money. */
  all(): RecordBooks[] {
    const { records, orders } = this.#state;
    const paid = [...orders.payments.values(), ...orders.auto.values()].map(({ recordId }) => recordId);
    return [...new Set([...records.all.keys(), ...paid])].map((recordId) => this.record(recordId));
  }

  totals(): { readonly collectedFen: number; readonly toldFen: number; readonly elsewhereFen: number } {
    const all = this.all();
    return {
      collectedFen: sum(all.map(({ collectedFen }) => collectedFen)),
      toldFen: sum(all.map(({ toldFen }) => toldFen)),
      elsewhereFen: sum(all.map(({ elsewhereFen }) => elsewhereFen)),
    };
  }

  /** Where Outdata and the bank disagree, in words; only cars that have left. Empty when they agree to the fen. */
  differences(): string[] {
    return this.all().flatMap(({ recordId, plate, missing, extra }) => [
      ...missing.map(
        ({ order, amount, heard }) =>
          `${plate} ${recordId}: ${order} ${amount} is not in Outdata${heard ? '' : ' (never heard of)'}`,
      ),
      ...extra.map(({ seq_num, actual_pay }) => `${plate} ${recordId}: ${seq_num} ${actual_pay} is only in Outdata`),
    ]);
  }
}
