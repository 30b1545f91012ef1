import type { Alarms } from './runtime/alarms.ts';

interface OpenDatabase {
  readonly open: boolean;
  pragma(name: string, options: { readonly simple: true }): unknown;
}

/** What a look from outside wants to know of a station that runs. */
export const healthChecks = (db: OpenDatabase, alarms: Alarms) => [
  {
    name: 'database',
    ok: db.open && db.pragma('synchronous', { simple: true }) === 2,
    detail: 'WAL, synchronous=FULL',
  },
  {
    name: 'alarms',
    ok: !alarms.list().some((alarm) => alarm.severity === 'alarm'),
    detail: `${alarms.list().length} standing`,
  },
];
