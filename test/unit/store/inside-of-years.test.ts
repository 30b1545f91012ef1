import { beforeAll, expect, it } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { insertStays, type PastStay, pastStays } from '../../support/history.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const STAYS = 60_000;
/** Somebody who came every day, as the staff of a hospital do. */
const REGULAR = '鲁B00001';

let temp: TempStore;
let scanMs: number;

const fastest = (work: () => unknown): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 15; turn += 1) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
};

function* history(): Generator<PastStay> {
  for (const [index, stay] of [...pastStays(STAYS, 5_000)].entries())
    yield {
      ...stay,
      ...(index % 4 === 0 ? { plate: REGULAR } : {}),
      // Few are inside, one of them the regular.
      ...(index < STAYS - 40
        ? { status: 'left', exitedAt: stay.exitedAt ?? stay.enteredAt + 1000 }
        : { status: 'inside', exitedAt: null }),
    };
}

beforeAll(() => {
  temp = tempStore(new FakeClock());
  insertStays(temp.db, history());
  const scan = temp.db.prepare('SELECT max(paid_fen) FROM stays NOT INDEXED');
  scanMs = fastest(() => scan.get());
  return () => temp.dispose();
});

it('who is inside is read without the stays of all the years', () => {
  const { stays } = temp.store.read;
  expect(stays.insideTexts().length).toBeGreaterThan(20);
  expect(fastest(() => stays.insideTexts())).toBeLessThan(scanMs / 10);
});

it('a car that came every day is found as fast as any other', () => {
  const { stays } = temp.store.read;
  expect(stays.inside(REGULAR)).toMatchObject({ status: 'inside' });
  expect(fastest(() => stays.inside(REGULAR))).toBeLessThan(scanMs / 10);
});
