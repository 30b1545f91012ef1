import { PlatformPeer, type WiringOf } from '../../http/platform-peer.ts';
import type { About, Fault } from '../faults.ts';
import type { Rule } from '../finding.ts';
import type { JsonObject } from '../json.ts';
import type { State } from '../state.ts';
import { dashed, instantOf } from '../wire-time.ts';
import type { Coupon } from './coupons.ts';
import type { Downlink } from './downlink.ts';
import type { Call, CallOptions } from './judge.ts';

export type Wiring = WiringOf<Fault, About, JsonObject>;
/** Epoch ms, or a text that is sent as it stands. */
export type When = number | string;

/** 元 with two decimals. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** The ten that the cloud calls, one method each. Every one calls once and resolves with what came of it. */
export abstract class Calls extends PlatformPeer<Fault, About, JsonObject, Rule> {
  abstract override readonly downlink: Downlink;
  abstract readonly state: State;

  onlinePay(
    pay: { readonly orderNum: string; readonly recordCode: string; readonly payStatus?: number },
    options?: CallOptions,
  ): Promise<Call> {
    return this.downlink.call('onlinePay', { payStatus: 1, ...pay }, options);
  }

  /** What is known of the record stands there unless it is given; `fen` is orderMoney and realPayMoney. */
  orderPush(
    order: { readonly orderCode: string; readonly recordCode: string; readonly fen: number } & JsonObject,
    options?: CallOptions,
  ): Promise<Call> {
    return this.downlink.call('orderPush', this.orderFields(order), options);
  }

  /** The fields of {@link orderPush}. */
  orderFields({ fen, ...order }: { readonly recordCode: string; readonly fen: number } & JsonObject): JsonObject {
    const { entryTime, plateNumber = '', plateColor = '0' } = this.#known(order.recordCode);
    const now = this.state.now();
    return {
      entryTime: dashed(entryTime ? instantOf(entryTime) : now),
      predictExitTime: dashed(now),
      ...{ orderMoney: yuan(fen), plateNumber, carColor: plateColor, cashier: '', terminalCode: '', phoneNumber: '' },
      ...{ payType: 1, channelCode: '', realPayMoney: yuan(fen) },
      ...order,
    };
  }

  feeQuery(recordCode: string, coupons?: readonly Coupon[], options?: CallOptions): Promise<Call> {
    return this.downlink.call('feeQuery', { recordCode, couponList: coupons }, options);
  }

  gateStatus(barCode: string, options?: CallOptions): Promise<Call> {
    return this.downlink.call('gateStatus', { barCode }, options);
  }

  prepaidOrderChange(
    change: { readonly orderList: readonly JsonObject[]; readonly operateNum?: string },
    options?: CallOptions,
  ): Promise<Call> {
    const operateNum = `OP${this.state.now()}${this.downlink.calls.length}`;
    return this.downlink.call('prepaidOrderChange', { operateNum, ...change }, options);
  }

  parkConfig(parameters: JsonObject, options?: CallOptions): Promise<Call> {
    return this.downlink.call('parkConfig', parameters, options);
  }

  /** Added to the white list unless something else is given. */
  blackWhiteDown(entry: { readonly plateNumber: string } & JsonObject, options?: CallOptions): Promise<Call> {
    const usual = { color: '0', blacklistType: 1, operatorName: '张三', operateType: 1 };
    const black = entry['blacklistType'] === 2 ? { outInType: 0 } : {};
    return this.downlink.call('blackWhiteDown', { ...usual, ...black, ...entry }, options);
  }

  /** Plate and colour are those of the record unless they are given. */
  freeTimeDown(
    grant: { readonly recordCode: string; readonly freeHour: string } & JsonObject,
    options?: CallOptions,
  ): Promise<Call> {
    const { plateNumber = '', plateColor = '0' } = this.#known(grant.recordCode);
    return this.downlink.call('freeTimeDown', { plateNumber, plateColor, ...grant }, options);
  }

  monthCard(
    card: {
      readonly msRecordId: string;
      readonly plateNumber: string;
      readonly beginTime: When;
      readonly endTime: When;
    } & JsonObject,
    options?: CallOptions,
  ): Promise<Call> {
    const usual = { carColor: '0', amount: '300.00', operatorName: '张三', status: 1 };
    return this.downlink.call('monthCard', { ...usual, ...card }, options);
  }

  /** Asks for a record again, and lets it come once more. `askFor` also waits for it. */
  recordUploadNotice(recordCode: string, options?: CallOptions): Promise<Call> {
    const record = this.state.records.get(recordCode);
    const left = new Set(['parkRecordEntry', 'parkRecordUpdate', 'parkRecordExit']);
    // Before the call: it may come before the answer does.
    if (record) this.state.asked.set(recordCode, { at: this.state.now(), left });
    return this.downlink.call('recordUploadNotice', { recordCode }, options);
  }

  #known(recordCode: string): Readonly<Record<string, string>> {
    return this.state.records.get(recordCode)?.known ?? {};
  }
}
