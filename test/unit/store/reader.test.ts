import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import type { Clock } from '../../../electron/station/runtime/ports.ts';
import { openForReading } from '../../../electron/station/store/reader/connection.ts';
import { Reader, type ReaderOptions } from '../../../electron/station/store/reader/reader.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';
import { until } from '../../support/until.ts';

let temp: TempStore;
const open: Reader[] = [];
beforeEach(() => {
  temp = tempStore(new SystemClock());
});
afterEach(async () => {
  for (const reader of open.splice(0)) await reader.stop();
  temp.dispose();
});

const log = memoryLog();
function start(options: Partial<ReaderOptions> & { readonly clock?: Clock } = {}): Reader {
  const reader = new Reader({ file: temp.file, clock: new SystemClock(), log, ...options });
  open.push(reader);
  return reader;
}
const page = { offset: 0, limit: 20 };
const real = new URL('../../../electron/station/store/reader/reader-worker.ts', import.meta.url);
/** A thread that hears and never answers; "stop" ends it. */
const deaf = (): Worker =>
  new Worker("require('node:worker_threads').parentPort.on('message', (m) => { if (m === 'stop') process.exit(0); })", {
    eval: true,
  });
const outcome = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : error),
  );

describe('the thread that reads', () => {
  it('sees everything that was committed before it was asked', async () => {
    const reader = start();
    for (let car = 1; car <= 40; car += 1) {
      temp.store.write((tx) => tx.record(entered(`u${car}`, { enteredAt: car })));
      const found = await reader.stays({ ...page, limit: 1 });
      expect([found.items[0]?.uid, found.total]).toEqual([`u${car}`, car]);
      expect((await reader.journal({ limit: 1 }))[0]).toMatchObject({ kind: 'vehicle-entered', key: `u${car}` });
    }
  });

  it('answers all kinds of questions, one after the other, while the lane goes on writing', async () => {
    temp.store.write((tx) => {
      tx.record(entered('u1'));
      tx.outbox.insert('qingdao', { id: 'm', message: 'm', key: 'u1', kind: 'record', body: {} }, 1, 0);
    });
    const reader = start();
    const asked = [
      reader.stays({ ...page, plate: '2345' }),
      reader.stale(Number.MAX_SAFE_INTEGER, page),
      reader.outbox({ ...page, plate: 'B1' }),
      reader.journal({ limit: 5 }),
    ] as const;
    temp.store.write((tx) => tx.record(entered('u2', { plate: { text: '', color: 'unknown', kind: 'unread' } })));
    const [stays, , outbox] = await Promise.all(asked);
    expect(stays.items.map((stay) => stay.uid)).toEqual(['u1']);
    expect(outbox.items).toMatchObject([{ plate: '鲁B12345', row: { key: 'u1', message: 'm' } }]);
  });

  it('has a connection that cannot write', () => {
    const db = openForReading(temp.file);
    expect(() => db.exec("INSERT INTO meta VALUES ('a', 'b')")).toThrow(/readonly/);
    db.close();
  });

  it('says what was wrong with a question that makes no sense, and answers the next', async () => {
    const reader = start();
    const nonsense = { ...page, limit: 100_000 };
    expect(await outcome(reader.stays(nonsense))).toBe('failed');
    expect(await outcome(reader.stays(page))).toBe('answered');
  });
});

describe('a search that nobody waits for', () => {
  it('ends with its time, and the thread that hangs over it is replaced', async () => {
    const clock = new FakeClock();
    const threads: Worker[] = [];
    const reader = start({
      clock,
      timeoutMs: 5_000,
      thread: (workerData) => {
        const thread = threads.length === 0 ? deaf() : new Worker(real, { workerData });
        threads.push(thread);
        return thread;
      },
    });
    const asked = outcome(reader.stays(page));
    await clock.advance(4_999);
    const second = outcome(reader.stays(page));
    await clock.advance(1);
    expect(await asked).toBe('timeout');
    await clock.advance(2_000);
    await until('the old thread is gone', () => threads[0]?.threadId === -1 || undefined);
    await until('a new thread', async () => {
      await clock.advance(100);
      return threads.length === 2 || undefined;
    });
    expect(await second).toBe('answered');
  });

  it('leaves the queue when its caller goes away', async () => {
    const gone = new AbortController();
    const reader = start({ thread: deaf });
    const asked = outcome(reader.stays(page));
    const waiting = outcome(reader.stays(page, gone.signal));
    gone.abort();
    expect(await waiting).toBe('cancelled');
    expect(await outcome(reader.stays(page, gone.signal))).toBe('cancelled');
    await reader.stop();
    expect(await asked).toBe('unavailable');
  });

  it('is refused where too many wait already', async () => {
    const reader = start({ thread: deaf });
    const asked = Array.from({ length: 33 }, () => outcome(reader.stays(page)));
    expect(await outcome(reader.stays(page))).toBe('busy');
    await reader.stop();
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['unavailable']));
  });
});

describe('a thread that dies', () => {
  it('is started again after a pause, and what it died over is asked once more', async () => {
    const clock = new FakeClock();
    const threads: Worker[] = [];
    const reader = start({
      clock,
      thread: (workerData) => {
        const thread = threads.length === 0 ? deaf() : new Worker(real, { workerData });
        threads.push(thread);
        return thread;
      },
    });
    const asked = outcome(reader.stays(page));
    await threads[0]?.terminate();
    await clock.advance(199);
    expect(threads.length).toBe(1);
    await clock.advance(1);
    expect(threads.length).toBe(2);
    expect(await asked).toBe('answered');
  });

  it('twice over the same question answers it with a refusal, and the pauses grow', async () => {
    const clock = new FakeClock();
    const starts: number[] = [];
    const reader = start({
      clock,
      thread: () => {
        starts.push(clock.monotonic());
        return new Worker("throw new Error('no')", { eval: true });
      },
    });
    const asked = outcome(reader.stays(page));
    for (let wait = 0; wait < 400 && starts.length < 4; wait += 1) {
      const before = starts.length;
      await until('the thread is dead', () => log.lines.length >= before || undefined);
      await clock.advance(100);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await asked).toBe('unavailable');
    const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(pauses.every((pause, index) => pause >= 200 * 2 ** index)).toBe(true);
  });
});

it('stopping twice is harmless, and nothing is answered afterwards', async () => {
  const reader = start();
  await Promise.all([reader.stop(), reader.stop()]);
  expect(await outcome(reader.stays(page))).toBe('unavailable');
});
