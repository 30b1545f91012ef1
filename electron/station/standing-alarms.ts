import { STATION } from '../../shared/domain/events.ts';
import { Alarms } from './runtime/alarms.ts';
import type { Cancel, Clock, Log } from './runtime/ports.ts';
import type { Store } from './store/store.ts';

/** The alarms of the station, each written down as it comes and goes. `fellBack`: why settings were given up that could not run. */
export function standingAlarms(store: Store, clock: Clock, fellBack: readonly string[]): Alarms {
  const alarms = new Alarms(
    () => clock.now(),
    (alarm, cleared) =>
      store.write((tx) =>
        tx.record({
          kind: 'alarm',
          key: null,
          laneId: null,
          passageId: null,
          actor: STATION,
          body: { ...alarm, cleared },
        }),
      ),
  );
  for (const detail of fellBack)
    alarms.raise({
      code: 'configuration-refused',
      subject: 'configuration',
      detail: `新设置无法运行，已退回上一版：${detail}`,
      severity: 'alarm',
    });
  return alarms;
}

/** Rows that cannot be read: one alarm for each table, however many of its rows are damaged; the log names every row. */
export function watchUnreadable(deps: {
  readonly store: Pick<Store, 'unreadable'>;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly log: Log;
}): Cancel {
  const { store, clock, alarms, log } = deps;
  return store.unreadable.onFound((row) => {
    // A row is come upon in the middle of a read, perhaps within a transaction: an alarm writes one of its own.
    clock.after(0, () => {
      log.error('a row cannot be read and is passed over', { ...row });
      const detail = `${row.table} ${row.id} 无法读取，已跳过：${row.reason}`;
      alarms.raise({ code: 'row-unreadable', subject: row.table, detail, severity: 'alarm' });
    });
  });
}
