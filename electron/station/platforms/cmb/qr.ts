import { type Attempt, type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import type { CmbSettings } from './config.ts';
import type { CmbContext } from './context.ts';
import { gateOf, vplOf } from './fields.ts';
import { VIA } from './payment.ts';

/** Hosts of the payment page, by those of the open platform (§2, §3.5): one pair for each environment. */
const PAGES: Readonly<Record<string, string>> = {
  'openmain.park.cmbchina.biz': 'https://cmain.park.cmbchina.biz',
  'openmain-uat.park.cmbchina.biz': 'https://cmain-uat.park.cmbchina.biz',
  'openmain-st.park.cmbchina.biz': 'https://cmain-st.park.cmbchina.biz',
};

/**
 * Where the payment page is, without a slash at the end; undefined where nobody said and the platform's address is none of the bank's:
 * a driver must not be sent to a page of another environment.
 */
export function paymentPage({ baseUrl, qr }: Pick<CmbSettings, 'baseUrl' | 'qr'>): string | undefined {
  const given = qr.host.trim();
  if (given === '') return PAGES[new URL(baseUrl).hostname.toLowerCase()];
  const address = /^https?:\/\//i.test(given) ? given : `https://${given}`;
  return URL.canParse(address) ? address.replace(/\/+$/, '') : undefined;
}

/** The text of the dynamic code (§3.5). Each value is percent-encoded as UTF-8; without a number of the exit there is none. */
export function paymentCode(
  page: string,
  about: { readonly parkCode: string; readonly vpl: string; readonly exit: number | undefined },
): string {
  const values = {
    ...{ type: 1, park_code: about.parkCode, vpl_number: about.vpl },
    ...(about.exit === undefined ? {} : { berth_number: about.exit }),
  };
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${page}/ytc/login?${query.join('&')}`;
}

/**
 * The dynamic code on an exit's screen or a receipt. Showing it orders nothing at the bank: the driver opens the page, the bank asks
 * for the fee, and tells of the payment.
 */
export class CmbCodeChannel implements PaymentChannel {
  readonly id = 'cmb-qr';
  readonly title = '招行扫码缴费';
  readonly kind = 'qr';
  readonly method = 'platform';
  readonly via = VIA;
  /** What was paid stays paid: no interface takes it back. */
  readonly givesBack = false;
  readonly #context: CmbContext;
  readonly #page: string | undefined;

  constructor(context: CmbContext) {
    this.#context = context;
    this.#page = paymentPage(context.settings);
  }

  covers(bill: Bill): boolean {
    const ofStay = bill.scene === 'gate' || bill.scene === 'prepaid';
    return this.#context.settings.qr.enabled && this.#page !== undefined && ofStay && toPayFen(bill) > 0;
  }

  async qr({ attempt, stay }: ChargeRequest): Promise<{ readonly text: string }> {
    const { settings, station } = this.#context;
    if (this.#page === undefined) throw new Error('the address of the payment page is not known');
    const lane = attempt.laneId === null ? undefined : station().lanes.lane(attempt.laneId);
    const exit = lane && gateOf(lane, settings);
    return { text: paymentCode(this.#page, { parkCode: settings.parkCode, vpl: vplOf(stay), exit }) };
  }

  async charge(): Promise<Outcome> {
    return pending;
  }

  /** Nobody to ask: a code that is shown waits for the driver. What the bank told of has its number. */
  async query({ reference }: Attempt): Promise<Outcome> {
    return reference === null ? pending : { state: 'paid', reference, detail: '' };
  }

  async reverse({ reference }: Attempt): Promise<'reversed' | 'refused'> {
    return reference === null ? 'reversed' : 'refused';
  }
}

const pending: Outcome = { state: 'pending', reference: null, detail: '等待扫码支付' };
