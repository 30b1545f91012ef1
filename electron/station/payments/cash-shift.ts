import type { Actor } from '../../../shared/domain/events.ts';
import type { PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';

/** Whose shift money belongs to: at a lane that of its booth, elsewhere that of whoever takes it. Throws where cash may not be taken. */
export type ShiftOf = (laneId: string | null, method: PaymentMethod, actor: Actor) => string | null;

/**
 * The shift of whoever takes or hands out money away from the lanes: their own open one. Only cash goes into a drawer, so only
 * cash needs one that is open: notes that came while it is locked or counted would be in nobody's count.
 *
 * @throws ConflictError `till-paused`, `shift-required` when the rules demand one
 */
export function ownShift(
  read: Pick<Repositories, 'shifts'>,
  actor: Actor,
  rules: Pick<PassageRules, 'shiftRequired'>,
  method: PaymentMethod = 'cash',
): string | null {
  const own = read.shifts.allRunning().filter((shift) => shift.cashier === actor.name);
  const open = own.find((shift) => shift.state === 'open');
  if (open || method !== 'cash') return open?.id ?? null;
  if (own.length > 0) throw new ConflictError('till-paused', '您的钱箱已锁定或正在清点，请先恢复收款，再收付现金');
  if (rules.shiftRequired) throw new ConflictError('shift-required', '请先开班，再收付现金');
  return null;
}
