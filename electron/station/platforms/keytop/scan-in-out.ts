import { toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Lane, LaneDirection } from '../../../../shared/domain/site.ts';
import type { LaneState, Passage } from '../../lanes/state.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { GateEnds, gateTrouble } from '../gate-ends.ts';
import { hasArm, NO_ARM } from './arm.ts';
import { DONE, KEYTOP, type KeytopContext, type KeytopReply, notDone } from './context.ts';
import { ScanWatch } from './scan-watch.ts';
import { isInside, isRepeatOf, letThroughNow, wasLetThrough } from './scans-done.ts';

/**
 * A driver without a plate scans the code of a lane (下行2.1). The lane decides as for any car; the answer is 0 only when its arm went up for
 * this card, and whatever else stands there is left alone.
 */
export async function scanInOut(lane: Lane, cardNo: string, context: KeytopContext): Promise<KeytopReply> {
  if (!hasArm(lane)) return notDone(NO_ARM);
  const { clock, settings, station } = context;
  const ends = new GateEnds({ clock, station, answerMs: settings.gate.answerMs });
  const watch = new ScanWatch(lane, cardNo, context);
  try {
    const standing = onceMore(lane, cardNo, context) ?? whyNot(lane, cardNo, context);
    if (standing !== null && 'reply' in standing) return standing.reply;
    if (standing === null) {
      station().lanes.identify(lane.id, cardNo, KEYTOP);
      await watch.decided(settings.gate.answerMs);
      if (!watch.isThrough()) return notDone(whyHeld(station().lanes.state(lane.id), cardNo));
      letThroughNow(lane, cardNo, context);
    }
    const command = standing?.command ?? watch.command();
    const trouble = command === null ? null : gateTrouble(await ends.of(command, lane.id));
    return trouble === null ? DONE : notDone(trouble);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return notDone(error.reason === 'no-car' ? '前车尚未离开，请稍后再扫' : error.message);
  } finally {
    watch.close();
    ends.close();
  }
}

/** Answered already, or by the end of a command that is on its way. */
type Settled = { readonly reply: KeytopReply } | { readonly command: string };

/**
 * The same card at the same lane where it was just let through: nothing moves again, unless the arm is not known to have moved at all.
 * Null: this is a scan of its own.
 */
function onceMore(lane: Lane, cardNo: string, context: KeytopContext): Settled | null {
  const { lanes } = context.station();
  const { phase, passage, lastCommand } = lanes.state(lane.id);
  const own = phase === 'cleared' && passage?.identity === cardNo ? lastCommand : null;
  if (own?.action === 'open' && own.passageId === passage?.id) {
    if (own.outcome === 'pending') return { command: own.id };
    if (own.outcome !== 'done') {
      lanes.gate(lane.id, 'open', '无牌车再次扫码，重新开闸', KEYTOP);
      return { command: lanes.state(lane.id).lastCommand?.id ?? own.id };
    }
    // By a scan, or by the money that came in after it.
    if (isRepeatOf(own.at, context)) return { reply: DONE };
  }
  return wasLetThrough(lane, cardNo, context) ? { reply: DONE } : null;
}

/** Why this scan is not put to the lane at all; nothing changes then. */
function whyNot(lane: Lane, cardNo: string, context: KeytopContext): { readonly reply: KeytopReply } | null {
  const state = context.station().lanes.state(lane.id);
  const why = notThatWay(lane, state, cardNo, context) ?? notThisCar(state, cardNo);
  return why === null ? null : { reply: notDone(why) };
}

function notThatWay(lane: Lane, state: LaneState, cardNo: string, context: KeytopContext): string | null {
  const stay = context.station().read.stays.insideIdentity(cardNo);
  if (wayOf(lane, state, cardNo, context) === 'out') return stay ? null : '该卡号没有在场车辆';
  const area = context.areas.find(({ id }) => id === lane.area);
  // Into an inner area comes who is inside already, once.
  const already = stay !== undefined && (area?.parent === undefined || stay.areaId === area.id);
  return already ? '该卡号已有车辆在场' : null;
}

/** A lane for both ways serves whoever is inside as an exit; a car that its cameras tell apart goes as they say. */
function wayOf(lane: Lane, state: LaneState, cardNo: string, context: KeytopContext): LaneDirection {
  const nobody = state.phase === 'idle' || state.phase === 'cleared';
  const open = lane.direction === 'both' && state.turned === null && (nobody || lane.exitCamera === undefined);
  if (!open) return context.station().lanes.directionOf(lane);
  return isInside(cardNo, context) ? 'out' : 'in';
}

/** While somebody is asked about a car, or for its money. */
const BUSY: ReadonlySet<LaneState['phase']> = new Set(['charging', 'asking', 'pricing']);

/** Another car stands there, or this one is being dealt with already. */
function notThisCar(state: LaneState, cardNo: string): string | null {
  const { phase, passage } = state;
  if (!passage || phase === 'idle' || phase === 'cleared') return null;
  if (hasPlate(passage)) return '车道上是有牌车，不能按无牌车办理';
  // Put to the lane anew its bill would be another one, and what the driver is paying right now would be for none.
  if (!BUSY.has(phase)) return null;
  return passage.identity === cardNo ? whyHeld(state, cardNo) : '车道上另一辆无牌车正在办理，请稍后再扫';
}

const hasPlate = ({ plate }: Passage): boolean => plate.text !== '' && plate.kind !== 'unread' && plate.kind !== 'none';

const owed = ({ bill }: Passage): string => `停车费未缴清：应缴 ${((bill ? toPayFen(bill) : 0) / 100).toFixed(2)} 元`;

const NOT_NOW = '暂不能放行，请等待工作人员处理';
const WHY: Readonly<Record<string, string>> = {
  'lot-full': '车位已满，暂不能进场',
  'area-closed': '该区域不对临时车开放',
  blacklisted: '该车不能通行，请联系工作人员',
  arrears: '有欠费未缴，请联系工作人员',
  'fee-unknown': '暂时无法计算停车费，请等待工作人员处理',
};

function whyHeld({ phase, passage }: LaneState, cardNo: string): string {
  if (passage?.identity !== cardNo) return NOT_NOW;
  if (phase === 'charging') return owed(passage);
  if (phase === 'asking') return '正在确认能否放行，请稍后再扫';
  if (phase === 'pricing') return '正在计算停车费，请稍后再扫';
  return (passage.attention && WHY[passage.attention]) ?? NOT_NOW;
}
