import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { verifyDirectory } from '../../electron/station/evidence/verify.ts';
import { Reports } from '../../electron/station/reports/reports.ts';
import type { ReportSource } from '../../electron/station/reports/source.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempDirectory } from '../support/temp-store.ts';
import type { Park } from './park.ts';
import type { Fail } from './watch.ts';

/** The station's own nightly check finds nothing wrong in these business days. */
export async function checkBalance({ store, lanes }: Park, dates: readonly string[], fail: Fail): Promise<void> {
  const { reports } = store.read;
  const unasked = async (): Promise<never> => {
    throw new Error('the nightly check asks for nothing of the kind');
  };
  const source: ReportSource = {
    day: async (span) => reports.day(span),
    deeds: async (span) => reports.deeds(span),
    balance: async (span) => reports.balance(span),
    classes: async (span) => reports.classes(span),
    insideSince: async () => 0,
    ...{ rows: unasked, groups: unasked, occupancy: unasked },
  };
  const nightly = new Reports({
    ...{ read: store.read, source, lanes: lanes.lanes(), areas: [], businessDayStart: () => '00:00' },
    ...{ staleDays: () => 30, totalSpaces: 0 },
  });
  for (const date of dates) {
    const { holds, wrong, drawers } = await nightly.balance(date);
    if (!holds) fail('nightly-balance', `${date}: ${JSON.stringify({ wrong, drawers })}`, { key: wrong[0]?.uid });
  }
}

/** The journal as evidence: whole, chained, and played again it gives the very tables that the station has. */
export async function checkEvidence(db: Database, fail: Fail): Promise<void> {
  const directory = tempDirectory();
  try {
    writeFileSync(join(directory, 'gatehouse.db'), db.serialize());
    const { findings } = await verifyDirectory({ dataDirectory: directory }, new FakeClock());
    // The watch that explains a clock set back is no part of the simulated station, so its absence is expected.
    const found = findings.filter((finding) => finding.code !== 'time-reversed');
    if (found.length > 0) fail('evidence', found.map((finding) => finding.text).join('; '));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
