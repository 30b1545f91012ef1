import type { Actor, EventBody } from '../../../shared/domain/events.ts';
import { fenToYuanText } from '../../../shared/domain/money.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Debt } from '../../../shared/domain/registry.ts';
import type { Segment, Stay } from '../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { isReadable } from '../lanes/rules.ts';
import { parkingTypeOf } from '../lanes/terms.ts';
import { voidCollected } from '../payments/departure-pay.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { by } from './common.ts';
import { voidOpenBill } from './open-bill.ts';
import { settleCorrections } from './spaces.ts';
import type { StayWorkDeps } from './stale.ts';
import { countVisit, termsOf } from './terms-of.ts';

/** What is wrong with a stay. Several things may be put right at once; `void` stands alone. */
export interface StayCorrection {
  readonly plate?: Plate | undefined;
  readonly enteredAt?: EpochMs | undefined;
  readonly vehicleClass?: VehicleClass | undefined;
  /** What the whole stay should have cost, before discounts; only after the car left. */
  readonly feeFen?: number | undefined;
  /** The stay never was. */
  readonly void?: boolean | undefined;
  readonly reason: string;
}

type What = EventBody<'stay-corrected'>['what'];

/**
 * 更正: one event that tells everybody, with the stay before and after. Money that was taken is never touched here: what is too
 * much goes back as a refund first. A car that stands at a lane is corrected there.
 */
export function correctStay(deps: StayWorkDeps, uid: string, correction: StayCorrection, actor: Actor): Stay {
  const { store, clock, areas } = deps;
  return store.write((tx) => {
    const before = tx.stays.get(uid);
    if (!before) throw new NotFoundError('没有这条停车记录');
    const lane = deps.laneOf(uid);
    if (lane !== null)
      throw new ConflictError(
        'at-the-lane',
        before.status === 'left' ? `该车刚从${lane}放行，请等约一分钟再更正` : `该车正在${lane}，请在车道上更正`,
      );
    const { stay, what } = corrected(tx, deps, before, correction, clock.now());
    if (before.status === 'inside' && (what !== 'plate' || stay.terms !== before.terms))
      voidOpenBill(tx, before, correction.reason, actor);
    const leaves = before.status === 'inside' && stay.status !== 'inside';
    const around = deps.spaces();
    const spaces = leaves
      ? {
          ...around,
          inside: Math.max(0, around.inside - 1),
          free: Math.min(around.open, around.free + (stay.terms.quotaId === null ? 1 : 0)),
        }
      : around;
    tx.record({
      kind: 'stay-corrected',
      ...by(actor, uid),
      body: { what, before, stay, reason: correction.reason, spaces },
    });
    if (stay.terms !== before.terms) {
      countVisit(tx, before.terms, -1, uid, clock.now(), actor);
      countVisit(tx, stay.terms, 1, uid, clock.now(), actor);
    }
    if (stay.owedFen < before.owedFen || stay.plate.text !== before.plate.text)
      moveDebts(tx, before, stay, correction.reason, clock.now(), actor);
    if (leaves) settleCorrections(tx, areas, [stay.areaId], actor);
    return stay;
  });
}

function corrected(
  tx: Tx,
  deps: StayWorkDeps,
  before: Stay,
  correction: StayCorrection,
  now: EpochMs,
): { stay: Stay; what: What } {
  if (correction.void === true) return { stay: voided(tx, before), what: 'void' };
  if (before.status === 'abnormal') throw new ConflictError('stay-abnormal', '该记录已作废或异常关闭，不能更正');
  let stay = before;
  const done: What[] = [];
  if (correction.plate !== undefined && differs(correction.plate, before.plate)) {
    stay = withPlate(tx, deps, stay, correction.plate);
    done.push('plate');
  }
  if (correction.enteredAt !== undefined && correction.enteredAt !== before.enteredAt) {
    stay = withEntry(stay, correction.enteredAt, now);
    done.push('time');
  }
  if (correction.vehicleClass !== undefined && correction.vehicleClass !== before.vehicleClass) {
    stay = { ...stay, vehicleClass: correction.vehicleClass };
    done.push('fee');
  }
  if (correction.feeFen !== undefined && correction.feeFen !== before.chargeFen) {
    stay = withFee(tx, stay, correction.feeFen);
    done.push('fee');
  }
  // Cities know one word for a correction; that of the money says more than that of the time, and both more than the plate's.
  const what = done.at(-1);
  if (what === undefined) throw new ConflictError('nothing-changed', '没有需要更正的内容');
  return { stay, what };
}

const differs = (a: Plate, b: Plate): boolean => a.text !== b.text || (a.color !== 'unknown' && a.color !== b.color);

