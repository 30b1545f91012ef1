import type { Lane, LaneAuthority } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { AuthorityAnswer, GateAuthority } from './authority-port.ts';
import type { Asked, LaneState, Passage } from './state.ts';
import type { LaneInput } from './step.ts';

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly authority: (platform: string) => GateAuthority | undefined;
  readonly stay: (uid: string) => Stay | null;
  readonly tell: (lane: Lane, input: LaneInput) => void;
}

/**
 * Puts the questions of lanes where a platform has the word: one at a time for a car, the next one a while after the answer, and
 * none any more once the car is gone. Which question stands open is part of the lane's stored state, so a restart goes on asking.
 */
export class Asking {
  readonly #deps: Deps;
  readonly #under = new Map<string, { readonly abort: AbortController; readonly pause: Cancel | null }>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Looks at what a committed step made of the lane. */
  follow(lane: Lane, from: LaneState, to: LaneState): void {
    if (from.passage?.asked === to.passage?.asked && from.passage?.id === to.passage?.id && from.phase === to.phase)
      return;
    this.resume(lane, to);
  }

  /** Does what the state of the lane calls for: ask, wait to ask again, or leave it alone. */
  resume(lane: Lane, { phase, passage }: LaneState): void {
    this.#drop(lane);
    const { authority } = lane;
    // Once it may go nobody is asked any more, also while it is waited for.
    if (phase !== 'asking' || !passage?.asked || passage.asked.verdict !== null || !authority) return;
    if (passage.asked.pending) this.#ask(lane, passage, authority.platform);
    else
      this.#under.set(lane.id, {
        abort: new AbortController(),
        pause: this.#deps.clock.after(pauseSeconds(passage.asked, authority) * 1000, () =>
          this.#tell(lane, { type: 'ask-again', passageId: passage.id }),
        ),
      });
  }

  stop(): void {
    for (const { abort, pause } of this.#under.values()) {
      abort.abort();
      pause?.();
    }
    this.#under.clear();
  }

  #ask(lane: Lane, passage: Passage, platform: string): void {
    const abort = new AbortController();
    this.#under.set(lane.id, { abort, pause: null });
    this.#question(lane, passage, platform, abort.signal)
      .catch((error: unknown): AuthorityAnswer => ({ answer: 'failed', detail: errorText(error) }))
      .then(({ answer, detail, feeFen }) => {
        if (abort.signal.aborted) return;
        this.#tell(lane, { type: 'authority-answered', passageId: passage.id, answer, detail, feeFen });
      })
      .catch((error: unknown) =>
        this.#deps.log.error('an answer about a car could not be used', { lane: lane.id, error: errorText(error) }),
      );
  }

  async #question(lane: Lane, passage: Passage, platform: string, signal: AbortSignal): Promise<AuthorityAnswer> {
    const authority = this.#deps.authority(platform);
    // The recognition stays the one that was asked about first, also when a new picture was taken since.
    const { asked } = passage;
    const known = asked?.plate ? { ...asked, plate: asked.plate } : null;
    if (!authority) return { answer: 'failed', detail: `平台 ${platform} 未连接` };
    return authority.ask(
      {
        laneId: lane.id,
        passageId: passage.id,
        attempt: asked?.attempt ?? 1,
        direction: passage.direction ?? (lane.direction === 'out' ? 'out' : 'in'),
        plate: known?.plate ?? passage.plate,
        confidence: known ? known.confidence : passage.confidence,
        identity: passage.identity,
        photoId: known ? known.photoId : (passage.photo?.id ?? null),
        startedAt: passage.startedAt,
        stay: passage.uid === null ? null : this.#deps.stay(passage.uid),
      },
      signal,
    );
  }

  #drop(lane: Lane): void {
    const under = this.#under.get(lane.id);
    under?.abort.abort();
    under?.pause?.();
    this.#under.delete(lane.id);
  }

  #tell(lane: Lane, input: LaneInput): void {
    try {
      this.#deps.tell(lane, input);
    } catch (error) {
      // Nobody above a timer catches; the car is asked about again after the next restart at the latest.
      this.#deps.log.error('a lane could not go on asking', { lane: lane.id, error: errorText(error) });
    }
  }
}

/** After a refusal the car is given time; after a silence the line is tried again soon. */
const pauseSeconds = ({ failures }: Asked, authority: LaneAuthority): number =>
  failures > 0 ? authority.retrySeconds : authority.pollSeconds;
