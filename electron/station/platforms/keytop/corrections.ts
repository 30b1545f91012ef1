import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { reportDeducted } from './deducted-twice.ts';
import { PostCarCorrect } from './messages/PostCarCorrect.ts';
import { outKept } from './out-kept.ts';
import { ended } from './signed.ts';

/**
 * 冲正: a charge whose end nobody knows is taken back once its stay is over, in whatever way that ended. The correction stands behind the
 * exit record of the stay; when the third party has taken it, the attempt is reversed.
 */
export class Corrections {
  readonly #context: KeytopContext;
  readonly #isOnTheWay: (attemptId: string) => boolean;
  #listening: Cancel | undefined;

  /** @param isOnTheWay whether the request of an attempt has not ended: a correction would be too early */
  constructor(context: KeytopContext, isOnTheWay: (attemptId: string) => boolean) {
    this.#context = context;
    this.#isOnTheWay = isOnTheWay;
  }

  /** What became due while the station was away is due now. */
  start(): void {
    const { station } = this.#context;
    for (const attempt of station().read.attempts.underWay()) this.look(attempt);
    this.#listening = station().onCommitted((events) => this.#heard(events));
  }

  stop(): void {
    this.#listening?.();
  }

  /** Queues the correction of an attempt where it is due, which changes nothing where it is queued; ends it where its end is known. */
  look({ id }: Pick<Attempt, 'id'>): void {
    const { station, commands } = this.#context;
    const { read } = station();
    const attempt = read.attempts.get(id);
    if (attempt?.channel !== KEYTOP.name || this.#isOnTheWay(id)) return;
    if (attempt.state !== 'unknown' && attempt.state !== 'reversing') return;
    const kept = outKept(id, this.#context);
    const told = kept?.told?.state;
    if (told === 'declined' || told === 'corrected') {
      if (attempt.state === 'reversing' || told === 'corrected') station().payments.desk.reversed(id);
      return;
    }
    // Deducted and wanted: it is booked.
    if (!kept || (told === 'paid' && attempt.state === 'unknown')) return;
    if (read.stays.get(attempt.uid)?.status === 'inside') return;
    if (kept.told?.state === 'paid') reportDeducted(attempt, kept.told.paidFen, this.#context);
    const body = { ...kept.sent, attemptId: id };
    commands.enqueue(KEYTOP.name, PostCarCorrect.draft({ recordId: id, key: attempt.uid, body }));
  }

  #heard(events: readonly JournalEvent[]): void {
    for (const event of events)
      try {
        if (event.kind === 'attempt-changed') this.look(event.body.attempt);
        else if (event.kind === 'vehicle-exited' || event.kind === 'stay-closed') {
          const { stay } = event.body;
          for (const attempt of this.#context.station().read.attempts.ofStay(stay.uid)) this.look(attempt);
          ended(stay, this.#context);
        }
      } catch (error) {
        this.#context.log.error('a correction could not be looked after', { error: errorText(error) });
      }
  }
}
