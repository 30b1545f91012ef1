import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { Store } from '../../../electron/station/store/store.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tempDirectory, tempStore } from '../../support/temp-store.ts';

const COMMITS = 80;
const clock = new FakeClock();
const temp = tempStore(clock);
const place = tempDirectory();
afterAll(() => {
  temp.dispose();
  rmSync(place, { recursive: true, force: true });
});

// Everything stays in the write-ahead log: what a power cut does to it is what is tried.
temp.db.pragma('wal_checkpoint(TRUNCATE)');
temp.db.pragma('wal_autocheckpoint = 0');
for (let car = 1; car <= COMMITS; car += 1)
  temp.store.write((tx) => {
    tx.record(entered(`u${car}`));
    tx.outbox.insert(
      'qingdao',
      { id: `d${car}`, message: 'm', key: `u${car}`, kind: 'record', body: {} },
      car,
      clock.now(),
    );
  });
const wal = readFileSync(`${temp.file}-wal`);

/** What is left after the power came back on a log that looks like this. */
function reopen(image: Buffer): {
  readonly journal: number;
  readonly stays: number;
  readonly messages: number;
  readonly broken: number | undefined;
} {
  const file = join(place, 'image.db');
  rmSync(`${file}-shm`, { force: true });
  copyFileSync(temp.file, file);
  writeFileSync(`${file}-wal`, image);
  const db = openDatabase(file);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const store = new Store(db, clock);
    return {
      journal: store.read.journal.last().seq,
      stays: store.read.stays.countInside(),
      messages: store.read.outbox.counts('qingdao', 0).waiting,
      broken: store.read.journal.verifyTail(COMMITS),
    };
  } finally {
    db.close();
  }
}

/** A small generator with a fixed seed, so that a failing image can be made again. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe('after a power cut', () => {
  it('the whole log gives back everything', () => {
    expect(reopen(wal)).toEqual({ journal: COMMITS, stays: COMMITS, messages: COMMITS, broken: undefined });
  });

  it.each([
    ['cut off', (image: Buffer, at: number) => image.subarray(0, at)],
    [
      'a bit flipped',
      (image: Buffer, at: number) => Buffer.from(image.map((byte, index) => (index === at ? byte ^ 1 : byte))),
    ],
    ['a sector never written', (image: Buffer, at: number) => Buffer.from(image).fill(0, at, at + 512)],
    ['garbage at its end', (image: Buffer) => Buffer.concat([image, Buffer.alloc(2000, 0xa5)])],
  ])(
    'a log with %s gives a beginning of the history, whole transactions only, and an unbroken chain',
    (what, damage) => {
      const random = numbers(20_261_122);
      let fewer = 0;
      for (let image = 0; image < 12; image += 1) {
        const at = Math.floor((random.next().value ?? 0) * wal.length);
        const left = reopen(damage(wal, at));
        expect(left.broken).toBeUndefined();
        expect(left.stays).toBe(left.journal);
        expect(left.messages).toBe(left.journal);
        if (left.journal < COMMITS) fewer += 1;
      }
      // The damage did something, or it was garbage behind the end, which takes nothing away.
      expect(fewer > 0 || what === 'garbage at its end').toBe(true);
    },
  );
});
