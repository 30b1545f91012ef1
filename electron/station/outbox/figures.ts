import type { OutboxFigures } from '../../../shared/contract/outbox.ts';
import { parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { Clock } from '../runtime/ports.ts';
import { type OutboxFigures as Counted, CURVE_MINUTES } from '../store/reader/outbox-figures.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { OutboxHub } from './hub.ts';
import { bySpecification } from './order.ts';
import { statusOf } from './states.ts';

/** Counting a day takes a while on the reader's thread, and every open screen asks: one answer serves all for a moment. */
const SERVES_MS = 2_000;

type Line = OutboxFigures['messages'][number];

/** Today's counts and the rate of deliveries, for the cards of the outbox screen. */
export class Figures {
  readonly #reader: Pick<Reader, 'outboxFigures'>;
  readonly #hub: OutboxHub;
  readonly #clock: Clock;
  #known: { readonly at: number; readonly figures: Promise<Counted> } | undefined;

  constructor(deps: {
    readonly reader: Pick<Reader, 'outboxFigures'>;
    readonly hub: OutboxHub;
    readonly clock: Clock;
  }) {
    this.#reader = deps.reader;
    this.#hub = deps.hub;
    this.#clock = deps.clock;
  }

  async now(): Promise<OutboxFigures[]> {
    const counted = await this.#counted();
    return this.#hub.links().map(({ platform, stuck }) => {
      const perMinute = Array.from({ length: CURVE_MINUTES }, () => 0);
      for (const { platform: id, minute, count } of counted.curve)
        if (id === platform.id && minute >= 0 && minute < CURVE_MINUTES) perMinute[CURVE_MINUTES - 1 - minute] = count;
      return {
        platform: platform.id,
        messages: linesOf(counted, platform.id, (name) => this.#hub.titleOf(platform.id, name)).sort(
          bySpecification(platform),
        ),
        lastMinute: perMinute.at(-1) ?? 0,
        lastHour: perMinute.reduce((sum, count) => sum + count, 0),
        perMinute,
        stuck,
      };
    });
  }

  #counted(): Promise<Counted> {
    const at = this.#clock.monotonic();
    if (this.#known && at - this.#known.at < SERVES_MS) return this.#known.figures;
    const now = this.#clock.now();
    const dayStart = parseShanghaiDateTime(`${shanghaiDate(now)} 00:00:00`) ?? now;
    const figures = this.#reader.outboxFigures(dayStart, now);
    this.#known = { at, figures };
    figures.catch(() => {
      this.#known = undefined;
    });
    return figures;
  }
}

function linesOf({ counts }: Counted, platform: string, titleOf: (message: string) => string): Line[] {
  const lines = new Map<string, Line>();
  for (const { platform: id, message, state, count } of counts) {
    if (id !== platform) continue;
    const line = lines.get(message) ?? {
      ...{ message, title: titleOf(message), waiting: 0, delivered: 0, refused: 0, discarded: 0, 'given-up': 0 },
    };
    lines.set(message, { ...line, [statusOf(state)]: count });
  }
  return [...lines.values()];
}
