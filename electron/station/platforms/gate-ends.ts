import type { GateCommand, LaneState } from '../lanes/state.ts';
import type { Clock } from '../runtime/ports.ts';
import type { StationServices } from './platform.ts';

/** How a command to an arm ended, or that it has not within the time for an answer. */
export interface GateEnd {
  readonly outcome: GateCommand['outcome'];
  readonly detail: string;
}

interface Needed {
  readonly clock: Clock;
  readonly station: () => Pick<StationServices, 'lanes' | 'onCommitted'>;
  /** So long an answer waits for the end of a command, from when the ends are listened to. */
  readonly answerMs: number;
}

/** Ends of commands as they are written down. Listens from before the command is given: none can be missed, or taken for another's. */
export class GateEnds {
  readonly #deps: Needed;
  readonly #known = new Map<string, GateEnd>();
  readonly #unlisten: () => void;
  readonly #until: number;
  #tell: () => void = () => undefined;

  constructor(deps: Needed) {
    this.#deps = deps;
    this.#until = deps.clock.monotonic() + deps.answerMs;
    this.#unlisten = deps.station().onCommitted((events) => {
      for (const { kind, body } of events)
        if (kind === 'gate-answered') this.#known.set(body.commandId, { outcome: body.outcome, detail: body.detail });
      this.#tell();
    });
  }

  async of(command: string, laneId: string): Promise<GateEnd> {
    const { clock, station } = this.#deps;
    const last = station().lanes.state(laneId).lastCommand;
    // It may have ended before anybody asked.
    if (last?.id === command && last.outcome !== 'pending') return { outcome: last.outcome, detail: last.detail };
    await new Promise<void>((resolve) => {
      const cancel = clock.after(Math.max(0, this.#until - clock.monotonic()), resolve);
      this.#tell = () => {
        if (!this.#known.has(command)) return;
        cancel();
        resolve();
      };
      this.#tell();
    });
    return this.#known.get(command) ?? { outcome: 'pending', detail: '' };
  }

  close(): void {
    this.#unlisten();
  }
}

/** Why an arm is not known to have done what it was told, in words for the platform; null: it did. */
export function gateTrouble({ outcome, detail }: GateEnd): string | null {
  const more = detail === '' ? '' : `：${detail}`;
  if (outcome === 'done') return null;
  if (outcome === 'refused') return `闸机没有执行${more}`;
  return outcome === 'unknown' ? `闸机没有应答，结果未知${more}` : '闸机尚未应答，结果未知';
}

/**
 * What is to be done with an arm that is to be held up, or not any more: `give` the command; wait for the one that is on its way, by its
 * id; or nothing (null), for it is held already, or is not. Nothing moves twice, and only what is not known to have arrived is told again.
 */
export function holdAsked(
  { held, lastCommand }: Pick<LaneState, 'held' | 'lastCommand'>,
  action: 'hold' | 'release-hold',
): { readonly awaits: string } | 'give' | null {
  if (held !== (action === 'hold')) return 'give';
  const last = lastCommand?.action === action ? lastCommand : null;
  if (last === null || last.outcome === 'done') return null;
  return last.outcome === 'pending' ? { awaits: last.id } : 'give';
}
