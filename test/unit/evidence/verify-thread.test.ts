import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyOnThread } from '../../../electron/station/evidence/verify-thread.ts';
import { NotFoundError } from '../../../electron/station/runtime/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { wholeStay } from './whole-stay.ts';

let temp: TempStore;
beforeEach(() => {
  const clock = new FakeClock();
  temp = tempStore(clock);
  wholeStay(temp, clock, 'u1');
});
afterEach(() => temp.dispose());

const stays = new AbortController().signal;

it('answers from a thread of its own while this one goes on', async () => {
  const last = temp.store.read.journal.last();
  const report = await verifyOnThread({ dataDirectory: temp.directory, photos: true, expect: [last] }, stays);
  expect(report).toMatchObject({ whole: true, anchor: last, photos: 3, tables: true });
});

it('says when there is no row to begin at, and what else went wrong', async () => {
  await expect(verifyOnThread({ dataDirectory: temp.directory, from: 9000 }, stays)).rejects.toThrow(NotFoundError);
  await expect(verifyOnThread({ dataDirectory: `${temp.directory}/no` }, stays)).rejects.toThrow('没有数据库文件');
});

it('ends when nobody waits any more', async () => {
  const gone = new AbortController();
  const verifying = verifyOnThread({ dataDirectory: temp.directory }, gone.signal);
  gone.abort(new Error('gone'));
  await expect(verifying).rejects.toThrow();
  await expect(verifyOnThread({ dataDirectory: temp.directory }, gone.signal)).rejects.toThrow('gone');
});
