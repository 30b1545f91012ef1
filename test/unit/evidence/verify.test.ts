import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verifyDirectory } from '../../../electron/station/evidence/verify.ts';
import { chainHash } from '../../../electron/station/journal/chain.ts';
import type { StoredRow } from '../../../electron/station/journal/rows.ts';
import { DatabaseError } from '../../../electron/station/runtime/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { event, wholeStay } from './whole-stay.ts';

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  for (const uid of ['u1', 'u2', 'u3']) wholeStay(temp, clock, uid);
});
afterEach(() => temp.dispose());

type Options = Omit<Parameters<typeof verifyDirectory>[0], 'dataDirectory'>;
const verify = (options: Options = {}) => verifyDirectory({ ...options, dataDirectory: temp.directory }, clock);

/** What somebody with the file and a tool could do: take the guard away, edit, and put the guard back. */
function tamper(...statements: readonly string[]): void {
  const guards = z
    .array(z.object({ name: z.string(), sql: z.string() }))
    .parse(
      temp.db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'").all(),
    );
  for (const { name } of guards) temp.db.exec(`DROP TRIGGER ${name}`);
  temp.db.pragma('foreign_keys = OFF');
  for (const statement of statements) temp.db.exec(statement);
  temp.db.pragma('foreign_keys = ON');
  for (const { sql } of guards) temp.db.exec(sql);
}

const rowAt = (seq: number): StoredRow =>
  temp.db.prepare<[number], StoredRow>('SELECT * FROM journal WHERE seq = ?').get(seq) ?? expect.fail(`no row ${seq}`);
const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The digests of all rows from `seq` on, made anew: what a careful forger does. */
function rehash(from: number): string[] {
  let previous = from === 1 ? '0'.repeat(64) : rowAt(from - 1).hash;
  const statements: string[] = [];
  const last = temp.store.read.journal.last().seq;
  for (let seq = from; seq <= last; seq++) {
    previous = chainHash(previous, rowAt(seq));
    statements.push(`UPDATE journal SET hash = '${previous}' WHERE seq = ${seq}`);
  }
  return statements;
}

const findSeq = (kind: string, uid: string): number =>
  temp.store.read.journal.list({ kind, key: uid, limit: 1 })[0]?.seq ?? expect.fail(`no ${kind} of ${uid}`);

describe('a whole history', () => {
  it('is found whole, photos and all, and the anchor is its newest row', async () => {
    const report = await verify({ photos: true });
    expect(report).toMatchObject({ whole: true, findings: [], findingCount: 0, tables: true, photos: 9 });
    expect(report.anchor).toEqual(temp.store.read.journal.last());
    expect(report.rows).toBe(report.anchor.seq);
    // 3 stays, 3 payments, 9 photos, and what else the stays fill.
    expect(report.tableRows).toBeGreaterThanOrEqual(15);
  });

  it('is not touched by the check', async () => {
    temp.db.pragma('wal_checkpoint(TRUNCATE)');
    const before = createHash('sha256').update(readFileSync(temp.file)).digest('hex');
    await verify({ photos: true });
    expect(createHash('sha256').update(readFileSync(temp.file)).digest('hex')).toBe(before);
  });

  it('is found whole in the files that a killed station left, which stay as they are', async () => {
    const left = join(temp.directory, 'left');
    mkdirSync(left);
    for (const part of ['', '-wal']) copyFileSync(temp.file + part, join(left, `gatehouse.db${part}`));
    const parts = () => ['', '-wal'].map((part) => readFileSync(join(left, `gatehouse.db${part}`)));
    const before = parts();
    const report = await verifyDirectory({ dataDirectory: left }, clock);
    expect(report).toMatchObject({ whole: true, anchor: temp.store.read.journal.last() });
    expect(parts()).toEqual(before);
  });

  it('still holds the anchors that were given away', async () => {
    const expected = [rowAt(3), rowAt(10)].map(({ seq, hash }) => ({ seq, hash }));
    expect(await verify({ expect: expected })).toMatchObject({ whole: true });
  });

  it('can be followed from the middle, without the tables', async () => {
    const last = temp.store.read.journal.last().seq;
    expect(await verify({ from: 10 })).toMatchObject({
      whole: true,
      fromSeq: 10,
      rows: last - 9,
      tables: false,
      tableRows: 0,
    });
    await expect(verify({ from: last + 2 })).rejects.toThrow(`第 ${last + 1} 条`);
  });
});

