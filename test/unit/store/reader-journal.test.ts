import { afterAll, expect, it } from 'vitest';
import { AUDITED } from '../../../electron/station/store/journal-store.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { type JournalFilter, journalPageSchema } from '../../../electron/station/store/reader/requests.ts';
import type { EventDraft } from '../../../shared/domain/events.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tempStore } from '../../support/temp-store.ts';

const clock = new FakeClock();
const start = clock.now();
const temp = tempStore(clock);
afterAll(() => temp.dispose());

const alarm = (by: string): EventDraft => ({
  kind: 'alarm',
  key: null,
  laneId: 'out1',
  passageId: null,
  actor: by === 'station' ? { kind: 'station', name: 'station' } : { kind: 'user', name: by },
  body: { code: 'disk', subject: '', detail: '', severity: 'info', cleared: false },
});

// Many more rows than one slice, and the rare ones at the far end.
temp.store.write((tx) => {
  tx.record(alarm('小王'));
  clock.jumpWall(1_000);
  tx.record(alarm('老陈'));
  for (let car = 0; car < 6_000; car += 1) {
    clock.jumpWall(10);
    tx.record(entered(`u${car}`));
  }
  // The clock is set back: rows no longer stand in the order of their times.
  clock.jumpWall(-30_000);
  tx.record(alarm('station'));
});

const answer = answerer(temp.db);
const seqs = (filter: Partial<JournalFilter>): number[] =>
  journalPageSchema
    .parse(answer({ what: 'journal', filter: { limit: 100, ...filter } }, () => undefined))
    .map((event) => event.seq);

it('is read newest first, page by page', () => {
  expect(seqs({ limit: 3 })).toEqual([6003, 6002, 6001]);
  expect(seqs({ limit: 3, before: 6001 })).toEqual([6000, 5999, 5998]);
  expect(seqs({ limit: 5, before: 3 })).toEqual([2, 1]);
  expect(seqs({ before: 1 })).toEqual([]);
});

it('is narrowed by kind, person, key and lane, however far back the rows lie', () => {
  expect(seqs({ kind: 'alarm' })).toEqual([6003, 2, 1]);
  expect(seqs({ audited: true })).toEqual([2, 1]);
  expect(seqs({ audited: true, actor: '小王' })).toEqual([1]);
  expect(seqs({ actor: '老陈' })).toEqual([2]);
  expect(seqs({ key: 'u17' })).toEqual([20]);
  expect(seqs({ laneId: 'out1' })).toEqual([6003, 2, 1]);
  expect(seqs({ kind: 'no-such-kind' })).toEqual([]);
});

it('tells what a platform did to an arm from afar, or wanted to, beside what people did', () => {
  const { store, db, dispose } = tempStore(new FakeClock());
  try {
    const vanke = { kind: 'platform', name: 'vanke' } as const;
    const at = { key: null, laneId: 'in1', passageId: null } as const;
    const opened = (origin: 'decision' | 'platform', actor: EventDraft['actor']): EventDraft => ({
      ...{ ...at, kind: 'gate-commanded', actor },
      body: { commandId: 'cmd', action: 'open', origin, reason: null, plate: null, photoId: null },
    });
    store.write((tx) => {
      tx.record(opened('decision', vanke));
      tx.record(opened('platform', vanke));
      tx.record(opened('decision', { kind: 'station', name: 'station' }));
      tx.record({
        ...{ ...at, kind: 'gate-refused', actor: vanke },
        body: { platform: 'vanke', action: 'open', plate: '粤B12345', reason: '车道上没有车' },
      });
      tx.record(alarm('小王'));
    });
    const audited = (filter: Partial<JournalFilter>): number[] =>
      journalPageSchema
        .parse(answerer(db)({ what: 'journal', filter: { limit: 100, audited: true, ...filter } }, () => undefined))
        .map((event) => event.seq);
    expect(audited({})).toEqual([5, 4, 2]);
    expect(audited({ actor: 'vanke' })).toEqual([4, 2]);
    const [plan] = db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT seq FROM journal WHERE seq >= 1 AND ${AUDITED}`)
      .all();
    expect(plan?.detail).toContain('journal_audited');
  } finally {
    dispose();
  }
});

it('is narrowed by time by what the rows say, also where the clock was set', () => {
  expect(seqs({ from: start, to: start + 1 })).toEqual([1]);
  const backTo = start + 1_000 + 60_000 - 30_000;
  expect(seqs({ from: backTo, to: backTo + 1 })).toEqual([6003, 3_002]);
  expect(seqs({ kind: 'alarm', from: start + 1, to: backTo })).toEqual([2]);
  expect(seqs({ from: backTo + 31_000 })).toEqual([]);
});
