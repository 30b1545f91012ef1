import type { ShenzhenContext } from './context.ts';
import { exitSchema, exitsOf } from './told.ts';

/**
 * An exit was told, withdrawn at the barrier, and the car leaves now: the city takes no second exit of a record (出场记录不能重复上传), so that
 * the new time is told as a correction.
 *
 * @returns the body of that correction; null: it is not told at all; undefined: it is the first exit, or was asked for
 */
export function secondExit(body: unknown, context: ShenzhenContext): unknown {
  const parsed = exitSchema.safeParse(body);
  if (!parsed.success || parsed.data.asked) return undefined;
  const { uid, exitRecordId } = parsed.data;
  const isSecond = exitsOf(uid, context).some(({ exit, isTold }) => isTold && exit.exitRecordId !== exitRecordId);
  if (!isSecond) return undefined;
  if (context.settings.reports.secondExit === 'none') return null;
  const { chargeFen: _fee, paidFen: _paid, openFen: _open, exitRecordId: _id, asked: _asked, ...record } = parsed.data;
  return record;
}
