import { expect, test, vi } from 'vitest';
import { keepStation } from '../../electron/station/keeper.ts';
import type { Station, StationOptions } from '../../electron/station/station.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { memoryLog } from '../support/silent-log.ts';

const clock = new FakeClock();
const options: StationOptions = {
  ...{ dataDirectory: '/data', host: '127.0.0.1', port: 0, provisionFile: '/given.json', demo: false },
  ...{ version: '1', log: memoryLog(), clock },
};
const port = () => ({ addEventListener: () => undefined, postMessage: () => undefined, close: () => undefined });

function stations() {
  const opened: StationOptions[] = [];
  const made: { connect: ReturnType<typeof vi.fn>; stop: ReturnType<typeof vi.fn> }[] = [];
  const fail: unknown[] = [];
  const open = async (given: StationOptions): Promise<Station> => {
    opened.push(given);
    if (opened.length > 1 && fail.length > 0) throw fail.shift();
    const one = { connect: vi.fn<() => void>(), stop: vi.fn<() => Promise<void>>(async () => undefined) };
    made.push(one);
    return { ...one, url: 'http://127.0.0.1:4711', demo: false, connectPractice: () => undefined, practiceToken: null };
  };
  return { opened, made, fail, open };
}

test('asked to, it closes the station and opens it on the same port, without the file that was given at first', async () => {
  const { opened, made, open } = stations();
  const kept = await keepStation(options, open);
  opened[0]?.reopen?.();
  // Asked twice at once it turns once; a window that comes in between is connected to the new station.
  opened[0]?.reopen?.();
  const window = port();
  kept.connect(window);
  await vi.waitFor(() => expect(made).toHaveLength(2));
  await vi.waitFor(() => expect(made[1]?.connect).toHaveBeenCalledWith(window));
  expect(made[0]?.stop).toHaveBeenCalledOnce();
  expect(made[0]?.connect).not.toHaveBeenCalled();
  expect(opened[1]).toMatchObject({ port: 4711, provisionFile: null });
  await kept.stop();
  expect(made[1]?.stop).toHaveBeenCalled();
});

test('a port that is taken for a moment is waited for', async () => {
  const { opened, made, fail, open } = stations();
  fail.push(new Error('taken'), new Error('taken'));
  await keepStation(options, open);
  opened[0]?.reopen?.();
  await vi.waitFor(async () => {
    await clock.advance(500);
    expect(made).toHaveLength(2);
  });
});

test('a station that cannot be opened again is told to whoever runs it', async () => {
  const { opened, fail, open } = stations();
  const reason = new Error('gone');
  fail.push(...Array.from({ length: 20 }, () => reason));
  const kept = await keepStation(options, open);
  let lost: unknown;
  void kept.lost.then((error) => {
    lost = error;
  });
  opened[0]?.reopen?.();
  await vi.waitFor(async () => {
    await clock.advance(500);
    expect(lost).toBe(reason);
  });
  await kept.stop();
});
