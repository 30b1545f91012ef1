import type { Lane } from '../../../../shared/domain/site.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { type GateEnd, GateEnds, gateTrouble, holdAsked } from '../gate-ends.ts';
import { DONE, notDone, VANKE, type VankeContext, type VankeReply } from './context.ts';

/** What the platform asks of an arm (开闸模式). */
export type Wanted =
  | { readonly action: 'hold' | 'release-hold' }
  /** `plate`: only for the car with this plate; null: unconditionally. */
  | { readonly action: 'open'; readonly plate: string | null; readonly as: string };

/**
 * Carries out what the platform asks of an arm, as the platform's own doing, and answers once the arm has answered. What the lane
 * does not allow is written down as well: whatever was asked of an arm can be looked up.
 */
export async function commandGate(lane: Lane, wanted: Wanted, context: VankeContext): Promise<VankeReply> {
  const refused = forbidden(lane, context);
  if (refused !== null) return refusedAt(lane, wanted, refused, context);
  const { clock, settings, station } = context;
  const ends = new GateEnds({ clock, station, answerMs: settings.openGate.answerMs });
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
  if (wanted.action === 'open') {
    const { lastCommand } = lanes.state(lane.id);
    const command = lanes.opens(lane.id, wanted.plate, wanted.as, VANKE);
    // A held arm is up, if it was heard to be.
    return command ?? (lastCommand?.action === 'hold' ? lastCommand.id : null);
  }
  const { action } = wanted;
  const asked = holdAsked(lanes.state(lane.id), action);
  if (asked !== 'give') return asked?.awaits ?? null;
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

function answerTo(end: GateEnd): VankeReply {
  const trouble = gateTrouble(end);
  return trouble === null ? DONE : notDone(trouble);
}
