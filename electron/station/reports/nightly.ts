import { type EpochMs, shanghaiDate } from '../../../shared/domain/time.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { every } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Reports } from './reports.ts';

const HOUR_MS = 3_600_000;
/** A day that never comes right is not looked at for ever; its alarm stands until the station starts again. */
const MOST_DAYS = 31;

/** The business day that ended last. */
export function lastFinishedDay(now: EpochMs, start: string): string {
  const [hours = 0, minutes = 0] = start.split(':').map(Number);
  return shanghaiDate(now - (24 * 60 + hours * 60 + minutes) * 60_000);
}

/**
 * Looks once after each business day whether its money adds up, and again every hour while it does not. The alarm tells how
 * many stays and drawers to look at and no amounts: everybody at the booth sees it.
 */
export function watchBalance(deps: {
  readonly reports: Pick<Reports, 'balance'>;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
  readonly businessDayStart: () => string;
}): Cancel {
  const { reports, clock, alarms, log } = deps;
  const doubtful = new Set<string>();
  let newest = '';
  const look = async (): Promise<void> => {
    const day = lastFinishedDay(clock.now(), deps.businessDayStart());
    if (day !== newest) doubtful.add(day);
    newest = day;
    for (const date of [...doubtful].slice(-MOST_DAYS)) {
      const { holds, wrong, drawers } = await reports.balance(date);
      if (holds) {
        doubtful.delete(date);
        alarms.clear('balance', date);
        continue;
      }
      const faulty = drawers.filter((drawer) => drawer.differenceFen !== 0).length;
      const detail = `${date} 账目不平：停车记录 ${wrong.length} 条、班次钱箱 ${faulty} 个，请车场经理查看日平衡`;
      alarms.raise({ code: 'balance', subject: date, detail, severity: 'warning' });
    }
  };
  return every(
    clock,
    HOUR_MS,
    look,
    (error) => log.warn('the balance was not checked', { error: errorText(error) }),
    60_000,
  );
}
