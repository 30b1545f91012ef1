import type { Pair } from './calls.ts';
import type { Call, CallOptions, Downlink } from './downlink.ts';
import { type JsonObject, numberOf, rowsOf, textOf } from './json.ts';

const ADD = 0;
const CHANGE = 1;
const REMOVE = 2;

/** A card as the member system has it. */
export interface Member {
  readonly cardId: number;
  name: string;
  readonly carType: number;
  plates: readonly string[];
  validFrom: string;
  validTo: string;
}

export interface NewMember {
  readonly name: string;
  readonly plates: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly carType?: number;
  readonly spaces?: number;
  readonly tel?: string;
  readonly roomId?: string;
}

const pair = (plateNo: string): Pair => ({ plateNo, etcNo: '' });
const platesIn = (row: JsonObject): string[] =>
  rowsOf(row['plateDetails']).map((one) => textOf(one, 'plateNo') || textOf(one, 'etcNo'));

/** The member system of a mall: what it made of cards, to be laid beside what the car park has. */
export class Members {
  /** By cardId: only what the car park answered 0. */
  readonly cards = new Map<number, Member>();
  readonly #downlink: Downlink;

  constructor(downlink: Downlink) {
    this.#downlink = downlink;
  }

  async add(member: NewMember, options?: CallOptions): Promise<Call> {
    const { name, plates, validFrom, validTo, carType = 2, spaces = 1, tel = '', roomId = '' } = member;
    const fields = { cardName: name, useName: name, tel, roomId, plateDetails: plates.map(pair), carType };
    const rest = { spaceNum: String(spaces), validFrom, validTo };
    const call = await this.#downlink.call('AddCarCardNo', { ...fields, ...rest }, options);
    const cardId = numberOf(call.row ?? {}, 'cardId');
    if (call.ok) this.cards.set(cardId, { cardId, name, carType, plates, validFrom, validTo });
    return call;
  }

  /** Empty ones stay as they are. */
  async modify(
    cardId: number,
    { name = '', validFrom = '', validTo = '' }: Partial<Pick<NewMember, 'name' | 'validFrom' | 'validTo'>>,
    options?: CallOptions,
  ): Promise<Call> {
    const fields = { cardId, cardName: name, useName: name, tel: '', roomId: '', plateDetails: '', spaceNum: '' };
    const call = await this.#downlink.call('ModifyCarCardNo', { ...fields, validFrom, validTo }, options);
    const card = this.cards.get(cardId);
    if (!call.ok || !card) return call;
    if (name !== '') card.name = name;
    if (validFrom !== '') card.validFrom = validFrom;
    if (validTo !== '') card.validTo = validTo;
    return call;
  }

  async remove(cardId: number, options?: CallOptions): Promise<Call> {
    const call = await this.#downlink.call('DeleteCarCardNo', { cardId }, options);
    if (call.ok) this.cards.delete(cardId);
    return call;
  }

  addPlate(cardId: number, plateNo: string, options?: CallOptions): Promise<Call> {
    const fields = { cardId, plateNo, oldplateNo: '', isCard: 1, modifyType: ADD };
    return this.#plates(fields, (plates) => [...plates, plateNo], options);
  }

  changePlate(cardId: number, oldplateNo: string, plateNo: string, options?: CallOptions): Promise<Call> {
    const fields = { cardId, plateNo, oldplateNo, isCard: 1, modifyType: CHANGE };
    return this.#plates(fields, (plates) => plates.map((one) => (one === oldplateNo ? plateNo : one)), options);
  }

  removePlate(cardId: number, oldplateNo: string, options?: CallOptions): Promise<Call> {
    const fields = { cardId, plateNo: '', oldplateNo, isCard: 1, modifyType: REMOVE };
    return this.#plates(fields, (plates) => plates.filter((one) => one !== oldplateNo), options);
  }

  async recharge(
    cardId: number,
    recharge: {
      readonly orderNo: string;
      readonly amount: number;
      readonly validFrom: string;
      readonly validTo: string;
    },
    options?: CallOptions,
  ): Promise<Call> {
    const call = await this.#downlink.call('PayCarCardFee', { cardId, ...recharge }, options);
    const card = this.cards.get(cardId);
    if (call.ok && card) card.validTo = recharge.validTo;
    return call;
  }

  /** Asks for each card, and tells in words where the car park has another. Stored-value cards keep their dates. */
  async differences(options?: CallOptions): Promise<string[]> {
    const found: string[] = [];
    for (const { cardId, name, carType, plates, validTo } of this.cards.values()) {
      const { row } = await this.#downlink.call('GetCarCardInfo', { cardId }, options);
      if (!row) {
        found.push(`${cardId} ${name} is gone`);
        continue;
      }
      const has = platesIn(row);
      if (textOf(row, 'cardName') !== name) found.push(`${cardId} is called ${textOf(row, 'cardName')}, not ${name}`);
      if (row['carType'] !== carType) found.push(`${cardId} is of type ${String(row['carType'])}, not ${carType}`);
      if ([...has].sort().join() !== [...plates].sort().join())
        found.push(`${cardId} has ${has.join()} instead of ${plates.join()}`);
      if (textOf(row, 'validTo') !== validTo) found.push(`${cardId} ends ${textOf(row, 'validTo')}, not ${validTo}`);
    }
    return found;
  }

  async #plates(
    fields: JsonObject & { readonly cardId: number },
    change: (plates: readonly string[]) => readonly string[],
    options?: CallOptions,
  ): Promise<Call> {
    const call = await this.#downlink.call('CarCardNoManage', fields, options);
    const card = this.cards.get(fields.cardId);
    if (call.ok && card) card.plates = change(card.plates);
    return call;
  }
}