describe('a history that somebody edited', () => {
  it('an edited body', async () => {
    const seq = findSeq('bill-paid', 'u2');
    tamper(`UPDATE journal SET body = replace(body, '"paidFen":700', '"paidFen":500') WHERE seq = ${seq}`);
    const { findings } = await verify();
    expect(findings.filter((finding) => finding.code === 'broken-link').map((finding) => finding.seq)).toEqual([seq]);
    // And the tables still say what was true.
    expect(findings.some((finding) => finding.code === 'row-differs' && finding.text.includes('700'))).toBe(true);
  });

  it('an edited body with its digest made anew', async () => {
    const seq = findSeq('passage-ended', 'u2');
    const edited = rowAt(seq).body.replace('passed', 'closed');
    expect(edited).not.toBe(rowAt(seq).body);
    const hash = chainHash(rowAt(seq - 1).hash, { ...rowAt(seq), body: edited });
    tamper(`UPDATE journal SET body = ${quote(edited)}, hash = '${hash}' WHERE seq = ${seq}`);
    expect((await verify()).findings).toMatchObject([{ code: 'broken-link', seq: seq + 1 }]);
  });

  it('two edits in different places are both found', async () => {
    tamper(
      "UPDATE journal SET actor_name = 'nobody' WHERE seq = 4",
      "UPDATE journal SET actor_name = 'nobody' WHERE seq = 20",
    );
    const links = (await verify()).findings.filter((finding) => finding.code === 'broken-link');
    expect(links.map((finding) => finding.seq)).toEqual([4, 20]);
  });

  it('a deleted row', async () => {
    tamper('DELETE FROM journal WHERE seq = 5');
    expect((await verify()).findings[0]).toMatchObject({ code: 'gap', seq: 6 });
  });

  it('a deleted row, the following ones renumbered', async () => {
    tamper(
      'DELETE FROM journal WHERE seq = 5',
      'UPDATE journal SET seq = -seq WHERE seq > 5',
      'UPDATE journal SET seq = -seq - 1 WHERE seq < 0',
    );
    expect((await verify()).findings[0]).toMatchObject({ code: 'broken-link', seq: 5 });
  });

  it('two rows swapped', async () => {
    tamper(
      'UPDATE journal SET seq = -7 WHERE seq = 7',
      'UPDATE journal SET seq = 7 WHERE seq = 8',
      'UPDATE journal SET seq = 8 WHERE seq = -7',
    );
    expect((await verify()).findings[0]).toMatchObject({ code: 'broken-link', seq: 7 });
  });

  it('rows cut off the end: only an anchor shows it', async () => {
    const anchor = temp.store.read.journal.last();
    const { seq: lastStay } = rowAt(findSeq('vehicle-entered', 'u3') - 1);
    tamper(
      `DELETE FROM journal WHERE seq >= ${lastStay}`,
      "DELETE FROM photos WHERE id LIKE '%u3'",
      "DELETE FROM payments WHERE uid = 'u3'",
      "DELETE FROM stays WHERE uid = 'u3'",
    );
    const blind = await verify();
    expect(blind.findings).toEqual([]);
    expect((await verify({ expect: [anchor] })).findings).toMatchObject([{ code: 'anchor-missing', seq: anchor.seq }]);
  });

  it('a history written anew from some row on: only an anchor shows it', async () => {
    const anchor = temp.store.read.journal.last();
    tamper("UPDATE journal SET actor_name = 'nobody' WHERE seq = 3");
    tamper(...rehash(3));
    expect((await verify()).findings.filter((finding) => finding.code === 'broken-link')).toEqual([]);
    expect((await verify({ expect: [anchor] })).findings).toContainEqual(
      expect.objectContaining({ code: 'anchor-differs', seq: anchor.seq }),
    );
  });

  it('a body that is no longer what its kind demands', async () => {
    tamper(
      `UPDATE journal SET body = '{"x":' WHERE seq = 9`,
      "UPDATE journal SET kind = 'something-else' WHERE seq = 10",
    );
    tamper(...rehash(9));
    const found = (await verify()).findings.map((finding) => [finding.code, finding.seq]);
    expect(found).toContainEqual(['unreadable-row', 9]);
    expect(found).toContainEqual(['unknown-kind', 10]);
  });

  it('the guards taken away', async () => {
    temp.db.exec('DROP TRIGGER journal_is_append_only_d');
    expect((await verify()).findings).toMatchObject([{ code: 'guard-missing' }]);
  });
});

