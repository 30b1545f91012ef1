import { isOpenTry, isRiskyTry } from '../../../shared/domain/attempt-state.ts';
import { STATION } from '../../../shared/domain/events.ts';
import type { Attempt, Bill } from '../../../shared/domain/money-flow.ts';
import { scannedKind } from '../../../shared/domain/pay-code.ts';
import { PresentedCodes } from '../../../shared/domain/presented-codes.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import type { PaymentDesk } from '../payments/desk.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import { type ScanNotice, ScanNotices } from './notices.ts';
import { type Place, placeOf } from './place.ts';

/** A bill must have stood this long: the code may have been held out for the car before. */
const SETTLE_MS = 500;

export interface ScansDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Pick<LaneRuntime, 'lanes' | 'state' | 'identify'>;
  readonly desk: Pick<PaymentDesk, 'channels' | 'charge'>;
  readonly attempts: { ofBill(billId: string): readonly Attempt[] };
}

type Taken = Exclude<Place, { readonly for: 'nobody' }>;

const carIn = (place: Taken): string => (place.for === 'bill' ? place.bill.uid : place.passageId);
/** Another bill is worth another try with the same code. */
const wantIn = (place: Taken): string => (place.for === 'bill' ? place.bill.id : place.passageId);

/** Told once of a code that comes to nothing and is not taken away. */
const LIES_THERE = 'code-lies-there';

/**
 * Codes of scan guns that hang on the station, on their way to where a gun at a window goes: the try at a channel, or the car without a
 * plate. What a code says is money for a minute: it is in no log, no notice and no error.
 */
export class Scans {
  readonly #deps: ScansDeps;
  readonly #notices: ScanNotices;
  /** Bills whose try has not been answered for the first time. */
  readonly #asking = new Set<string>();
  /** Whichever gun read it. */
  readonly #presented = new PresentedCodes();

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
    const laneIds = mine.map(({ id }) => id);
    const lies = (of: string): void => {
      if (this.#presented.lies(of, clock.monotonic()))
        this.#notices.tell({ deviceId, laneIds, outcome: 'refused', reason: LIES_THERE });
    };
    const tell = (outcome: ScanNotice['outcome'], reason = ''): void => {
      const what = `${deviceId} ${outcome} ${reason}`;
      const telling = code === null ? 'what' : this.#presented.telling(code, what, clock.monotonic());
      if (telling === 'what') this.#notices.tell({ deviceId, laneIds, outcome, reason });
      // Of one whose own try is waited for nobody says that it came to nothing.
      if (telling === 'lies' && code !== null && reason !== 'payment-under-way') lies(code);
    };
    if (code === null) {
      tell('garbled');
      return;
    }
    this.#presented.read(code, clock.monotonic());
    if (this.#presented.isSame(code, clock.monotonic())) return;
    const place = placeOf(
      code,
      mine.map(({ id }) => ({ laneId: id, state: lanes.state(id) })),
    );
    const usedFor = this.#presented.carOf(code, clock.monotonic());
    // It paid, or is about to, for another car, whose driver has not put the phone away yet.
    const isSpent = place.for === 'bill' && usedFor !== null && usedFor !== carIn(place);
    if (place.for === 'nobody' || isSpent) {
      // What was used may lie there for a while.
      if (isSpent || usedFor === null) tell('unplaced');
      return;
    }
    if (this.#presented.isWornOut(code, wantIn(place))) {
      // Its last try may still turn into money.
      if (place.for !== 'bill' || !this.#isAsked(place.bill)) lies(code);
      return;
    }
    this.#take(place, code).catch((error: unknown) => {
      const known = error instanceof ConflictError;
      if (!known && !(error instanceof NotFoundError))
        this.#deps.log.error('a scan failed', { device: deviceId, error: errorText(error).replaceAll(code, '…') });
      tell('refused', known ? error.reason : 'failed');
    });
  }

  /** Carries it out. What was refused is as though it had never been read: a phone that is still held out is looked at again. */
  async #take(place: Taken, code: string): Promise<void> {
    const { clock, lanes } = this.#deps;
    const [now, car] = [clock.monotonic(), carIn(place)];
    const isAgain = this.#presented.carOf(code, now) === car;
    const takeBack = this.#presented.use(code, now, car, wantIn(place));
    try {
      if (place.for === 'bill') await this.#charge(place.bill, code, isAgain);
      else lanes.identify(place.laneId, code, STATION, place.passageId);
    } catch (error) {
      if (error instanceof ConflictError || error instanceof NotFoundError) takeBack();
      throw error;
    }
  }

  #isAsked({ id }: Bill): boolean {
    return this.#asking.has(id) || this.#deps.attempts.ofBill(id).some(isOpenTry);
  }

  /** `isAgain`: the code was used for this car before. */
  async #charge(bill: Bill, code: string, isAgain: boolean): Promise<void> {
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
    // One that was set aside bars other codes no more; by its own it may still turn into money.
    const isOwn = ({ kind }: Attempt): boolean => isAgain && kind === 'scan';
    const underWay = tries.some((each) => isRiskyTry(each) || each.state === 'created' || isOwn(each));
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
