import type { Lane } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { ExternalPrices } from '../payments/external-prices.ts';
import type { FeeAnswer } from '../payments/fee-source.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock, Log } from '../runtime/ports.ts';
import type { LaneState } from './state.ts';
import type { LaneInput } from './step.ts';

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly prices: Pick<ExternalPrices, 'ask'> | undefined;
  readonly stay: (uid: string) => Stay | null;
  readonly tell: (lane: Lane, input: LaneInput) => void;
}

/**
 * Puts the question for the price that a lane's stored state shows, once, and none any more when the car is gone or was decided about.
 * After a restart it is put again.
 */
export class PriceAsking {
  readonly #deps: Deps;
  readonly #under = new Map<string, { readonly key: string; readonly abort: AbortController }>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Does what the state of the lane calls for: asks, goes on waiting, or stops. */
  follow(lane: Lane, { phase, passage }: LaneState): void {
    const price = phase === 'pricing' ? passage?.price : null;
    const key = passage && price?.state === 'asked' ? `${passage.id} ${price.question}` : null;
    const under = this.#under.get(lane.id);
    if (under?.key === (key ?? undefined)) return;
    under?.abort.abort();
    this.#under.delete(lane.id);
    if (!passage || !price || key === null) return;
    const abort = new AbortController();
    this.#under.set(lane.id, { key, abort });
    const { question, uid } = price;
    this.#question(lane, uid, abort.signal)
      .catch((error: unknown): FeeAnswer => ({ kind: 'failed', reason: errorText(error) }))
      .then((answer) => {
        if (!abort.signal.aborted) this.#deps.tell(lane, { type: 'priced', passageId: passage.id, question, answer });
      })
      // Asked about again when the attendant wants it, or after the next start.
      .catch((error: unknown) =>
        this.#deps.log.error('the price of a car could not be used', { lane: lane.id, error: errorText(error) }),
      );
  }

  stop(): void {
    for (const { abort } of this.#under.values()) abort.abort();
    this.#under.clear();
  }

  async #question(lane: Lane, uid: string, signal: AbortSignal): Promise<FeeAnswer> {
    const { prices, clock } = this.#deps;
    const stay = this.#deps.stay(uid);
    if (!prices || !stay) return { kind: 'failed', reason: '没有启用第三方计费' };
    return prices.ask({ stay, at: clock.now(), laneId: lane.id }, signal);
  }
}
