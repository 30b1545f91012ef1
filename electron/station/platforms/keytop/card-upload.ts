import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { firstReading } from './card-reports.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { PostCarCard } from './messages/PostCarCard.ts';
import { whomOf } from './whom.ts';

/** The station is to be ready first: arms wait for it, cards do not. */
const FIRST_MS = 1000;
const PORTION = 200;
/** Between two portions a car that came meanwhile has its turn. */
const BREATH_MS = 20;
const MARK = 'cards';

type Needed = Pick<KeytopContext, 'commands' | 'settings' | 'station' | 'clock' | 'log'>;

/**
 * The first upload of all cards in force, once for each third party and car park, in portions. Every change is queued behind all of it:
 * the first that comes meanwhile has the rest queued at once. Cut off in the middle it begins anew, and what is queued stays as it is.
 */
export class CardUpload {
  readonly #context: Needed;
  #after = '';
  #whom = '';
  #cancel: Cancel = () => undefined;
  #unlisten: Cancel = () => undefined;

  constructor(context: Needed) {
    this.#context = context;
  }

  start(): void {
    const { commands, settings, station, clock } = this.#context;
    this.#whom = whomOf(settings);
    if (commands.recall(KEYTOP.name, MARK) === this.#whom) return;
    this.#after = '';
    this.#unlisten = station().onCommitted((events) => {
      const changed = events.flatMap((event) => (event.kind === 'card-changed' ? [event.body] : []));
      // A new card is told by its own event.
      const added = new Set(changed.flatMap(({ change, card }) => (change === 'added' ? [card.id] : [])));
      if (changed.length > 0) this.#guarded(() => this.#all(added));
    });
    this.#cancel = clock.after(FIRST_MS, () => this.#guarded(() => this.#portions()));
  }

  stop(): void {
    this.#cancel();
    this.#unlisten();
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      // The mark is set only behind the last card: the next start begins anew.
      this.stop();
      this.#context.log.error('the cards could not be told', { error: errorText(error) });
    }
  }

  #portions(): void {
    if (this.#portion())
      this.#cancel = this.#context.clock.after(BREATH_MS, () => this.#guarded(() => this.#portions()));
  }

  #all(without: ReadonlySet<string>): void {
    while (this.#portion(without));
  }

  /** @returns whether there are more */
  #portion(without: ReadonlySet<string> = new Set()): boolean {
    const { commands, station, clock } = this.#context;
    const now = clock.now();
    const cards = station().read.cards.after(this.#after, PORTION);
    commands.enqueue(
      KEYTOP.name,
      cards
        .filter(({ id, state, validTo }) => state === 'active' && validTo >= now && !without.has(id))
        .map((card) => PostCarCard.draft(firstReading(card, this.#whom, now))),
    );
    this.#after = cards.at(-1)?.id ?? this.#after;
    if (cards.length === PORTION) return true;
    commands.remember(KEYTOP.name, MARK, this.#whom);
    this.stop();
    return false;
  }
}
