import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Bill } from '../../../../shared/domain/money-flow.ts';
import { departureBillId } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { draftId } from '../define-message.ts';
import { billOf } from './bill-fields.ts';
import { PAID, plateNo } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import { applyPayment } from './messages/applyPayment.ts';
import { getPayResult } from './messages/getPayResult.ts';
import { uploadAbnormalBill } from './messages/uploadAbnormalBill.ts';
import { settleFromPlatform, VIA } from './settle.ts';

const HOUR_MS = 3_600_000;
const DELIVERED = 1;

/** What is remembered of a bill while it is followed; all of it may be lost. */
interface Trail {
  asked: number;
  /** When it is looked at again, on the monotonic clock. */
  next: number;
}

/**
 * Follows the bills of cars that left first (先离场后付费) until their money is there: asks what became of them, seldomer and seldomer, and
 * after some hours reports them as abnormal, each hour, and asks once more. Which bills there are, when they were applied for and what
 * was reported is read from the store each time, so that nothing is lost over a restart.
 */
export class Departures {
  readonly #context: QingdaoContext;
  readonly #trails = new Map<string, Trail>();
  readonly #stopping = new AbortController();
  #listening: Cancel = () => undefined;
  #timer: Cancel = () => undefined;
  #busy = false;

  constructor(context: QingdaoContext) {
    this.#context = context;
  }

  start(): void {
    this.#listening = this.#context.station().onCommitted((events) => {
      if (events.some(leftFirst)) this.#plan();
    });
    this.#plan();
  }

  stop(): void {
    this.#stopping.abort(new Error('stopping'));
    this.#listening();
    this.#timer();
  }

  /** The bills that are to be followed, and the timer for the one that is due first. */
  #plan(): void {
    if (this.#busy || this.#stopping.signal.aborted) return;
    this.#timer();
    const { clock, settings } = this.#context;
    const now = clock.monotonic();
    const bills = this.#bills();
    const open = new Set(bills.map(({ id }) => id));
    for (const id of this.#trails.keys()) if (!open.has(id)) this.#trails.delete(id);
    for (const { id } of bills)
      if (!this.#trails.has(id)) this.#trails.set(id, { asked: 0, next: now + settings.departurePay.pollFirstMs });
    if (this.#trails.size === 0) return;
    const first = Math.min(...[...this.#trails.values()].map(({ next }) => next));
    this.#timer = clock.after(Math.max(0, first - now), () => {
      void this.#round().catch((error: unknown) =>
        this.#context.log.error('departed bills could not be followed', { error: errorText(error) }),
      );
    });
  }

  #bills(): Bill[] {
    const of = (bill: Bill): boolean => bill.arrears.some(({ debtId }) => departureBillId(VIA, debtId) === bill.id);
    return this.#context.station().read.bills.afterDeparture().filter(of);
  }

  /** One after the other: nobody waits for them. When the platform does not answer, the rest has time. */
  async #round(): Promise<void> {
    const { clock, settings, station } = this.#context;
    this.#busy = true;
    try {
      for (const bill of this.#bills()) {
        const trail = this.#trails.get(bill.id);
        if (!trail || trail.next > clock.monotonic()) continue;
        const stay = station().read.stays.get(bill.uid);
        const appliedAt = this.#appliedAt(bill);
        // Still in the outbox: there is nothing to ask for yet.
        if (!stay || appliedAt === undefined) {
          trail.next = clock.monotonic() + settings.departurePay.pollFirstMs;
          continue;
        }
        const overMs = clock.now() - appliedAt - settings.departurePay.pollHours * HOUR_MS;
        if (overMs >= 0) this.#report(bill, stay, Math.floor(overMs / settings.departurePay.abnormalEveryMs));
        trail.asked += 1;
        trail.next = clock.monotonic() + this.#pause(trail.asked, overMs);
        const answered = await this.#ask(bill, stay);
        if (this.#stopping.signal.aborted) return;
        if (!answered) {
          for (const other of this.#trails.values())
            other.next = Math.max(other.next, clock.monotonic() + settings.departurePay.pollFirstMs);
          return;
        }
      }
    } finally {
      this.#busy = false;
      this.#plan();
    }
  }

  #pause(asked: number, overMs: number): number {
    const { pollFirstMs, pollMaxMs, abnormalEveryMs } = this.#context.settings.departurePay;
    const growing = Math.min(pollMaxMs, pollFirstMs * 2 ** Math.min(asked, 20));
    if (overMs < 0) return Math.min(growing, -overMs);
    return abnormalEveryMs - (overMs % abnormalEveryMs);
  }

  /** When the platform took the application; a bill of before this version, or one discarded by a person, counts from the exit. */
  #appliedAt(bill: Bill): EpochMs | undefined {
    const id = draftId(applyPayment.name, { recordId: bill.id, key: bill.uid });
    const row = this.#context.station().read.outbox.ofDraft(VIA, id);
    if (row === undefined) return bill.createdAt;
    return row.done_at_ms ?? undefined;
  }

  /** Only when the one before has arrived: a platform that was away for a day hears of it once. */
  #report(bill: Bill, stay: Stay, hour: number): void {
    const { commands, settings, station } = this.#context;
    const waiting = station()
      .read.outbox.ofStay(bill.uid)
      .some((row) => row.message === uploadAbnormalBill.name && row.state !== DELIVERED && row.done_at_ms === null);
    if (waiting) return;
    const body = billOf(bill, stay, stay.exitedAt ?? bill.createdAt, settings);
    commands.enqueue(VIA, uploadAbnormalBill.draft({ recordId: `${bill.id}-${hour}`, key: bill.uid, body }));
  }

  /** @returns whether the platform answered at all */
  async #ask(bill: Bill, stay: Stay): Promise<boolean> {
    const { settings, log } = this.#context;
    const question = { billID: bill.id, parkingCode: settings.parkingCode, plateNo: plateNo(stay.plate) };
    const reply = await this.#context.ask(getPayResult, question, this.#stopping.signal);
    if (reply.kind === 'answered' && reply.answer.payStatus === PAID) {
      const settled = settleFromPlatform(this.#context, { ...reply.answer, billID: bill.id });
      log.info('a departed bill is paid', { bill: bill.id, outcome: settled.kind });
    }
    return reply.kind !== 'failed';
  }
}

const leftFirst = (event: JournalEvent): boolean =>
  event.kind === 'vehicle-exited' && event.body.how === 'departure-pay';
