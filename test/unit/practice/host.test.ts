import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal } from '../../../electron/station/api/context.ts';
import type { PracticeLine } from '../../../electron/station/api/practice-port.ts';
import { PracticeHost } from '../../../electron/station/practice/host.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/station-process.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

/** A thread that says what it is told to say, and ends when it is told to stop. */
class FakeThread extends EventEmitter {
  threadId = 7;
  readonly heard: string[] = [];
  postMessage(message: { readonly kind: string }): void {
    this.heard.push(message.kind);
    if (message.kind === 'stop') this.end();
  }
  end(): void {
    this.threadId = -1;
    this.emit('exit', 0);
  }
  terminate(): Promise<number> {
    this.end();
    return Promise.resolve(0);
  }
}

class FakeLine implements PracticeLine {
  closed = false;
  #onClose: () => void = () => undefined;
  send(): void {}
  onMessage(): void {}
  onClose(listener: () => void): void {
    this.#onClose = listener;
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#onClose();
  }
}

const who = (name: string, role: Role = 'attendant'): Principal => ({
  ...{ name, role, displayName: '', number: '', post: null, rights: new Set<never>(), tokenHash: '', lockedAt: null },
});

let temp: TempStore;
let clock: FakeClock;
let directory: string;
let threads: FakeThread[];
let host: PracticeHost;

beforeEach(() => {
  clock = new FakeClock();
  temp = tempStore(clock);
  directory = tempDirectory();
  threads = [];
  mkdirSync(join(directory, 'practice'));
  writeFileSync(join(directory, 'practice', 'left-behind'), '');
  host = new PracticeHost({
    ...{ store: temp.store, clock, log: memoryLog(), version: '1', dataDirectory: directory },
    startThread: () => {
      const thread = new FakeThread();
      threads.push(thread);
      return thread as unknown as Worker;
    },
  });
});
afterEach(async () => {
  await host.close();
  temp.dispose();
  rmSync(directory, { recursive: true, force: true });
});

const ended = () =>
  temp.store.read.journal.list({ kind: 'practice-ended', limit: 9 }).map(({ body, actor }) => ({ body, actor }));

async function begin(name = '小王'): Promise<FakeThread> {
  const start = host.start(who(name));
  await clock.advance(0);
  const thread = threads.at(-1);
  if (!thread) throw new Error('no thread was started');
  thread.emit('message', { kind: 'ready', token: 'T' });
  expect(await start).toMatchObject({ token: 'T' });
  return thread;
}

it('wipes what a station that was killed left behind', () => {
  expect(existsSync(join(directory, 'practice'))).toBe(false);
});

describe('one person practises', () => {
  it('and goes on in another window, while nobody else can begin', async () => {
    await begin();
    expect(await host.start(who('小王'))).toMatchObject({ token: 'T' });
    await expect(host.start(who('小李'))).rejects.toMatchObject({ reason: 'practice-taken' });
    expect(threads).toHaveLength(1);
  });

  it('until they are done, or a manager ends it; a colleague may not', async () => {
    await begin();
    await expect(host.stop(who('小李'))).rejects.toMatchObject({ reason: 'practice-taken' });
    expect((await host.stop(who('老陈', 'manager'))).running).toBeNull();
    expect(ended()).toMatchObject([{ actor: { name: '小王' }, body: { trainee: '小王', how: 'ended-by-other' } }]);
  });

  it('until no window has been connected for some minutes', async () => {
    const thread = await begin();
    const line = new FakeLine();
    host.connect(line);
    thread.emit('message', { kind: 'lessons', count: 3 });
    await clock.advance(60 * 60_000);
    expect(host.state().running).toMatchObject({ trainee: '小王' });
    line.close();
    await clock.advance(2 * 60_000);
    expect(host.state().running).not.toBeNull();
    await clock.advance(2 * 60_000);
    expect(host.state().running).toBeNull();
    expect(ended()).toMatchObject([{ body: { how: 'forgotten', lessons: 3 } }]);
    expect(existsSync(join(directory, 'practice'))).toBe(false);
  });

  it('until the practice station fails: windows are let go, and the real one goes on', async () => {
    const thread = await begin();
    const line = new FakeLine();
    host.connect(line);
    thread.emit('error', new Error('out of memory'));
    thread.end();
    await clock.advance(0);
    expect(line.closed).toBe(true);
    expect(ended()).toMatchObject([{ body: { how: 'failed' } }]);
    await begin('小李');
  });
});

it('a practice station that does not come up is given up, and says so', async () => {
  const start = host.start(who('小王'));
  const refused = expect(start).rejects.toMatchObject({ reason: 'practice-failed' });
  await clock.advance(31_000);
  await refused;
  expect(host.state().running).toBeNull();
});

it('a window without a practice station is turned away', () => {
  const line = new FakeLine();
  host.connect(line);
  expect(line.closed).toBe(true);
});
