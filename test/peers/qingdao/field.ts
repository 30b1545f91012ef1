import type { CodeList } from './codes.ts';
import type { WireObject } from './lossless-json.ts';

export type Format = 'dateTime' | 'date' | 'uid' | 'plateNo' | 'jpeg';

/** One row of an interface's request table. */
export interface Field {
  readonly name: string;
  readonly type: 'String' | 'Int' | 'Long' | 'Boolean';
  /** String: characters; Int: digits. `null`: the source gives none. */
  readonly maxLength: number | null;
  /** 不可空; `if-paid`: there when payStatus is 1, absent or empty when it is 0. */
  readonly required: boolean | 'if-paid';
  /** `data`, `data.params`, or a key of the HTTP form. */
  readonly in: 'data' | 'params' | 'form';
  readonly format?: Format;
  readonly codes?: CodeList;
  readonly max?: number;
  /** The row is lost in the scan and was rebuilt or inferred: a violation of it proves nothing about the source. */
  readonly reconstructed?: true;
}

/** The platform's books of records. */
export type BookName = 'entries' | 'exits' | 'payments' | 'photos';

/** Which of the platform's books a record is entered in, and the name of its own id. */
export interface Book {
  readonly name: BookName;
  readonly id: string;
}

/** Something that must hold between the fields of one record. Returns what is wrong. */
export type Relation = (record: WireObject) => string | undefined;

/** The table of one uplink interface. */
export interface Table {
  readonly name: string;
  readonly section: string;
  readonly fields: readonly Field[];
  readonly relations: readonly Relation[];
  readonly book?: Book;
  /** The downlink interface that this one confirms. */
  readonly answers?: string;
  /** Rows of `params` say what they must be only for `success: true` (D35). */
  readonly paramsOnSuccess?: true;
  /** Lost rows without which nothing can be done all the same: wrong there, the request is refused. */
  readonly needs?: readonly string[];
}

type Extra = Partial<Omit<Field, 'name' | 'type' | 'maxLength'>>;

export const text = (name: string, maxLength: number | null, extra: Extra = {}): Field => ({
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
export const day = (name: string, extra: Extra = {}): Field => text(name, 10, { format: 'date', ...extra });
export const fen = (name: string): Field => int(name, 10, { max: 1_000_000_000 });

/** For rows that are lost in the scan. */
export const LOST = { reconstructed: true } as const;
/** For rows that may be empty. */
export const OPTIONAL = { required: false } as const;

export const UID = text('uid', 60, { format: 'uid' });
export const PLATE_NO = text('plateNo', 50, { format: 'plateNo' });
/** The shorter plate of 四(四) to 四(六) (D20). */
export const SHORT_PLATE_NO = text('plateNo', 10, { format: 'plateNo' });
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

export const OPEN_WITHIN_TOTAL = atMost('openBerthNum', 'totalBerthNum');
/** freeBerthNum ≤ openBerthNum ≤ totalBerthNum: implied by their definitions, not printed. */
export const COUNTERS_FIT: readonly Relation[] = [atMost('freeBerthNum', 'openBerthNum'), OPEN_WITHIN_TOTAL];
/** shouldPay = chargeFee − discounts (六). */
export const DUE_WITHIN_FEE = atMost('shouldPay', 'chargeFee');
/** actualPay = shouldPay − the platform's discount (六, D46). */
export const PAID_WITHIN_DUE = atMost('actualPay', 'shouldPay');

/** The uid of a record that names its entrance is parkingCode + entryNum + 17 digits (D18). */
export const UID_NAMES_ENTRANCE: Relation = ({ uid, parkingCode, entryNum }) =>
  typeof uid === 'string' && uid.slice(0, -17) !== `${String(parkingCode)}${String(entryNum)}`
    ? `uid does not begin with parkingCode + entryNum: ${uid}`
    : undefined;
