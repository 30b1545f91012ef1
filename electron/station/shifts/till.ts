import type { Shift } from '../../../shared/domain/money-flow.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';
import { isManager } from './rules.ts';

type Reads = Pick<Repositories, 'shifts' | 'users'>;

/** Why no cash can be taken at a booth now. */
export type TillRefusal = 'till-paused' | 'shift-required' | 'not-your-till';

const WORDS: Readonly<Record<TillRefusal, string>> = {
  'till-paused': '本岗亭的钱箱已锁定或正在清点，请先恢复收款、办理顶班或开新班，再收现金',
  'shift-required': '请先开班，再收现金',
  'not-your-till': '当前班次不是您的，请由本班收费员收现金，或办理交接班',
};

export interface CashTaker {
  readonly cashier: string;
  /** The rule that cash needs an open shift of whoever takes it. */
  readonly shiftRequired: boolean;
}

/**
 * The shift that takes what is paid at a booth now: the one that stands in before the one that rests. A payment belongs to it,
 * whatever its method.
 */
export function currentShift(read: Pick<Reads, 'shifts'>, booth: string): Shift | undefined {
  const open = read.shifts.running(booth).filter((shift) => shift.state === 'open');
  return open.find((shift) => shift.kind === 'relief') ?? open[0];
}

/**
 * Why cash must not be taken at a booth now; null when it may. A drawer that is locked for a break or being counted takes
 * nothing: notes that came in meanwhile would be in nobody's count. And a running drawer takes only its own cashier's money,
 * who answers for it; a manager may help out where the rules leave shifts to the cashiers.
 */
export function refusesCash(read: Reads, booth: string, who: CashTaker): TillRefusal | null {
  const current = currentShift(read, booth);
  if (current) {
    const may = current.cashier === who.cashier || (!who.shiftRequired && isManager(read, who.cashier));
    return may ? null : 'not-your-till';
  }
  if (read.shifts.running(booth).length > 0) return 'till-paused';
  return who.shiftRequired ? 'shift-required' : null;
}

/**
 * The shift whose drawer takes cash now; null where no shift runs and none is required.
 *
 * @throws ConflictError with a {@link TillRefusal}
 */
export function tillFor(read: Reads, booth: string, who: CashTaker): string | null {
  const refusal = refusesCash(read, booth, who);
  if (refusal !== null) throw new ConflictError(refusal, WORDS[refusal]);
  return currentShift(read, booth)?.id ?? null;
}
