import { type Actor, STATION } from '../../../shared/domain/events.ts';
import type { Attempt, Bill } from '../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Ids, Log } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { factsOf, recordAttempts, report } from './books.ts';
import type { Outcome, PaymentChannel } from './channel.ts';
import { Channels, factsOfChannel } from './channels.ts';
import { voidAfterLastTry } from './departure-pay.ts';
import { PATIENCE, type Patience } from './patience.ts';
import { Pursuit } from './pursuit.ts';
import { requestRefund } from './refunds.ts';
import { isUnderWay, paidInPart, type SettlementInput, settlementStep, type Verdict } from './settlement.ts';
import { bookSurplus, bookVerdict, noteTold, paymentOf } from './verdicts.ts';
import type { BillWatcher, PayAtLane, Payment } from './watcher.ts';

export interface DeskDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** In the manager's order. */
  readonly channels: readonly PaymentChannel[];
  readonly pay: PayAtLane;
  /** The lane is to look anew at what stands there. */
  readonly refresh: (laneId: string, actor: Actor) => void;
  /** Nobody who was asked pays a bill that stands at a lane: may its car go all the same (先离场后付费)? @returns whether it went */
  readonly letGo: (laneId: string, billId: string) => boolean;
  readonly patience?: Patience;
  /** How long a channel may take to answer, ms. */
  readonly answerMs?: number;
}

export interface Charged {
  readonly attempt: Attempt;
  /** Kind `qr`: the text of the code to show. */
  readonly text: string | null;
  /** Kind `qr`: from then on another code is to be shown; null: it stays. */
  readonly shownUntil: EpochMs | null;
}

type Settle = Extract<Verdict, { do: 'settle' }>;

interface Stepped {
  readonly uid: string;
  readonly changed: readonly Attempt[];
  readonly settle: Settle | undefined;
  /** The bill that the stay was asked for before, made void by money for another. */
  readonly replaced: Bill | undefined;
}

const REFUSALS = {
  'bill-over': '账单已结清或已作废',
  'payment-under-way': '上一笔支付结果未知，请先查询，或确认后改用其他方式',
} as const;

/**
 * Runs the settlement of bills: feeds the machine, stores what it says, and carries it out. What a bill's money means at a
 * lane is the lane's; everything else is booked here. Bills that stand at no lane (paid inside, before the exit) are asked for
 * by people and platforms only.
 */
