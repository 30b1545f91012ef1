import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetSpent } from '../../electron/station/forget-spent.ts';
import { aStay } from '../support/events.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { memoryLog } from '../support/silent-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';
import { agreement, debt } from './lanes/given.ts';

const DAY = 86_400_000;
const CAR = '鲁B12345';
let clock: FakeClock;
let temp: TempStore;
let stop: () => void;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  stop = forgetSpent({ store: temp.store, clock, log: memoryLog() });
});
afterEach(() => {
  stop();
  temp.dispose();
});

const visit = (uid: string, agoMs: number | null): void => {
  const gone = agoMs === null ? {} : ({ status: 'left', exitedAt: clock.now() - agoMs } as const);
  temp.store.read.stays.put(aStay(uid, gone));
  temp.store.read.agreements.put(agreement({ id: `agr-${uid}`, plate: CAR, uid, updatedAt: clock.now() - 200 * DAY }));
};
const left = (): string[] => temp.store.read.agreements.ofPlate(CAR).map(({ id }) => id);
const owes = (uid: string): void =>
  temp.store.read.debts.put(debt({ id: `debt-${uid}`, uid, plate: CAR, amountFen: 500, paidFen: 0, state: 'open' }));

it('agreements of a stay go when nothing can ask for them any more', async () => {
  for (let index = 0; index < 120; index += 1) visit(`old${index}`, 2 * DAY);
  visit('inside', null);
  visit('just', DAY / 2);
  visit('owing', 2 * DAY);
  visit('long-owing', 91 * DAY);
  owes('owing');
  owes('long-owing');
  temp.store.read.agreements.put(agreement({ id: 'agr-always', plate: CAR, uid: null }));
  const before = temp.store.read.journal.last().seq;
  await clock.advance(25 * 60_000);
  expect(left().sort()).toEqual(['agr-always', 'agr-inside', 'agr-just', 'agr-owing']);
  const [newest] = temp.store.read.journal.list({ limit: 1 });
  expect(newest).toMatchObject({ kind: 'agreement-changed', actor: { kind: 'station' }, body: { change: 'removed' } });
  expect(temp.store.read.journal.last().seq - before).toBe(121);
});

it('marks of notices go when no notice can be that old; what bears no time stays', async () => {
  const { memory } = temp.store.read;
  for (let index = 0; index < 120; index += 1)
    memory.put('qingdao', `fee/1001/${index}`, JSON.stringify({ at: clock.now() - 91 * DAY, requestIds: [] }));
  memory.put('qingdao', 'fee/1001/x', JSON.stringify({ at: clock.now() - 89 * DAY, requestIds: ['1'] }));
  memory.put('qingdao', 'told', '77');
  memory.put('qingdao', 'words', 'over');
  await clock.advance(25 * 60_000);
  expect([0, 60, 119].map((index) => memory.get('qingdao', `fee/1001/${index}`))).toEqual(
    Array.from({ length: 3 }, () => undefined),
  );
  expect([memory.get('qingdao', 'told'), memory.get('qingdao', 'words')]).toEqual(['77', 'over']);
  expect(memory.get('qingdao', 'fee/1001/x')).toContain('requestIds');
});

it('a mark that says until when it is to be kept is kept until then', async () => {
  const { memory } = temp.store.read;
  const mark = (until: number) => JSON.stringify({ until, at: 0, value: 'x' });
  memory.put('cmb', 'echo:1', mark(clock.now() + DAY));
  memory.put('cmb', 'echo:2', mark(clock.now() - DAY));
  await clock.advance(25 * 60_000);
  expect([memory.get('cmb', 'echo:1') !== undefined, memory.get('cmb', 'echo:2')]).toEqual([true, undefined]);
});
