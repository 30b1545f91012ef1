import type { Call, CallOptions, Downlink } from './downlink.ts';
import { numberOf } from './json.ts';

/** Change that was paid out to somebody. */
export interface Payout {
  readonly orderNo: string;
  readonly fen: number;
  readonly chargeType: '0' | '1';
  /** Whether the car park answered the notice. */
  told: boolean;
}

export interface ChangeOptions {
  readonly chargeType?: '0' | '1';
  readonly account?: string;
  /** Pays out and tells nobody. */
  readonly silent?: boolean;
  readonly options?: CallOptions;
}

/** The page of 上行5.2, where a customer collects what the machine kept. */
export class ChangePage {
  readonly payouts: Payout[] = [];
  readonly #downlink: Downlink;

  constructor(downlink: Downlink) {
    this.#downlink = downlink;
  }

  /** Reads the amounts, pays out what is too much once, and tells it. */
  async collect(
    orderNo: string,
    { chargeType = '0', account = 'wx-openid', silent, options }: ChangeOptions = {},
  ): Promise<{ readonly info: Call; readonly payout: Payout | null; readonly notice: Call | null }> {
    const info = await this.#downlink.call('GetPayChargeInfo', { orderNo }, options);
    const isOpen = info.row !== null && info.row['ifCharge'] === 0;
    if (!info.row || !isOpen || this.payouts.some((one) => one.orderNo === orderNo))
      return { info, payout: null, notice: null };
    const fen = numberOf(info.row, 'paidAmount') - numberOf(info.row, 'payMoney');
    const payout: Payout = { orderNo, fen, chargeType, told: false };
    this.payouts.push(payout);
    return { info, payout, notice: silent ? null : await this.tell(payout, account, options) };
  }

  /** The notice of a payout; also again. */
  async tell(payout: Payout, account = 'wx-openid', options?: CallOptions): Promise<Call> {
    const { orderNo, chargeType } = payout;
    const notice = await this.#downlink.call('PayChargeNotice', { orderNo, chargeType, UserAccount: account }, options);
    if (notice.ok) payout.told = true;
    return notice;
  }

  /** Every page of PayChargeReport. */
  async report(startTime: string, endTime: string, pageCount = 20, options?: CallOptions): Promise<Call[]> {
    const pages: Call[] = [];
    for (let pageIndex = 1; pageIndex < 1_000; pageIndex += 1) {
      const page = await this.#downlink.call('PayChargeReport', { startTime, endTime, pageIndex, pageCount }, options);
      pages.push(page);
      // An answer shorter than a page is the last one.
      if (page.rows.length < pageCount) return pages;
    }
    throw new Error('the report has no end');
  }

  /** Where payouts and the report disagree, in words. */
  differences(pages: readonly Call[]): string[] {
    const rows = pages.flatMap((page) => page.rows);
    return [
      ...this.payouts
        .filter(({ told }) => told)
        .flatMap(({ orderNo, fen }) => {
          const row = rows.find((one) => one['orderNo'] === orderNo);
          if (!row) return [`${orderNo} was paid out and is not in the report`];
          const kept = numberOf(row, 'paidAmount') - numberOf(row, 'payMoney');
          return [
            ...(row['ifCharge'] === 1 ? [] : [`${orderNo} was paid out and is still open`]),
            ...(kept === fen ? [] : [`${orderNo}: ${fen} were paid out, ${kept} were owed`]),
          ];
        }),
      ...rows
        .filter((row) => row['ifCharge'] === 1 && !this.payouts.some(({ orderNo }) => orderNo === row['orderNo']))
        .map((row) => `${String(row['orderNo'])} is done, and nobody was paid`),
    ];
  }
}
