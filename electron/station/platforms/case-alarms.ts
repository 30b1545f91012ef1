import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { StationCommands, StationServices } from './platform.ts';

/** The alarm that stands beside a case of a platform. */
export interface CaseAlarm {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
}

interface Needed {
  readonly station: () => StationServices;
  readonly clock: Clock;
  readonly commands: StationCommands;
  readonly log: Log;
}

/** Somebody looked into it: the alarm ends with its case. `alarmOf`: undefined for the cases of others. */
export function clearWithCases(
  alarmOf: (caseId: string) => CaseAlarm | undefined,
  { station, clock, commands, log }: Needed,
): Cancel {
  return station().onCommitted((events) => {
    for (const event of events) {
      if (event.kind !== 'case-changed' || event.body.change !== 'closed') continue;
      const alarm = alarmOf(event.body.case.id);
      if (alarm === undefined) continue;
      // Later, when whoever recorded it has come to an end: an alarm is a commit of its own.
      clock.after(0, () => {
        try {
          commands.alarm({ ...alarm, severity: 'alarm', cleared: true });
        } catch (error) {
          log.error('an alarm could not be stored', { reason: errorText(error) });
        }
      });
    }
  });
}