export class PaymentDesk implements BillWatcher {
  readonly #deps: DeskDeps;
  readonly #channels: Channels;
  readonly #pursuit: Pursuit;
  /** Bill → lane where its car stands. Told anew by the lanes after a start. */
  readonly #standing = new Map<string, string>();
  readonly #stopListening: Cancel;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
    this.#channels = new Channels(deps);
    this.#pursuit = new Pursuit({
      store: deps.store,
      clock: deps.clock,
      log: deps.log,
      channel: (id) => this.#channels.find(id),
      answerMs: deps.answerMs ?? 10_000,
      patience: deps.patience ?? PATIENCE,
      tell: (billId, input) => this.#tell(billId, input),
      gaveUp: (attempt) => this.#gaveUp(attempt),
    });
    this.#stopListening = deps.store.onCommitted((events) => {
      for (const event of events)
        if (event.kind === 'payment-reversed') this.#guarded(() => this.#takenBack(event.body.billId));
    });
  }

  /** After a start, once the lanes have told what stands at them: whatever was under way is looked after again. */
  recover(): void {
    const { store } = this.#deps;
    const left = store.read.attempts.underWay();
    for (const billId of new Set(left.map((attempt) => attempt.billId)))
      this.#guarded(() => this.#tell(billId, { type: 'recovered' }));
    for (const attempt of left) this.#pursuit.look(attempt.id);
    for (const payment of store.read.payments.takenBack()) this.#guarded(() => this.#takenBack(payment.bill_id));
    // Made void behind the lane's back, and the station died before the lane heard of it.
    for (const [billId, laneId] of this.#standing)
      this.#guarded(() =>
        store.read.bills.get(billId)?.state === 'void' ? this.#deps.refresh(laneId, STATION) : this.#ask(billId),
      );
  }

  /** Calls under way are abandoned; the next start asks what became of them. */
  stop(): void {
    this.#stopListening();
    this.#pursuit.stop();
  }

  opened(bill: Bill, _stay: Stay, laneId: string): void {
    this.#standing.set(bill.id, laneId);
    this.#guarded(() => this.#ask(bill.id));
  }

  over(billId: string, _how: 'paid' | 'void'): void {
    this.#standing.delete(billId);
    this.#guarded(() => this.#tell(billId, { type: 'over' }));
  }

  /** The lane at which the car of a bill stands. */
  laneOf(billId: string): string | null {
    return this.#standing.get(billId) ?? null;
  }

  channels(): readonly PaymentChannel[] {
    return this.#deps.channels;
  }

  /**
   * Shows a code or charges the one that was scanned, and waits for the first answer. The same code shown again is the same
   * order. `despiteUnknown`: a person decides to try this although an earlier try is open; that one is taken back.
   *
   * @throws ConflictError `bill-over`, `payment-under-way`, `channel-refuses`, `auth-code-needed`, `channel-silent`
   */
  async charge(
    billId: string,
    what: {
      readonly channel: string;
      readonly authCode?: string | undefined;
      readonly despiteUnknown?: boolean | undefined;
    },
    actor: Actor,
  ): Promise<Charged> {
    const { store, ids } = this.#deps;
    const channel = this.#channels.find(what.channel);
    if (!channel) throw new NotFoundError('没有这个支付渠道');
    if (channel.kind === 'scan' && !what.authCode) throw new ConflictError('auth-code-needed', '请扫描付款码');
    const bill = store.read.bills.get(billId);
    const stay = bill && store.read.stays.get(bill.uid);
    if (!bill || !stay) throw new NotFoundError('没有这张账单');
    if (!this.#channels.covers(channel, bill, stay))
      throw new ConflictError('channel-refuses', '该渠道不能支付这张账单');
    const shown = store.read.attempts
      .ofBill(billId)
      .find((each) => each.channel === channel.id && each.state === 'sent' && each.kind === 'qr');
    if (shown && channel.qr && this.#deps.clock.now() < (shownUntil(shown, channel) ?? Number.POSITIVE_INFINITY)) {
      const text = await this.#pursuit.show(channel, { attempt: shown, bill, stay });
      return { attempt: shown, text, shownUntil: shownUntil(shown, channel) };
    }
    const newId = ids.next('att');
    this.#tell(
      billId,
      {
        type: 'charge',
        channel: factsOfChannel(channel),
        newId,
        laneId: this.laneOf(billId),
        despiteUnknown: what.despiteUnknown ?? false,
      },
      actor,
      what.authCode,
    );
    const { text } = await this.#pursuit.send(newId, what.authCode);
    const attempt = this.#attempt(newId);
    return { attempt, text: text ?? null, shownUntil: shownUntil(attempt, channel) };
  }

  /** Asks the channel now what became of an attempt. */
  async query(attemptId: string): Promise<Attempt> {
    this.#attempt(attemptId);
    await this.#pursuit.hurry(attemptId);
    return this.#attempt(attemptId);
  }

  /** The other side says by itself that an attempt was paid. Idempotent. Stored when this returns. */
  paid(attempt: Attempt, outcome: Outcome): Attempt {
    this.#tell(attempt.billId, { type: 'answered', attemptId: attempt.id, outcome, afterRefusal: false });
    return this.#attempt(attempt.id);
  }

  /** The other side has given back an attempt whose end was not known, or made sure that it is nothing. Idempotent. */
  reversed(attemptId: string): Attempt {
    const { billId } = this.#attempt(attemptId);
    this.#tell(billId, { type: 'taken-back', attemptId, result: 'reversed' });
    return this.#attempt(attemptId);
  }

  #attempt(id: string): Attempt {
    const attempt = this.#deps.store.read.attempts.get(id);
    if (!attempt) throw new NotFoundError('没有这笔支付');
    return attempt;
  }

  /** Asks the next agreement channel for a bill that stands at a lane; nothing while an earlier try is open. */
  #ask(billId: string, which: (channel: PaymentChannel) => boolean = () => true): void {
    const { store, ids } = this.#deps;
    const laneId = this.#standing.get(billId);
    const bill = store.read.bills.get(billId);
    const stay = bill && store.read.stays.get(bill.uid);
    if (laneId === undefined || !stay || bill.state !== 'open') return;
    const tries = store.read.attempts.ofStay(bill.uid);
    const declined = tries.some((each) => (each.billId === billId && each.state === 'declined') || paidInPart(each));
    if (declined && !tries.some(isUnderWay) && this.#deps.letGo(laneId, billId)) return;
    const candidates = this.#channels.agreements(bill, stay, which);
    this.#tell(billId, { type: 'ask', candidates, newId: ids.next('att'), laneId });
  }

  /** One input: the step and all that it books, in one transaction; then what leaves the house. */
  #tell(billId: string, input: SettlementInput, actor: Actor = STATION, authCode?: string): void {
    const { store } = this.#deps;
    const done = store.write((tx) => this.#step(tx, billId, input, actor));
    if (!done) return;
    // The code must be there before the attempt that needs it goes out.
    for (const attempt of done.changed)
      if (authCode === undefined || attempt.state !== 'created') this.#pursuit.look(attempt.id);
    if (done.replaced) this.#replaced(done.replaced);
    if (done.settle) this.#settleAtLane(done.settle);
    if (done.changed.some((attempt) => !isUnderWay(attempt))) this.#askForStay(done.uid);
  }

  #step(tx: Tx, billId: string, input: SettlementInput, actor: Actor, atLane = true): Stepped | undefined {
    const bill = tx.bills.get(billId);
    if (!bill) return undefined;
    const asked = tx.bills.open(bill.uid);
    if (input.type === 'answered') noteTold(tx, input.attemptId, input.outcome, this.#deps.clock.now());
    const result = settlementStep(factsOf(tx, bill), this.#asFinal(tx, input), this.#deps.clock.now());
    if ('refused' in result) throw new ConflictError(result.refused, REFUSALS[result.refused]);
    recordAttempts(tx, result.changed, actor);
    const changed = [...result.changed];
    let settle: Settle | undefined;
    for (const verdict of result.verdicts)
      if (verdict.do === 'settle' && atLane && this.#laneFor(bill, verdict.attempt) !== null) settle = verdict;
      else changed.push(...bookVerdict(tx, bill, verdict, this.#channels.booking(verdict.attempt)));
    if (changed.some((attempt) => !isUnderWay(attempt))) voidAfterLastTry(tx, bill.id);
    for (const attempt of changed) bookSurplus(tx, bill.id, attempt, this.#channels.booking(attempt));
    const replaced = asked && asked.id !== bill.id && tx.bills.get(asked.id)?.state === 'void' ? asked : undefined;
    return { uid: bill.uid, changed, settle, replaced };
  }

  /** Money of a channel that gives nothing back is ours from the moment it is told. */
  #asFinal(tx: Tx, input: SettlementInput): SettlementInput {
    const attempt = input.type === 'answered' ? tx.attempts.get(input.attemptId) : undefined;
    if (input.type !== 'answered' || !attempt || this.#channels.givesBack(attempt)) return input;
    return input.outcome.state === 'paid' ? { ...input, final: true } : input;
  }

  /** Money for an earlier bill made this one too much: what was tried for it is not wanted, and its lane asks for the rest. */
  #replaced(bill: Bill): void {
    const laneId = this.laneOf(bill.id);
    this.over(bill.id, 'void');
    if (laneId !== null) this.#guarded(() => this.#deps.refresh(laneId, STATION));
  }

  #laneFor(bill: Bill, attempt: Attempt): string | null {
    return this.#standing.get(bill.id) ?? (bill.scene === 'gate' ? attempt.laneId : null);
  }

  /** The lane lets the car out and books the money in one go. When it does not want it, the money is booked here, somehow. */
  #settleAtLane({ attempt, outcome }: Settle): void {
    const { store } = this.#deps;
    const bill = store.read.bills.get(attempt.billId);
    const laneId = bill && this.#laneFor(bill, attempt);
    if (!bill || !laneId) return;
    const booking = this.#channels.booking(attempt);
    const payment = paymentOf(attempt, bill, outcome, booking);
    const wanted = payment.amountFen <= attempt.amountFen && this.#wanted(laneId, bill.id, payment, booking.actor);
    const done = store.write((tx) =>
      wanted
        ? this.#step(tx, bill.id, { type: 'settled', attemptId: attempt.id, outcome }, STATION)
        : this.#step(
            tx,
            bill.id,
            {
              type: 'answered',
              attemptId: attempt.id,
              outcome,
              afterRefusal: attempt.state === 'reversing',
            },
            STATION,
            false,
          ),
    );
    for (const changed of done?.changed ?? []) this.#pursuit.look(changed.id);
    // Booked behind the lane's back: it must not go on asking for it.
    if (!wanted && this.#standing.has(bill.id)) this.#guarded(() => this.#deps.refresh(laneId, STATION));
  }

  #wanted(laneId: string, billId: string, payment: Payment, actor: Actor): boolean {
    try {
      return this.#deps.pay(laneId, billId, payment, actor) === 'settled';
    } catch (error) {
      // Refused for what stands there. Anything else leaves the attempt under way, and it is asked about again.
      if (error instanceof ConflictError || error instanceof NotFoundError) return false;
      throw error;
    }
  }

  /** A stay was agreed on while its bill stands at a lane: whose channel says that it means that one is asked. Nobody is asked twice. */
  agreed({ uid, platform }: Pick<Agreement, 'uid' | 'platform'>): void {
    const open = uid === null ? undefined : this.#deps.store.read.bills.open(uid);
    const means = (channel: PaymentChannel): boolean =>
      channel.chargesStanding === true && (channel.via ?? channel.id) === platform;
    if (open) this.#guarded(() => this.#ask(open.id, means));
  }

  /** An end may make way for the next try, also where it was the try for an earlier bill of the stay. */
  #askForStay(uid: string): void {
    const open = this.#deps.store.read.bills.open(uid);
    if (open && this.#standing.has(open.id)) this.#ask(open.id);
  }

  #takenBack(billId: string): void {
    const { read } = this.#deps.store;
    const attemptId = read.payments.get(billId)?.attempt_id;
    const attempt = attemptId ? read.attempts.get(attemptId) : undefined;
    if (attempt?.state !== 'paid') return;
    // Refused by the channel before, and on its way back as a refund.
    if (read.refunds.ofStay(attempt.uid).some((refund) => refund.attemptId === attempt.id)) return;
    const keptFen = read.payments.ofAttempt(attempt.id).reduce((sum, paid) => sum + paid.paid_fen, 0);
    if (keptFen === 0) this.#tell(attempt.billId, { type: 'undone', attemptId: attempt.id });
    else this.#giveBackPart(attempt, attempt.amountFen - keptFen);
  }

  /** The same money settled debts, which stay paid. A channel only takes back the whole: a person gives this part back. */
  #giveBackPart(attempt: Attempt, amountFen: number): void {
    const { store, clock, ids } = this.#deps;
    const request = { from: { attemptId: attempt.id }, amountFen, reason: '离场撤销，退还停车费，已缴欠费不退' };
    const context = { id: ids.next('refund'), now: clock.now() };
    if (amountFen > 0) store.write((tx) => requestRefund(tx, request, STATION, context));
  }

  #gaveUp(attempt: Attempt): void {
    const { store, clock } = this.#deps;
    store.write((tx) =>
      report(
        tx,
        attempt,
        {
          kind: 'unknown-payment',
          amountFen: attempt.amountFen,
          detail: `渠道 ${attempt.channel} 的支付结果长时间未知，请与渠道核对`,
        },
        clock.now(),
      ),
    );
  }

  /** Whoever tells us of something has done their part; what goes wrong here is found again by {@link recover}. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#deps.log.error('the settlement could not be carried on', { error: errorText(error) });
    }
  }
}

const shownUntil = ({ createdAt }: Attempt, { shownMs }: PaymentChannel): EpochMs | null =>
  shownMs === undefined ? null : createdAt + shownMs;
