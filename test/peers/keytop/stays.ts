import { NO_PLATE } from './codes.ts';
import { type JsonObject, numberOf, textOf } from './json.ts';
import { momentOf } from './wire-time.ts';

/** What one PostCarOutInfo did: money taken from whoever signed. */
export interface Deduction {
  readonly stay: Stay;
  readonly fields: JsonObject;
  readonly totalMoney: number;
  /** What was taken; 0 after a refusal. */
  readonly money: number;
  readonly at: number;
  /** What the car park knows: that much was taken; nothing was; it cannot tell; or it died, and may know or not. */
  outcome: 'taken' | 'refused' | 'unknown' | 'uncertain';
  reversed: boolean;
}

/** One visit of a car, by plate, card and entry time. */
export interface Stay {
  readonly key: string;
  /** Empty for a car without one. */
  readonly plate: string;
  readonly card: string;
  readonly enteredAt: number;
  entry: JsonObject | null;
  /** Signed for seamless payment in the answer to its entry, or later. */
  signed: boolean;
  readonly deductions: Deduction[];
  /** PostPayDetail. */
  readonly exits: JsonObject[];
  /** PostCarBillDetail. */
  readonly bills: JsonObject[];
}

export const plateOf = (plate: string): string => (plate === NO_PLATE ? '' : plate);

/** What a stay is known by in 上行2.x and 5.3. */
export const stayKey = (fields: JsonObject): string =>
  `${plateOf(textOf(fields, 'plateNo'))}|${textOf(fields, 'cardNo')}|${momentOf(textOf(fields, 'entryTime'))}`;

/** The stays that the car park told of, or that something of it was told of. */
export class Stays {
  readonly all = new Map<string, Stay>();

  of(fields: JsonObject): Stay {
    const key = stayKey(fields);
    const known = this.all.get(key);
    if (known) return known;
    const stay: Stay = {
      ...{ key, plate: plateOf(textOf(fields, 'plateNo')), card: textOf(fields, 'cardNo') },
      ...{ enteredAt: momentOf(textOf(fields, 'entryTime')), entry: null, signed: false },
      ...{ deductions: [], exits: [], bills: [] },
    };
    this.all.set(key, stay);
    return stay;
  }

  find(fields: JsonObject): Stay | undefined {
    return this.all.get(stayKey(fields));
  }

  /** The stay that is not over as far as anybody told, the newest of them. */
  inside(plate: string, card = ''): Stay | undefined {
    return [...this.all.values()]
      .filter((stay) => (plate !== '' ? stay.plate === plate : stay.card === card) && stay.exits.length === 0)
      .sort((a, b) => a.enteredAt - b.enteredAt)
      .at(-1);
  }

  /** The deduction that a reversal names: it has neither order nor card. */
  deduction(fields: JsonObject): Deduction | undefined {
    const same = (deduction: Deduction): boolean =>
      deduction.stay.plate === plateOf(textOf(fields, 'plateNo')) &&
      ['entryTime', 'leaveTime', 'leavePlace'].every((name) => deduction.fields[name] === fields[name]) &&
      deduction.totalMoney === numberOf(fields, 'totalMoney');
    return [...this.all.values()].flatMap(({ deductions }) => deductions).find(same);
  }
}
