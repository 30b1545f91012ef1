import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { migrate } from '../../../electron/station/store/migrate.ts';
import { foundation } from '../../../electron/station/store/migrations/0010-foundation.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { stayPageSchema } from '../../../electron/station/store/reader/requests.ts';
import { insertStays, pastStays } from '../../support/history.ts';
import { tempDirectory } from '../../support/temp-store.ts';

it('stays from before there was an index of plates are found', () => {
  const directory = tempDirectory();
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'old.db');
  const history = [...pastStays(500, 200)];
  const old = new Database(file);
  migrate(old, [foundation]);
  insertStays(old, history);
  old.close();

  const db = openDatabase(file);
  onTestFinished(() => {
    db.close();
  });
  const answer = answerer(db);
  for (const stay of history.slice(0, 50)) {
    if (stay.plate === '') continue;
    const filter = { plate: stay.plate.slice(2, 6), offset: 0, limit: 500 };
    const { items } = stayPageSchema.parse(answer({ what: 'stays', filter }, () => undefined));
    expect(items.map(({ uid }) => uid)).toContain(stay.uid);
  }
  const distinct = new Set(history.map((stay) => stay.plate).filter((plate) => plate !== ''));
  expect(db.prepare('SELECT count(*) FROM plates').pluck().get()).toBe(distinct.size);
});