describe('tables that are not what the journal adds up to', () => {
  it('a deleted stay', async () => {
    tamper("DELETE FROM payments WHERE uid = 'u2'", "DELETE FROM stays WHERE uid = 'u2'");
    const found = (await verify()).findings;
    expect(found.map((finding) => finding.code)).toEqual(['row-missing', 'row-missing']);
    expect(found.map((finding) => finding.text).join()).toContain('stays 的行 u2');
  });

  it('another amount', async () => {
    tamper("UPDATE payments SET paid_fen = 300 WHERE uid = 'u3'");
    expect((await verify()).findings.map((finding) => finding.text)).toEqual([
      '表 payments 的行 b-u3：paid_fen 按流水应为 700，表里是 300',
    ]);
  });

  it('a step of the fee', async () => {
    tamper(`UPDATE payments SET steps = replace(steps, '"amountFen":200', '"amountFen":100') WHERE uid = 'u1'`);
    expect((await verify()).findings).toMatchObject([{ code: 'row-differs', text: expect.stringContaining('steps') }]);
  });

  it('an entry on the white list that nobody made', async () => {
    tamper(`INSERT INTO list_entries (id, list, plate, valid_from_ms, valid_to_ms, remark, source, updated_at_ms)
      VALUES ('x', 'white', '鲁B99999', 0, 9999999999999, '', 'nobody', 0)`);
    expect((await verify()).findings).toMatchObject([
      { code: 'row-added', text: expect.stringContaining('list_entries') },
    ]);
  });
});

describe('photos', () => {
  const photo = (uid: string): string => join(temp.directory, 'photos', '2026-03-02', `ph-in-${uid}.jpg`);

  it('a missing file, a changed byte, a name that leads elsewhere', async () => {
    rmSync(photo('u1'));
    const bytes = readFileSync(photo('u2'));
    bytes[1500] = (bytes[1500] ?? 0) ^ 1;
    writeFileSync(photo('u2'), bytes);
    tamper("UPDATE photos SET name = '../gatehouse.db' WHERE id = 'ph-in-u3'");
    expect(await verify()).toMatchObject({ photos: null, findings: [{ code: 'row-differs' }] });
    const codes = (await verify({ photos: true })).findings.map((finding) => finding.code);
    expect(codes).toEqual(['row-differs', 'photo-missing', 'photo-differs', 'photo-outside']);
  });
});

describe('gaps of power and clocks', () => {
  const start = (previous: string, downMs: number) => event('station-started', { version: '1', previous, downMs });

  it('are told, and are no fault', async () => {
    clock.jumpWall(3_600_000);
    temp.store.write((tx) => tx.record(start('crashed', 3_600_000)));
    const report = await verify();
    expect(report.whole).toBe(true);
    expect(report.notes.filter((note) => note.code === 'crashed')).toMatchObject([
      { seq: report.anchor.seq, text: expect.stringContaining('无人值守 1 小时') },
    ]);
    expect(report.notes.filter((note) => note.code === 'clock-jumped')).toHaveLength(3);
  });

  it('a step back that the station wrote down is explained, another is not', async () => {
    const record = (draft: ReturnType<typeof event>): number => temp.store.write((tx) => tx.record(draft)).seq;
    const read = event('sign-in-refused', { name: 'x' });
    clock.jumpWall(-600_000);
    record(read);
    clock.jumpWall(3_000);
    record(event('clock-jumped', { byMs: -600_000 }));
    expect(await verify()).toMatchObject({ whole: true });
    clock.jumpWall(-600_000);
    const seq = record(read);
    expect(await verify()).toMatchObject({ whole: true });
    clock.jumpWall(120_000);
    record(read);
    expect((await verify()).findings).toMatchObject([{ code: 'time-reversed', seq }]);
  });
});

describe('what cannot be opened', () => {
  it('is said, and nothing is made', async () => {
    const empty = join(temp.directory, 'empty');
    await expect(verifyDirectory({ dataDirectory: empty }, clock)).rejects.toThrow(DatabaseError);
    expect(existsSync(empty)).toBe(false);
  });

  it('a file of a newer version', async () => {
    temp.db.pragma('user_version = 9990');
    await expect(verify()).rejects.toMatchObject({ kind: 'from-the-future' });
  });

  it('a file that is no database', async () => {
    temp.db.close();
    writeFileSync(temp.file, 'x'.repeat(5000));
    await expect(verify()).rejects.toMatchObject({ kind: 'damaged' });
  });
});
