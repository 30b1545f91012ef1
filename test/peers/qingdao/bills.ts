import { type Finding, finding } from './finding.ts';
import type { WireObject } from './lossless-json.ts';

/** How a bill was paid through the platform. */
export interface Payment {
  readonly actualPay: number;
  readonly discountAmount: number;
  readonly dealTime: string;
  readonly orderCode: string;
  readonly paidType: number;
  readonly payType: 101 | 102 | 103 | 104;
}

/** A bill that the car park told the platform of, by applyPayment or in the answer to a fee query. */
export interface Bill {
  readonly billID: string;
  readonly uid: string;
  readonly plateNo: string;
  /** As told last: the same number may be computed anew while it is unpaid. */
  billTime: string;
  shouldPay: number;
  /** How it became known first. */
  readonly by: 'applyPayment' | 'uploadFee';
  /** When it became known, by the platform's clock: three hours are counted from here. */
  readonly at: number;
  /** 1 as soon as it was applied for after the car had left. */
  carStock: 0 | 1;
  /** How often it was applied for, asked for, and reported as abnormal. */
  applied: number;
  asked: number;
  abnormal: number;
  payment: Payment | null;
  /** The car park was told that it is paid: by an answer, or by a notice that it confirmed. */
  told: boolean;
}

/** The bills by number. */
export class Bills {
  readonly all = new Map<string, Bill>();

  get(billID: string): Bill | undefined {
    return this.all.get(billID);
  }

  /** The bill of a request, new or known. */
  note(record: WireObject, by: Bill['by'], at: number): Bill {
    const billID = String(record.billID);
    const known = this.all.get(billID);
    const bill: Bill = known ?? {
      ...{ billID, uid: String(record.uid), plateNo: String(record.plateNo), billTime: String(record.billTime) },
      ...{ shouldPay: Number(record.shouldPay), by, at, carStock: 0, applied: 0, asked: 0, abnormal: 0 },
      ...{ payment: null, told: false },
    };
    this.all.set(billID, bill);
    if (record.carStock === 1) bill.carStock = 1;
    if (!bill.payment) {
      bill.billTime = String(record.billTime);
      bill.shouldPay = Number(record.shouldPay);
    }
    return bill;
  }

  /** What a record says otherwise of a known bill. That an unpaid one may not be computed anew is our reading. */
  conflicts(record: WireObject): Finding[] {
    const known = this.all.get(String(record.billID));
    if (!known) return [];
    if (known.uid !== record.uid || known.plateNo !== record.plateNo)
      return [finding('second-record', `bill ${known.billID} belongs to ${known.uid} of ${known.plateNo}`, 'billID')];
    const same = known.billTime === record.billTime && known.shouldPay === record.shouldPay;
    const detail = `bill ${known.billID} was made at ${known.billTime} over ${known.shouldPay}`;
    return same ? [] : [finding('second-record', detail, 'billID', known.payment !== null)];
  }

  /** The departure-pay bills that were made on that day, of one plate or of all. */
  departurePayOf(day: string, plateNo?: string): Bill[] {
    return [...this.all.values()].filter(
      (bill) =>
        bill.carStock === 1 && bill.billTime.startsWith(day) && (plateNo === undefined || bill.plateNo === plateNo),
    );
  }

  clear(): void {
    this.all.clear();
  }
}
