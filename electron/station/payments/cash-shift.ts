import type { Actor } from '../../../shared/domain/events.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';

/**
 * The shift whose drawer a person uses away from the lanes: their own open one.
 *
 * @throws ConflictError `shift-required` when the rules demand one
 */
export function ownShift(
  read: Pick<Repositories, 'shifts'>,
  actor: Actor,
  rules: Pick<PassageRules, 'shiftRequired'>,
): string | null {
  const own = read.shifts.allRunning().find((shift) => shift.state === 'open' && shift.cashier === actor.name);
  if (!own && rules.shiftRequired) throw new ConflictError('shift-required', '请先开班，再收付现金');
  return own?.id ?? null;
}
