import type { Lane } from '../../../../shared/domain/site.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { DONE, notDone, VANKE, type VankeContext, type VankeReply } from './context.ts';

/** What the platform asks of an arm (开闸模式). */
export type Wanted =
  | { readonly action: 'hold' | 'release-hold' }
  /** `plate`: only for the car with this plate; null: unconditionally. */
  | { readonly action: 'open'; readonly plate: string | null; readonly as: string };

type Outcome = 'done' | 'refused' | 'unknown' | 'pending';
interface End {
  readonly outcome: Outcome;
  readonly detail: string;
}

/**
 * Carries out what the platform asks of an arm, as the platform's own doing, and answers once the arm has answered. What the lane
 * does not allow is written down as well: whatever was asked of an arm can be looked up.
 */
export async function commandGate(lane: Lane, wanted: Wanted, context: VankeContext): Promise<VankeReply> {
  const refused = forbidden(lane, context);
  if (refused !== null) return refusedAt(lane, wanted, refused, context);
  const ends = new Ends(context);
  try {
    const command = give(lane, wanted, context);
    return command === null ? DONE : answerTo(await ends.of(command, lane.id));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return refusedAt(lane, wanted, error.message, context);
  } finally {
    ends.close();
  }
}

/** Why the platform has no say at this lane; null where it has. */
function forbidden(lane: Lane, { settings }: VankeContext): string | null {
  if (settings.openGate.lanes === 'all' || lane.authority?.platform === VANKE.name) return null;
  return '该车道没有交由万科决定开闸';
}

/** @returns the id of the command that is on its way; null where the arm stands as it should */
function give(lane: Lane, wanted: Wanted, { station }: VankeContext): string | null {
  const { lanes } = station();
  const { held, lastCommand } = lanes.state(lane.id);
  if (wanted.action === 'open') {
    const command = lanes.opens(lane.id, wanted.plate, wanted.as, VANKE);
    // A held arm is up, if it was heard to be.
    return command ?? (lastCommand?.action === 'hold' ? lastCommand.id : null);
  }
  const { action } = wanted;
  if (held === (action === 'hold')) {
    // It is held already, or is not: nothing moves twice. Only what is not known to have arrived is told again.
    const last = lastCommand?.action === action ? lastCommand : null;
    if (last === null || last.outcome === 'done') return null;
    if (last.outcome === 'pending') return last.id;
  }
  lanes.gate(lane.id, action, action === 'hold' ? '万科平台远程常开' : '万科平台远程恢复', VANKE);
  return lanes.state(lane.id).lastCommand?.id ?? null;
}

function refusedAt(lane: Lane, wanted: Wanted, reason: string, context: VankeContext): VankeReply {
  const { commands, log, station } = context;
  const { action } = wanted;
  const plate = wanted.action === 'open' ? (wanted.plate ?? '') : '';
  const passageId = station().lanes.state(lane.id).passage?.id ?? null;
  log.warn('the platform wanted an arm moved, and it was not', { lane: lane.id, action, reason });
  commands.gateRefused(VANKE.name, { laneId: lane.id, passageId, action, plate, reason });
  return notDone(reason);
}

function answerTo({ outcome, detail }: End): VankeReply {
  const more = detail === '' ? '' : `：${detail}`;
  if (outcome === 'done') return DONE;
  if (outcome === 'refused') return notDone(`闸机没有执行${more}`);
  return notDone(outcome === 'unknown' ? `闸机没有应答，结果未知${more}` : '闸机尚未应答，结果未知');
}

/** Ends of commands as they are written down. Listens from before the command is given: none can be missed, or taken for another's. */
class Ends {
  readonly #context: VankeContext;
  readonly #known = new Map<string, End>();
  readonly #unlisten: () => void;
  #tell: () => void = () => undefined;

  constructor(context: VankeContext) {
    this.#context = context;
    this.#unlisten = context.station().onCommitted((events) => {
      for (const { kind, body } of events)
        if (kind === 'gate-answered') this.#known.set(body.commandId, { outcome: body.outcome, detail: body.detail });
      this.#tell();
    });
  }

  /** How a command ended, or that it has not within the time for an answer. */
  async of(command: string, laneId: string): Promise<End> {
    const { clock, settings, station } = this.#context;
    const last = station().lanes.state(laneId).lastCommand;
    // It may have ended before anybody asked.
    if (last?.id === command && last.outcome !== 'pending') return { outcome: last.outcome, detail: last.detail };
    await new Promise<void>((resolve) => {
      const cancel = clock.after(settings.openGate.answerMs, resolve);
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
