import { expect, test } from 'vitest';
import { lookUpEverywhere } from '../../../electron/station/platforms/look-up.ts';
import type { LookedUp, Platform } from '../../../electron/station/platforms/platform.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function platform(id: Platform['id'], lookUp?: Platform['lookUp']): Platform {
  return {
    ...{ id, title: id, duties: [], concurrency: 1, retry: { firstMs: 1, maxMs: 1, probeMs: 1 } },
    project: () => [],
    send: async () => ({ kind: 'delivered' }),
    start: async () => undefined,
    stop: async () => undefined,
    status: () => ({ clockDriftMs: null, downlink: 'none' }),
    ...(lookUp === undefined ? {} : { lookUp }),
  };
}

test('each platform that can be asked is asked for the plate, and the others are left alone', async () => {
  const asked: string[] = [];
  const said =
    (detail: string) =>
    async (plate: string): Promise<LookedUp> => {
      asked.push(plate);
      return { kind: 'known', detail };
    };
  const told = await lookUpEverywhere(
    [platform('qingdao', said('2 owed')), platform('cmb'), platform('keytop', said('agreed'))],
    '鲁B12345',
    new FakeClock(),
  );
  expect(asked).toEqual(['鲁B12345', '鲁B12345']);
  expect(told).toEqual([
    { platform: 'qingdao', title: 'qingdao', kind: 'known', detail: '2 owed' },
    { platform: 'keytop', title: 'keytop', kind: 'known', detail: 'agreed' },
  ]);
});

test('one that throws or never answers has failed, and keeps nobody waiting', async () => {
  const clock = new FakeClock();
  const never = new Promise<LookedUp>(() => undefined);
  const answer = lookUpEverywhere(
    [
      platform('qingdao', () => never),
      platform('cmb', () => Promise.reject(new Error('no line'))),
      platform('keytop', async () => ({ kind: 'none', detail: '' })),
    ],
    '鲁B12345',
    clock,
  );
  await clock.advance(8_000);
  expect((await answer).map(({ platform: id, kind, detail }) => [id, kind, detail])).toEqual([
    ['qingdao', 'failed', 'no answer in time'],
    ['cmb', 'failed', 'no line'],
    ['keytop', 'none', ''],
  ]);
});

test('whoever is asked can stop asking when the time is over', async () => {
  const clock = new FakeClock();
  let aborted = false;
  const asking = lookUpEverywhere(
    [
      platform(
        'qingdao',
        (_plate, signal) =>
          new Promise<LookedUp>((resolve) =>
            signal.addEventListener('abort', () => {
              aborted = true;
              resolve({ kind: 'failed', detail: 'given up' });
            }),
          ),
      ),
    ],
    '鲁B12345',
    clock,
  );
  await clock.advance(8_000);
  expect((await asking)[0]?.kind).toBe('failed');
  expect(aborted).toBe(true);
});
