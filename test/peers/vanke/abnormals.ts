import { ABNORMAL } from './codes.ts';
import { type JsonObject, textOf } from './json.ts';
import { heard, type Told, unansweredInRow } from './sends.ts';

/** One fault of the car park that was told, from its first send to the one that was answered. */
export interface Abnormal extends Told {
  readonly code: string;
  readonly deviceNo: string;
  readonly msg: string;
  /** Same code, device and text. */
  readonly key: string;
  readonly firstMs: number;
  received: boolean;
  /** Place among those that were answered, from 1. */
  answeredAs: number | null;
  /** Whether the test said that the device came back since. */
  recovered: boolean;
}

const keyOf = (fields: JsonObject): string =>
  ['abnormalCode', 'deviceNo', 'msg'].map((name) => textOf(fields, name)).join('|');

/** Faults by their text: the interface knows neither number nor moment of a fault. */
export class Abnormals {
  readonly all: Abnormal[] = [];
  #answered = 0;

  /** The newest of this text, answered or not. */
  newest(fields: JsonObject): Abnormal | undefined {
    const key = keyOf(fields);
    return this.all.findLast((one) => one.key === key);
  }

  /** The one that this send is of: the newest, as long as nobody answered it. */
  open(fields: JsonObject, ms: number): Abnormal {
    const newest = this.newest(fields);
    if (newest && !heard(newest)) return newest;
    const abnormal: Abnormal = {
      ...{ fields, code: textOf(fields, 'abnormalCode'), deviceNo: textOf(fields, 'deviceNo') },
      ...{ msg: textOf(fields, 'msg'), key: keyOf(fields), firstMs: ms, sends: [] },
      ...{ received: false, answeredAs: null, recovered: false },
    };
    this.all.push(abnormal);
    return abnormal;
  }

  /** The car park knows that this one is told. */
  answered(abnormal: Abnormal): void {
    this.#answered += 1;
    abnormal.answeredAs ??= this.#answered;
  }

  recovered(deviceNo: string): void {
    for (const one of this.all) if (one.deviceNo === deviceNo) one.recovered = true;
  }

  /** Told before this one, given up as it was, and still not answered. */
  overtaken(by: Abnormal, tries: number): Abnormal | undefined {
    if (!this.kept(by, tries)) return undefined;
    return this.all.slice(0, this.all.indexOf(by)).find((one) => !heard(one) && this.kept(one, tries));
  }

  /** Whether it was tried as often as a push is before it is kept for later. */
  kept(abnormal: Abnormal, tries: number): boolean {
    return unansweredInRow(abnormal) >= tries;
  }
}

export const isOfDevice = (code: string): boolean => ABNORMAL.get(code)?.ofDevice === true;
