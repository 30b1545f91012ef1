import { statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCheckpointer } from '../../../electron/station/store/checkpointer.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { until } from '../../support/until.ts';

const clock = new FakeClock();
let temp: TempStore;
beforeEach(() => {
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

const bytes = (): number => statSync(temp.file).size;
const write = (kilobytes: number): void =>
  temp.store.write((tx) => {
    for (let at = 0; at < kilobytes; at += 100) tx.meta.put(`k${at}`, 'x'.repeat(100_000));
  });

it('a large log is moved into the database, by a thread that ends when it is told to', async () => {
  const log = memoryLog();
  const before = bytes();
  const checkpointer = startCheckpointer(temp.db, temp.file, clock, log);
  write(6_000);
  expect(bytes()).toBe(before);
  await clock.advance(2_000);
  await until('the log has moved', () => bytes() > before + 5_000_000 || undefined);
  await checkpointer.stop();
  expect(log.lines).toEqual([]);
});

it('a small log is left where it is, without a thread', async () => {
  const before = bytes();
  const checkpointer = startCheckpointer(temp.db, temp.file, clock, memoryLog());
  write(1_000);
  await clock.advance(10_000);
  // A thread would have done all it was told before it ended.
  await checkpointer.stop();
  expect(bytes()).toBe(before);
});
