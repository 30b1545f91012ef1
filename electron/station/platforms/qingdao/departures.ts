import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import { departureBillId } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { type Application, type Applied, applicationOf } from './application.ts';
import { billOf } from './bill-fields.ts';
import { PAID, plateNo } from './codes.ts';
import type { QingdaoContext } from './context.ts';
import { askForPayment } from './messages/applyPayment.ts';
import { getPayResult } from './messages/getPayResult.ts';
import { uploadAbnormalBill } from './messages/uploadAbnormalBill.ts';
import { settleFromPlatform, VIA } from './settle.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An abnormal bill is reported as often as the settings say for so long, and once a day from then on. */
const OFTEN_MS = 3 * DAY_MS;

/** What is remembered of a bill while it is followed; all of it may be lost. */
interface Trail {
  asked: number;
  /** When it is looked at again, on the monotonic clock. */
  next: number;
}

/**
 * Follows the bills of cars that left first (先离场后付费) until their money is there: asks what became of them, seldomer and seldomer, and
 * after some hours reports them as abnormal, and asks once more each time. A bill is read when it is its turn, never because a lane
 * committed something; when it was applied for and what was reported is read from the store, so that nothing is lost over a restart.
 */
export class Departures {
  readonly #context: QingdaoContext;
  readonly #trails = new Map<string, Trail>();
  /** Bills whose application waits behind a refused record of their stay. */
  readonly #held = new Set<string>();
  readonly #stopping = new AbortController();
  #listening: Cancel = () => undefined;
  #timer: Cancel = () => undefined;
  #busy = false;

  constructor(context: QingdaoContext) {
    this.#context = context;
  }

