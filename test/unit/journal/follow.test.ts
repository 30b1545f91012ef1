import { describe, expect, it } from 'vitest';
import { chainHash, GENESIS } from '../../../electron/station/journal/chain.ts';
import { Collected, type Finding } from '../../../electron/station/journal/findings.ts';
import { ChainFollower } from '../../../electron/station/journal/follow.ts';
import { InstantFollower, span } from '../../../electron/station/journal/instants.ts';
import { readRow, type StoredRow } from '../../../electron/station/journal/rows.ts';

function chainOf(count: number): StoredRow[] {
  const rows: StoredRow[] = [];
  let previous = GENESIS;
  for (let seq = 1; seq <= count; seq++) {
    const row = {
      ...{ seq, at_ms: seq * 1000, kind: 'sign-in-refused', key: null, lane_id: null, passage_id: null },
      ...{ actor_kind: 'station', actor_name: 'station', body: JSON.stringify({ name: `n${seq}` }) },
    };
    previous = chainHash(previous, row);
    rows.push({ ...row, hash: previous });
  }
  return rows;
}

function follow(rows: readonly StoredRow[]): (readonly [string, number | null])[] {
  const follower = new ChainFollower({ seq: 0, hash: GENESIS });
  return rows.flatMap((row) => {
    const found = follower.next(row);
    return found ? [[found.code, found.seq] as const] : [];
  });
}

describe('following the chain', () => {
  it('finds nothing in a whole one', () => {
    expect(follow(chainOf(20))).toEqual([]);
  });

  it('tells each place once and goes on behind it', () => {
    const rows = chainOf(20).map((row) => ([4, 9].includes(row.seq) ? { ...row, actor_name: 'x' } : row));
    expect(follow(rows.filter((row) => row.seq !== 15))).toEqual([
      ['broken-link', 4],
      ['broken-link', 9],
      ['gap', 16],
    ]);
  });

  it('finds a first row that is missing', () => {
    expect(follow(chainOf(3).slice(1))).toEqual([['gap', 2]]);
  });
});

describe('reading a row', () => {
  const [row] = chainOf(1);
  if (!row) throw new Error('no row');

  it.each([
    ['a kind that does not exist', { ...row, kind: 'toString' }, 'unknown-kind'],
    ['no JSON', { ...row, body: '{' }, 'unreadable-row'],
    ['JSON of another shape', { ...row, body: '{"name":1}' }, 'unreadable-row'],
    ['an actor that nobody is', { ...row, actor_kind: 'ghost' }, 'unreadable-row'],
  ])('answers with a fault: %s', (_what, bad, fault) => {
    expect(readRow(bad)).toMatchObject({ fault });
  });

  it('gives the event', () => {
    expect(readRow(row)).toMatchObject({ event: { kind: 'sign-in-refused', body: { name: 'n1' }, seq: 1, at: 1000 } });
  });
});

describe('following the instants', () => {
  type Row = Parameters<InstantFollower['next']>[0];
  const at = (seq: number, seconds: number): Row => ({ seq, at: seconds * 1000 });
  const jump = (seq: number, seconds: number, byMs: number): Row => ({
    ...{ seq, at: seconds * 1000, kind: 'clock-jumped' as const, body: { byMs } },
  });
  const start = (seq: number, seconds: number, previous: 'clean' | 'crashed' | 'first'): Row => ({
    ...{ seq, at: seconds * 1000, kind: 'station-started' as const },
    body: { version: '1', previous, downMs: 5000 },
  });
  const run = (...rows: readonly Row[]) => {
    const follower = new InstantFollower();
    const results = rows.map((row) => follower.next(row));
    return {
      findings: results.flatMap((result) => result.findings.map((finding) => [finding.code, finding.seq])),
      notes: [...results.flatMap((result) => result.notes), ...follower.end()].map((note) => [note.code, note.seq]),
    };
  };

  it('accepts time that goes forward, stands, or slips by what nobody notices', () => {
    expect(run(at(1, 10), at(2, 10), at(3, 8.5), at(4, 5000))).toEqual({ findings: [], notes: [] });
  });

  it('does not take the very first start, behind the row of its configuration, for a restart', () => {
    expect(run(at(1, 10), start(2, 11, 'first'), start(3, 900, 'clean'))).toEqual({
      findings: [],
      notes: [['started', 3]],
    });
  });

  it('accepts a step back that a recorded jump explains, before or in the row itself', () => {
    expect(run(at(1, 1000), at(2, 401), jump(3, 404, -600_000)).findings).toEqual([]);
    expect(run(at(1, 1000), jump(2, 404, -600_000)).findings).toEqual([]);
  });

  it('finds a step back that a recorded jump is too small for', () => {
    expect(run(at(1, 1000), at(2, 401), jump(3, 404, -60_000), at(4, 500)).findings).toEqual([['time-reversed', 2]]);
  });

  it('finds a step back that nothing explains, also when another follows', () => {
    expect(run(at(1, 1000), at(2, 400), at(3, 200), at(4, 300)).findings).toEqual([
      ['time-reversed', 2],
      ['time-reversed', 3],
    ]);
  });

  it('only notes a clock that was set while nobody was there, and a step that is still open', () => {
    expect(run(at(1, 1000), start(2, 400, 'clean'))).toEqual({
      findings: [],
      notes: [
        ['started', 2],
        ['clock-set-while-off', 2],
      ],
    });
    expect(run(at(1, 1000), at(2, 400)).notes).toEqual([['clock-pending', 2]]);
  });

  it('does not let a start explain what happened before it', () => {
    expect(run(at(1, 1000), at(2, 400), start(3, 405, 'crashed')).findings).toEqual([['time-reversed', 2]]);
  });

  it('says spans as people do', () => {
    expect([0, 1500, 60_000, 3_605_000, -90_061_000].map(span)).toEqual([
      '0 秒',
      '2 秒',
      '1 分',
      '1 小时',
      '1 天 1 小时',
    ]);
  });
});

it('keeps the first of each sort and counts all', () => {
  const found = new Collected<Finding>(2);
  for (let seq = 1; seq <= 5; seq++) found.add({ code: 'gap', seq, text: '' });
  found.add({ code: 'damaged', seq: null, text: '' });
  expect(found.kept.map((finding) => finding.seq)).toEqual([1, 2, null]);
  expect(found.total).toBe(6);
});
