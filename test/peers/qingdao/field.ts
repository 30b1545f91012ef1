import type { CodeList } from './codes.ts';
import type { WireObject } from './lossless-json.ts';

export type Format = 'dateTime' | 'uid' | 'plateNo' | 'jpeg';

/** One row of an interface's request table. */
export interface Field {
  readonly name: string;
  readonly type: 'String' | 'Int' | 'Long' | 'Boolean';
  /** String: characters; Int: digits. `null`: the source gives none. */
  readonly maxLength: number | null;
  /** 不可空. */
  readonly required: boolean;
  /** `data`, `data.params`, or a key of the HTTP form. */
  readonly in: 'data' | 'params' | 'form';
  readonly format?: Format;
  readonly codes?: CodeList;
  readonly max?: number;
  /** The row is lost in the scan and was rebuilt: a violation of it proves nothing about the source. */
  readonly reconstructed?: true;
}

/** Which of the platform's books a record is entered in, and the name of its own id. */
export interface Book {
  readonly name: 'entries' | 'exits' | 'payments' | 'photos';
  readonly id: string;
}

/** Something that must hold between the fields of one record. Returns what is wrong. */
export type Relation = (record: WireObject) => string | undefined;

/** One uplink interface, as its page in 四 describes it. */
export interface UplinkInterface {
  readonly name: string;
  readonly section: string;
  readonly fields: readonly Field[];
  readonly relations: readonly Relation[];
  readonly book?: Book;
  /** The downlink interface that this one confirms. */
  readonly answers?: string;
}

type Extra = Partial<Omit<Field, 'name' | 'type' | 'maxLength'>>;

export const text = (name: string, maxLength: number, extra: Extra = {}): Field => ({
  name,
  type: 'String',
  maxLength,
  required: true,
  in: 'data',
  ...extra,
});

export const int = (name: string, maxLength: number, extra: Extra = {}): Field => ({
  name,
  type: 'Int',
  maxLength,
  required: true,
  in: 'data',
  ...extra,
});

export const moment = (name: string, extra: Extra = {}): Field => text(name, 19, { format: 'dateTime', ...extra });
export const fen = (name: string): Field => int(name, 10, { max: 1_000_000_000 });

export const UID = text('uid', 60, { format: 'uid' });
export const PLATE_NO = text('plateNo', 50, { format: 'plateNo' });
export const PARKING_CODE = text('parkingCode', 45);
export const UPLOAD_TIME = moment('uploadTime');
export const CAR_TYPE = int('carType', 1, { codes: 'carType' });
export const PLATE_COLOR = int('plateColor', 1, { codes: 'plateColor' });
export const PARKING_TYPE = int('parkingType', 1, { codes: 'parkingType' });
export const COUNTERS = [int('totalBerthNum', 6), int('openBerthNum', 6), int('freeBerthNum', 6)] as const;

const atMost =
  (small: string, large: string): Relation =>
  (record) => {
    const a = record[small];
    const b = record[large];
    return typeof a === 'number' && typeof b === 'number' && a > b
      ? `${small} ${a} is greater than ${large} ${b}`
      : undefined;
  };

/** freeBerthNum ≤ openBerthNum ≤ totalBerthNum: implied by their definitions, not printed. */
export const COUNTERS_FIT: readonly Relation[] = [
  atMost('freeBerthNum', 'openBerthNum'),
  atMost('openBerthNum', 'totalBerthNum'),
];
/** shouldPay = chargeFee − discounts (六). */
export const DUE_WITHIN_FEE = atMost('shouldPay', 'chargeFee');
/** actualPay = shouldPay − the platform's discount (六, D46). */
export const PAID_WITHIN_DUE = atMost('actualPay', 'shouldPay');

/** The uid of a record that names its entrance is parkingCode + entryNum + 17 digits (D18). */
export const UID_NAMES_ENTRANCE: Relation = ({ uid, parkingCode, entryNum }) =>
  typeof uid === 'string' && uid.slice(0, -17) !== `${String(parkingCode)}${String(entryNum)}`
    ? `uid does not begin with parkingCode + entryNum: ${uid}`
    : undefined;