  start(): void {
    const { station } = this.#context;
    this.#listening = station().onCommitted((events) => this.#follow(events.flatMap(concerned)));
    this.#follow(
      station()
        .read.bills.afterDeparture()
        .map(({ id }) => id),
    );
  }

  stop(): void {
    this.#stopping.abort(new Error('stopping'));
    this.#listening();
    this.#timer();
  }

  #follow(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const next = this.#context.clock.monotonic() + this.#context.settings.departurePay.pollFirstMs;
    for (const id of ids) if (!this.#trails.has(id)) this.#trails.set(id, { asked: 0, next });
    this.#plan();
  }

  /** The timer for the bill that is due first. */
  #plan(): void {
    if (this.#busy || this.#stopping.signal.aborted) return;
    this.#timer();
    let first = Number.POSITIVE_INFINITY;
    for (const { next } of this.#trails.values()) first = Math.min(first, next);
    if (first === Number.POSITIVE_INFINITY) return;
    const { clock, log } = this.#context;
    this.#timer = clock.after(Math.max(0, first - clock.monotonic()), () => {
      void this.#round().catch((error: unknown) =>
        log.error('departed bills could not be followed', { error: errorText(error) }),
      );
    });
  }

  /** One after the other: nobody waits for them. When the platform does not answer, the rest has time. */
  async #round(): Promise<void> {
    const { clock, settings } = this.#context;
    this.#busy = true;
    try {
      const now = clock.monotonic();
      const due = [...this.#trails].filter(([, { next }]) => next <= now);
      for (const [id, trail] of due) {
        const heard = await this.#look(id, trail);
        if (this.#stopping.signal.aborted) return;
        if (heard === 'nothing') {
          const later = clock.monotonic() + settings.departurePay.pollFirstMs;
          for (const other of this.#trails.values()) other.next = Math.max(other.next, later);
          return;
        }
        if (heard === 'unasked') await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.#busy = false;
      this.#plan();
    }
  }

  async #look(id: string, trail: Trail): Promise<'answered' | 'nothing' | 'unasked'> {
    const { clock, settings, station } = this.#context;
    const { pollFirstMs, pollHours, abnormalDays } = settings.departurePay;
    // Before anything that may fail: what cannot be read must not be looked at without a pause.
    trail.next = clock.monotonic() + pollFirstMs;
    const bill = station().read.bills.get(id);
    const stay = bill && station().read.stays.get(bill.uid);
    if (!bill || !stay || !isFollowed(bill)) {
      this.#drop(id);
      return 'unasked';
    }
    const application = applicationOf(this.#context, bill);
    this.#noteHeld(id, application);
    // Still in the outbox: there is nothing to ask for yet.
    if (application.kind !== 'applied') return 'unasked';
    const overMs = clock.now() - application.at - pollHours * HOUR_MS;
    if (overMs >= abnormalDays * DAY_MS) {
      this.#giveUp(bill, stay);
      return 'unasked';
    }
    const everyMs = this.#everyMs(overMs);
    if (overMs >= 0) this.#report(bill, stay, Math.floor(overMs / settings.departurePay.abnormalEveryMs));
    trail.asked += 1;
    trail.next = clock.monotonic() + (overMs < 0 ? this.#pause(trail.asked, -overMs) : everyMs - (overMs % everyMs));
    return (await this.#ask(bill, stay, application.taken)) ? 'answered' : 'nothing';
  }

  #pause(asked: number, leftMs: number): number {
    const { pollFirstMs, pollMaxMs } = this.#context.settings.departurePay;
    return Math.min(leftMs, pollMaxMs, pollFirstMs * 2 ** Math.min(asked, 20));
  }

  #everyMs(overMs: number): number {
    const { abnormalEveryMs } = this.#context.settings.departurePay;
    return overMs < OFTEN_MS ? abnormalEveryMs : Math.max(abnormalEveryMs, DAY_MS);
  }

  /** An application that waits behind a refused record leaves apart from it: the car is gone, and its money does not wait for the office. */
  #noteHeld(id: string, application: Application): void {
    if (application.kind === 'held') application.apply();
    if (application.kind === 'held' || (application.kind === 'applied' && application.apart)) {
      this.#held.add(id);
      this.#tellHeld(false);
    } else this.#letGo(id);
  }

  #letGo(id: string): void {
    if (this.#held.delete(id) && this.#held.size === 0) this.#tellHeld(true);
  }

  #tellHeld(cleared: boolean): void {
    this.#context.commands.alarm({
      ...{ code: 'qingdao-application-held', subject: VIA, severity: 'warning', cleared },
      detail: '离场车辆的记录被平台拒收，扣款申请已单独发出；请到“上报状态”处理被拒的记录',
    });
  }

  #drop(id: string): void {
    this.#trails.delete(id);
    this.#letGo(id);
  }

  /** Nothing has come in all these days: from now on it is a person's. What the platform tells by itself is still welcome. */
  #giveUp(bill: Bill, stay: Stay): void {
    const { settings, station } = this.#context;
    this.#drop(bill.id);
    station().payments.cases.open(
      {
        ...{ kind: 'unknown-payment', uid: bill.uid, laneId: null, passageId: null, plate: stay.plate.text },
        amountFen: toPayFen(bill),
        detail: `先离后付账单 ${bill.id}：平台 ${settings.departurePay.abnormalDays} 天未收到款，已停止上报和查询，请与平台核对或向车主追缴`,
        subject: `${VIA}-${bill.id}-uncollected`,
      },
      { kind: 'platform', name: VIA },
    );
  }

  /** Only when the one before has arrived: a platform that was away for a day hears of it once. A refused one waits for a person. */
  #report(bill: Bill, stay: Stay, hour: number): void {
    const { commands, settings, station } = this.#context;
    const one = `${bill.id}-`;
    // Without a key: whatever becomes of a report, it holds no payment of the stay back.
    const draft = uploadAbnormalBill.draft({
      ...{ recordId: `${one}${hour}`, key: null },
      body: billOf(bill, stay, stay.exitedAt ?? bill.createdAt, settings),
    });
    if (station().read.outbox.waitsUnder(VIA, `${uploadAbnormalBill.name}:${one}`)) return;
    commands.enqueue(VIA, draft);
  }

  /**
   * A platform that does not know the bill has not understood the application, whatever it said to it (204 may be any failure): it is
   * asked for the money once more, with the same words, which is the same order to it. Nobody would collect the bill otherwise.
   *
   * @returns whether the platform answered at all
   */
  async #ask(bill: Bill, stay: Stay, taken: Applied | undefined): Promise<boolean> {
    const { settings, log } = this.#context;
    const { signal } = this.#stopping;
    const question = { billID: bill.id, parkingCode: settings.parkingCode, plateNo: plateNo(stay.plate) };
    let reply = await this.#context.ask(getPayResult, question, signal);
    const current = this.#context.station().read.bills.get(bill.id);
    if (reply.kind === 'none' && taken !== undefined && current && isFollowed(current)) {
      log.warn('the platform does not know a departed bill: applied for again', { bill: bill.id });
      reply = await this.#context.ask(askForPayment, taken, signal);
    }
    if (reply.kind === 'answered' && reply.answer.payStatus === PAID) {
      const settled = settleFromPlatform(this.#context, { ...reply.answer, billID: bill.id });
      log.info('a departed bill is paid', { bill: bill.id, outcome: settled.kind });
    }
    return reply.kind !== 'failed';
  }
}

const isFollowed = (bill: Bill): boolean =>
  bill.scene === 'after-departure' &&
  bill.state === 'open' &&
  bill.arrears.some(({ debtId }) => departureBillId(VIA, debtId) === bill.id);

/** Bills that may have to be followed from now on. */
function concerned(event: JournalEvent): string[] {
  if (event.kind === 'payment-reversed') return [event.body.billId];
  return event.kind === 'vehicle-exited' && event.body.how === 'departure-pay' && event.body.bill
    ? [event.body.bill.id]
    : [];
}
