import { isOpenTry, isRiskyTry } from '../../../shared/domain/attempt-state.ts';
import { STATION } from '../../../shared/domain/events.ts';
import type { Attempt, Bill } from '../../../shared/domain/money-flow.ts';
import { scannedKind } from '../../../shared/domain/pay-code.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { PaymentDesk } from '../payments/desk.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { type ScanNotice, ScanNotices } from './notices.ts';
import { placeOf } from './place.ts';

/** The same code read again within this time is one presentation of the phone, whichever gun read it. */
const SAME_MS = 3_000;
/** A bill must have stood this long: the code may have been held out for the car before. */
const SETTLE_MS = 500;

export interface ScansDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Pick<LaneRuntime, 'lanes' | 'state' | 'identify'>;
  readonly desk: Pick<PaymentDesk, 'channels' | 'charge'>;
  readonly attempts: { ofBill(billId: string): readonly Attempt[] };
}

/**
 * Codes of scan guns that hang on the station, on their way to where a gun at a window goes: the try at a channel, or the car without a
 * plate. What a code says is money for a minute: it is in no log, no notice and no error.
 */
export class Scans {
  readonly #deps: ScansDeps;
  readonly #notices: ScanNotices;
  /** Bills whose try has not been answered for the first time. */
  readonly #asking = new Set<string>();
  #last: { readonly code: string; readonly at: number } | null = null;

  constructor(deps: ScansDeps) {
    this.#deps = deps;
    this.#notices = new ScanNotices(deps.clock);
  }

  notices(): readonly ScanNotice[] {
    return this.#notices.list();
  }

  onChanged(listener: () => void): () => void {
    return this.#notices.onChanged(listener);
  }

  /** @param code null: something that the gun could not read. Returns at once; what a channel answers shows in its try. */
  scanned(deviceId: string, code: string | null): void {
    const { clock, lanes } = this.#deps;
    const mine = lanes.lanes().filter(({ scanner }) => scanner === deviceId);
    const tell = (outcome: ScanNotice['outcome'], reason = ''): void =>
      this.#notices.tell({ deviceId, laneIds: mine.map(({ id }) => id), outcome, reason });
    if (code === null) {
      tell('garbled');
      return;
    }
    const now = clock.monotonic();
    if (this.#last?.code === code && now - this.#last.at < SAME_MS) return;
    this.#last = { code, at: now };
    const place = placeOf(
      code,
      mine.map(({ id }) => ({ laneId: id, state: lanes.state(id) })),
    );
    const refused = (error: unknown): void => {
      const known = error instanceof ConflictError;
      if (!known && !(error instanceof NotFoundError))
        this.#deps.log.error('a scan failed', { device: deviceId, error: errorText(error).replaceAll(code, '…') });
      // Whoever holds the phone still is charged as soon as the bill is old enough.
      if (known && error.reason === 'just-changed') this.#last = null;
      tell('refused', known ? error.reason : 'failed');
    };
    if (place.for === 'nobody') tell('unplaced');
    else if (place.for === 'bill') this.#charge(place.bill, code).catch(refused);
    else
      try {
        lanes.identify(place.laneId, code, STATION, place.passageId);
      } catch (error) {
        refused(error);
      }
  }

  async #charge(bill: Bill, code: string): Promise<void> {
    const { attempts, clock, desk } = this.#deps;
    const age = clock.now() - bill.createdAt;
    // Of a clock that was set back nothing can be told.
    if (age >= 0 && age < SETTLE_MS) throw new ConflictError('just-changed', '车辆刚刚更换');
    const kind = scannedKind(code);
    const scans = desk.channels().filter((channel) => channel.kind === 'scan');
    // A channel that collects for several names one of them: where none names this kind, the first may take it all the same.
    const channel = scans.find(({ method }) => method === kind) ?? scans[0];
    if (!channel) throw new ConflictError('no-scan-channel', '没有扫码收款的渠道');
    const tries = attempts.ofBill(bill.id).filter(isOpenTry);
    const underWay = tries.some((each) => isRiskyTry(each) || each.state === 'created');
    if (underWay || this.#asking.has(bill.id)) throw new ConflictError('payment-under-way', '上一笔支付还没有结果');
    this.#asking.add(bill.id);
    try {
      const despiteUnknown = tries.length > 0;
      await desk.charge(bill.id, { channel: channel.id, authCode: code, despiteUnknown }, STATION);
    } finally {
      this.#asking.delete(bill.id);
    }
  }
}
