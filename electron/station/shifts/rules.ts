import type { Actor } from '../../../shared/domain/events.ts';
import type { Shift } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Repositories } from '../store/repositories.ts';

/** Who acts, and whether as a manager: a cashier acts on the own shift only. */
export interface Person {
  readonly actor: Actor;
  readonly manager: boolean;
}

type Reads = Pick<Repositories, 'shifts' | 'users'>;

/** Whether this name is a manager's or an administrator's. */
export function isManager(read: Pick<Repositories, 'users'>, name: string | null): boolean {
  const user = name === null ? undefined : read.users.get(name);
  return user !== undefined && user.role !== 'attendant';
}

const TOLD: Readonly<Record<Shift['state'], string>> = {
  open: '该班次正在收款',
  break: '该班次的钱箱已锁定',
  counted: '该班次已清点',
  closed: '该班次已交班，不能更改',
};

/** The shift, in one of these states, and `by` may act on it. @throws ConflictError | NotFoundError */
export function mustBe(
  read: Reads,
  id: string,
  by: Person,
  states: readonly Shift['state'][],
  otherwise?: string,
): Shift {
  const shift = read.shifts.get(id);
  if (!shift) throw new NotFoundError('没有这个班次');
  if (!by.manager && shift.cashier !== by.actor.name) throw new ConflictError('not-your-shift', '只能操作自己的班次');
  if (!states.includes(shift.state)) throw new ConflictError(`shift-${shift.state}`, otherwise ?? TOLD[shift.state]);
  return shift;
}

/** A shift that has not been counted yet. */
export function mustServe(read: Reads, id: string): Shift {
  const shift = read.shifts.get(id);
  if (!shift) throw new NotFoundError('没有这个班次');
  if (shift.state !== 'open' && shift.state !== 'break')
    throw new ConflictError(`shift-${shift.state}`, TOLD[shift.state]);
  return shift;
}

/** Somebody stands in for this shift and has not handed over yet. */
export const isReliefRunning = (read: Reads, shift: Shift): boolean =>
  read.shifts.running(shift.booth).some((other) => other.standsInFor === shift.id);

/** The shift whose drawer `cashier` took over, if there was one. @throws ConflictError when no new shift may begin. */
export function mayOpen(read: Reads, booth: string, cashier: string): Shift | undefined {
  const [running] = read.shifts.running(booth);
  if (running) throw new ConflictError('shift-running', `${running.cashier} 的班次尚未交班`);
  const [unconfirmed] = read.shifts.unconfirmed(booth);
  if (unconfirmed) throw new ConflictError('previous-unconfirmed', `请先确认接收 ${unconfirmed.cashier} 的班次`);
  const before = read.shifts.newest(booth);
  // A manager who took the drawer over from the same cashier has only kept it.
  const kept = before?.cashier === cashier && isManager(read, before.confirmedBy);
  if (before && before.confirmedBy !== cashier && !kept)
    throw new ConflictError(
      'taken-over-by-other',
      `上一班由 ${before.confirmedBy ?? ''} 接收，请由本人开班，或重新确认接班`,
    );
  return before;
}
