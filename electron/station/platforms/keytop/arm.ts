import type { Lane } from '../../../../shared/domain/site.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { GateEnds, gateTrouble, holdAsked } from '../gate-ends.ts';
import { DONE, KEYTOP, type KeytopContext, type KeytopReply, notDone } from './context.ts';

/** What the third party asks of an arm (附录 controlType). */
export type ArmAction = 'open' | 'close' | 'hold' | 'release-hold';

/** For the journal and for people. */
const AS: Readonly<Record<ArmAction, string>> = {
  open: '科拓平台远程开闸',
  close: '科拓平台远程落闸',
  hold: '科拓平台远程常抬',
  'release-hold': '科拓平台远程解除常抬',
};

/** Moved by a barrier, or by the camera where nothing else does. */
export const hasArm = ({ barrier, camera }: Lane): boolean => (barrier ?? camera) !== undefined;

export const NO_ARM = '该车道没有道闸';

/**
 * Moves an arm as a hand of the house would (下行2.3): no car enters or leaves by it, nothing is charged or counted. Answers once the arm has
 * answered. What is not done is written down as well: whatever was asked of an arm can be looked up.
 */
export async function commandArm(lane: Lane, action: ArmAction, context: KeytopContext): Promise<KeytopReply> {
  const forbidden = whyNot(lane, action, context);
  if (forbidden !== null) return refusedAt(lane, action, forbidden, context);
  const { clock, settings, station } = context;
  const ends = new GateEnds({ clock, station, answerMs: settings.gate.answerMs });
  try {
    const command = give(lane, action, context);
    const trouble = command === null ? null : gateTrouble(await ends.of(command, lane.id));
    return trouble === null ? DONE : notDone(trouble);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return refusedAt(lane, action, error.message, context);
  } finally {
    ends.close();
  }
}

function whyNot(lane: Lane, action: ArmAction, { settings, station }: KeytopContext): string | null {
  if (!settings.gate.allowed) return '本车场未开放远程道闸控制';
  if (!hasArm(lane)) return NO_ARM;
  // Held, it would be up and shut at once: nobody could say what it does after the next car, or after a power cut.
  return action === 'close' && station().lanes.state(lane.id).held ? '闸杆常抬中，请先解除常抬' : null;
}

/** @returns the id of the command that is on its way; null where the arm stands as it should */
function give(lane: Lane, action: ArmAction, { station }: KeytopContext): string | null {
  const { lanes } = station();
  const state = lanes.state(lane.id);
  const { held, lastCommand } = state;
  if (action === 'hold' || action === 'release-hold') {
    const asked = holdAsked(state, action);
    if (asked !== 'give') return asked?.awaits ?? null;
  }
  // A held arm is up, if it was heard to be: an order to open might end that.
  if (action === 'open' && held) return lastCommand?.action === 'hold' ? lastCommand.id : null;
  const isOurs = lastCommand?.by === KEYTOP.name && lastCommand.action === action && lastCommand.origin === 'platform';
  // The same request once more while its arm is on the way.
  if (isOurs && lastCommand.outcome === 'pending') return lastCommand.id;
  lanes.gate(lane.id, action, AS[action], KEYTOP);
  return lanes.state(lane.id).lastCommand?.id ?? null;
}

function refusedAt(lane: Lane, action: ArmAction, reason: string, context: KeytopContext): KeytopReply {
  const { commands, log, station } = context;
  const passageId = station().lanes.state(lane.id).passage?.id ?? null;
  log.warn('the third party wanted an arm moved, and it was not', { lane: lane.id, action, reason });
  commands.gateRefused(KEYTOP.name, { laneId: lane.id, passageId, action, plate: '', reason });
  return notDone(reason);
}
