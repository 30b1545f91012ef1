import type { ChargeItem } from './charge-items.ts';
import type { Picture } from './picture.ts';
import type { Fields } from './sign.ts';

export type UploadedPicture = Picture & { readonly at: number };

/** One stay as the bank was told. */
export interface BankRecord {
  readonly recordId: string;
  plate: string;
  inCode: number;
  inTime: number;
  /** The newest Indata, and when it came first; null when only Outdata came through. */
  entry: { readonly at: number; readonly fields: Fields } | null;
  exit: {
    readonly at: number;
    readonly fields: Fields;
    readonly plate: string;
    readonly outCode: number;
    readonly outTime: number;
    readonly chargeItems: readonly ChargeItem[];
  } | null;
  pictures: { in: UploadedPicture | null; out: UploadedPicture | null };
}

/** The bank's records by record_id, in the order of their arrival. */
export class Records {
  readonly all = new Map<string, BankRecord>();
  /** Interfaces that were tried for a record, taken or not: an outbox that goes on after a refusal breaks no order. */
  readonly #tried = new Set<string>();

  of(recordId: string): BankRecord | undefined {
    return this.all.get(recordId);
  }

  /** The records of a plate, newest last. */
  ofPlate(plate: string): BankRecord[] {
    return [...this.all.values()].filter((record) => record.plate === plate || record.exit?.plate === plate);
  }

  add(
    recordId: string,
    told: { readonly plate: string; readonly inCode: number; readonly inTime: number },
  ): BankRecord {
    const { plate, inCode, inTime } = told;
    const record: BankRecord = {
      ...{ recordId, plate, inCode, inTime },
      ...{ entry: null, exit: null, pictures: { in: null, out: null } },
    };
    this.all.set(recordId, record);
    return record;
  }

  tried(name: string, recordId: string | undefined): void {
    if (recordId !== undefined) this.#tried.add(`${name} ${recordId}`);
  }

  wasTried(name: string, recordId: string): boolean {
    return this.#tried.has(`${name} ${recordId}`);
  }

  /** Drops records as if the bank had lost them; no order is broken by what comes for them later. */
  forget(which: (record: BankRecord) => boolean = () => true): BankRecord[] {
    const gone = [...this.all.values()].filter(which);
    for (const { recordId } of gone) this.all.delete(recordId);
    return gone;
  }
}
