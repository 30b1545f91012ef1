import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordStart, recordStop, watchLife } from '../../electron/station/life.ts';
import { Alarms } from '../../electron/station/runtime/alarms.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { memoryLog } from '../support/silent-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';

let clock: FakeClock;
let temp: TempStore;
beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
});
afterEach(() => temp.dispose());

const newest = () => temp.store.read.journal.list({ limit: 1 })[0];
const watch = () =>
  watchLife({
    ids: { next: (prefix: string) => `${prefix}1` },
    store: temp.store,
    clock,
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
    log: memoryLog(),
  });

describe('the history of the station itself', () => {
  it('tells a first start, a clean one and one after a crash apart, and how long nobody was there', async () => {
    expect(recordStart(temp.store, '1', clock.now())).toEqual({ crashed: false, downMs: null });
    expect(newest()).toMatchObject({ kind: 'station-started', body: { previous: 'first', downMs: null } });
    const cancel = watch();
    await clock.advance(63_000);
    cancel();
    await clock.advance(3_600_000);
    // The last sign of life came 60 s after the start: the rest is a gap.
    expect(recordStart(temp.store, '1', clock.now())).toEqual({ crashed: true, downMs: 3_603_000 });
    expect(newest()).toMatchObject({ body: { previous: 'crashed', downMs: 3_603_000 } });
    recordStop(temp.store, clock.now());
    await clock.advance(1_000);
    expect(recordStart(temp.store, '1', clock.now())).toEqual({ crashed: false, downMs: 1_000 });
    expect(newest()).toMatchObject({ body: { previous: 'clean', downMs: 1_000 } });
  });

  it('notices that the wall clock was set, once', async () => {
    const cancel = watch();
    await clock.advance(60_000);
    expect(temp.store.read.journal.list({ limit: 10, kind: 'clock-jumped' })).toEqual([]);
    clock.jumpWall(-3_600_000);
    await clock.advance(60_000);
    cancel();
    expect(temp.store.read.journal.list({ limit: 10, kind: 'clock-jumped' }).map((event) => event.body)).toEqual([
      { byMs: -3_600_000 },
    ]);
  });
});