/** A card's car that was misread stands on its card from its entry on, and a stranger on none. */
function withPlate(tx: Tx, deps: StayWorkDeps, stay: Stay, plate: Plate): Stay {
  if (!isReadable(plate)) throw new ConflictError('plate-empty', '车牌不能为空');
  const other = tx.stays.inside(plate.text);
  if (stay.status === 'inside' && other && other.uid !== stay.uid)
    throw new ConflictError('already-inside', `${plate.text} 已有在场记录，请先处理那条记录`);
  const color = plate.color === 'unknown' ? stay.plate.color : plate.color;
  const named: Stay = { ...stay, plate: { ...plate, color }, identity: null };
  if (stay.status !== 'inside' || plate.text === stay.plate.text) return named;
  const terms = termsOf(tx, deps, named);
  return { ...named, terms, parkingType: parkingTypeOf(terms) };
}

function withEntry(stay: Stay, enteredAt: EpochMs, now: EpochMs): Stay {
  if (enteredAt > now) throw new ConflictError('in-the-future', '入场时间不能晚于当前时间');
  if (stay.exitedAt !== null && enteredAt > stay.exitedAt)
    throw new ConflictError('entry-after-exit', '入场时间不能晚于出场时间');
  const [first, ...rest] = stay.segments;
  const end = first?.to ?? null;
  if (end !== null && enteredAt > end)
    throw new ConflictError('entry-after-area', '入场时间不能晚于车辆离开第一个区域的时间');
  if (stay.lastPaidAt !== null && enteredAt > stay.lastPaidAt)
    throw new ConflictError('entry-after-payment', '入场时间不能晚于已有的缴费时间');
  const segments: Segment[] = first ? [{ ...first, from: enteredAt }, ...rest] : [];
  return { ...stay, enteredAt, segments };
}

function withFee(tx: Tx, stay: Stay, feeFen: number): Stay {
  if (stay.status !== 'left')
    throw new ConflictError('still-inside', '车辆尚未离场，费用由收费规则计算；请更正时间或车型');
  const kept = keptFen(tx, stay);
  if (feeFen < kept) throw overpaid(kept, feeFen);
  // What discounts took off beyond the new fee was never needed; what is still open was owed first, then let go.
  const discountFen = Math.min(stay.discountFen, feeFen - kept);
  const open = feeFen - kept - discountFen;
  const owedFen = Math.min(stay.owedFen, open);
  return { ...stay, chargeFen: feeFen, discountFen, dueFen: feeFen - discountFen, owedFen, waivedFen: open - owedFen };
}

function voided(tx: Tx, stay: Stay): Stay {
  if (stay.status === 'abnormal') throw new ConflictError('nothing-changed', '该记录已作废或异常关闭');
  const kept = keptFen(tx, stay);
  if (kept > 0) throw overpaid(kept, 0);
  return { ...stay, status: 'abnormal', chargeFen: 0, dueFen: 0, discountFen: 0, waivedFen: 0, owedFen: 0 };
}

/** What was taken for the stay and not given back. */
function keptFen(tx: Tx, stay: Stay): number {
  const back = tx.refunds
    .ofStay(stay.uid)
    .filter((refund) => refund.state === 'done' && refund.billId !== null)
    .reduce((sum, refund) => sum + refund.amountFen, 0);
  return Math.max(0, stay.paidFen - back);
}

const overpaid = (keptFen: number, feeFen: number): ConflictError =>
  new ConflictError(
    'paid-more',
    `已收 ${fenToYuanText(keptFen)} 元，多于更正后的 ${fenToYuanText(feeFen)} 元：请先在「退款」中退还 ${fenToYuanText(keptFen - feeFen)} 元，完成后再更正`,
  );

/**
 * The debts of the stay follow it: nobody may be asked for more than is owed, and the plate that was read wrongly for nothing. The
 * sum that is left stands for all of them together.
 */
function moveDebts(tx: Tx, before: Stay, stay: Stay, reason: string, now: EpochMs, actor: Actor): void {
  let owed = stay.owedFen < before.owedFen ? stay.owedFen : Number.MAX_SAFE_INTEGER;
  for (const known of tx.debts.ofStay(stay.uid)) {
    if (known.state !== 'open') continue;
    const open = Math.min(owed, known.amountFen - known.paidFen);
    owed -= open;
    const shrunk = open < known.amountFen - known.paidFen;
    // A debt stands under a plate; a car without one is known by other means, and keeps what the debt says.
    const plate = stay.plate.text === '' ? known.plate : stay.plate.text;
    if (!shrunk && plate === known.plate) continue;
    const settled = known.paidFen > 0 ? 'paid' : 'cancelled';
    const debt: Debt = {
      ...known,
      plate,
      amountFen: open === 0 && known.paidFen === 0 ? known.amountFen : known.paidFen + open,
      state: open === 0 ? settled : 'open',
      reason: `${known.reason}（更正：${reason}）`.slice(0, 200),
      updatedAt: now,
    };
    tx.record({ kind: 'debt-changed', ...by(actor, stay.uid), body: { change: 'updated', debt } });
    voidCollected(tx, debt, actor);
  }
}
