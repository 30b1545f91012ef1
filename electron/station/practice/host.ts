import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Lesson, PracticeState } from '../../../shared/contract/practice.ts';
import type { EventBody } from '../../../shared/domain/events.ts';
import { ranksAtLeast } from '../../../shared/domain/rights.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import type { Principal } from '../api/context.ts';
import type { PracticeLine, PracticePort } from '../api/practice-port.ts';
import { ConflictError, errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { fromThreadSchema, type Seat, type ToThread } from './protocol.ts';

/** With no window connected for this long, nobody practises any more. */
const FORGOTTEN_MS = 3 * 60_000;
const READY_MS = 30_000;
const STOP_MS = 5_000;

type How = EventBody<'practice-ended'>['how'];

export interface PracticeHostDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** The real station's own; the practice station gets a folder in it, and knows no more of it. */
  readonly dataDirectory: string;
  readonly startThread: (seat: Seat) => Worker;
}

interface Running {
  readonly trainee: string;
  readonly since: EpochMs;
  readonly thread: Worker;
  readonly ready: Promise<string>;
  readonly lines: Set<PracticeLine>;
  lessons: number;
  forget: Cancel;
}

const refused = (): never => {
  throw new ConflictError('not-practising', '只有训练模式里才有练习车辆');
};

/**
 * Practice mode as the real station knows it: somebody practises, since when, and a door for their windows. The practice station
 * lives in a thread of its own with a directory of its own; nothing but the bytes of those windows goes in or out.
 */
export class PracticeHost implements PracticePort {
  readonly #deps: PracticeHostDeps;
  readonly #directory: string;
  #running: Running | null = null;
  #ending: Promise<void> = Promise.resolve();

  constructor(deps: PracticeHostDeps) {
    this.#deps = deps;
    this.#directory = join(deps.dataDirectory, 'practice');
    // Left behind by a station that was killed.
    this.#wipe();
  }

  state(): PracticeState {
    const running = this.#running;
    return {
      practising: false,
      running: running && { trainee: running.trainee, since: toRfc3339(running.since) },
    };
  }

  async start(who: Principal): Promise<{ readonly token: string; readonly since: string }> {
    await this.#ending;
    const other = this.#running;
    if (other && other.trainee !== who.name)
      throw new ConflictError('practice-taken', `${other.trainee} 正在训练，请等其结束`);
    const running = other ?? this.#begin(who);
    try {
      const token = await running.ready;
      return { token, since: toRfc3339(running.since) };
    } catch (error) {
      this.#deps.log.error('practice could not begin', { error: errorText(error) });
      await this.#end(running, 'failed');
      throw new ConflictError('practice-failed', '训练模式没有启动成功，请稍后再试');
    }
  }

  async stop(who: Principal): Promise<PracticeState> {
    const running = this.#running;
    if (running) {
      const own = running.trainee === who.name;
      if (!own && !ranksAtLeast(who.role, 'manager'))
        throw new ConflictError('practice-taken', `${running.trainee} 正在训练，只有本人或车场经理可以结束`);
      await this.#end(running, own ? 'left' : 'ended-by-other');
    }
    return this.state();
  }

  send(): Lesson {
    return refused();
  }

  lessons(): Lesson[] {
    return refused();
  }

  /** A window wants to speak to the practice station; without one it is turned away. */
  connect(line: PracticeLine): void {
    const running = this.#running;
    if (!running) {
      line.close();
      return;
    }
    const { port1, port2 } = new MessageChannel();
    running.lines.add(line);
    running.forget();
    line.onMessage((data) => port1.postMessage(data));
    port1.on('message', (data: string | Uint8Array | ArrayBuffer) => line.send(data));
    port1.on('close', () => line.close());
    line.onClose(() => {
      port1.close();
      running.lines.delete(line);
      if (running.lines.size === 0) this.#forgetLater(running);
    });
    this.#tell(running, { kind: 'connect', port: port2 });
  }

  /** The real station stops. */
  async close(): Promise<void> {
    if (this.#running) await this.#end(this.#running, 'station-stopped');
    await this.#ending;
  }

  #begin(who: Principal): Running {
    const { clock, store, version } = this.#deps;
    this.#wipe();
    mkdirSync(this.#directory, { recursive: true });
    chmodSync(this.#directory, 0o700);
    const since = clock.now();
    const thread = this.#deps.startThread({ directory: this.#directory, version, trainee: who.name });
    const ready = Promise.withResolvers<string>();
    ready.promise.catch(() => undefined);
    const running: Running = {
      ...{ trainee: who.name, since, thread, ready: ready.promise, lines: new Set(), lessons: 0 },
      forget: () => undefined,
    };
    this.#running = running;
    const late = clock.after(READY_MS, () => ready.reject(new Error('not ready in time')));
    ready.promise.finally(late).catch(() => undefined);
    thread.on('message', (message: unknown) => this.#heard(running, ready, message));
    thread.on('error', (error: unknown) => {
      this.#deps.log.error('the practice station failed', { error: errorText(error) });
      ready.reject(error);
    });
    thread.on('exit', () => {
      ready.reject(new Error('the practice station ended'));
      // Windows learn it from their ports, which closed with the thread.
      if (this.#running === running) void this.#end(running, 'failed');
    });
    store.write((tx) =>
      tx.record({
        kind: 'practice-started',
        ...{ key: null, laneId: null, passageId: null, actor: { kind: 'user', name: who.name } },
        body: {},
      }),
    );
    this.#forgetLater(running);
    return running;
  }

  #heard(running: Running, ready: PromiseWithResolvers<string>, raw: unknown): void {
    const message = fromThreadSchema.parse(raw);
    if (message.kind === 'ready') ready.resolve(message.token);
    else if (message.kind === 'failed') ready.reject(new Error(message.reason));
    else if (message.kind === 'lessons') running.lessons = message.count;
    else this.#deps.log[message.level](message.message, message.fields);
  }

  #forgetLater(running: Running): void {
    running.forget();
    running.forget = this.#deps.clock.after(FORGOTTEN_MS, () => {
      if (this.#running === running && running.lines.size === 0) void this.#end(running, 'forgotten');
    });
  }

  #end(running: Running, how: How): Promise<void> {
    if (this.#running !== running) return this.#ending;
    this.#running = null;
    running.forget();
    this.#ending = this.#wind(running, how).catch((error: unknown) =>
      this.#deps.log.error('practice did not end cleanly', { error: errorText(error) }),
    );
    return this.#ending;
  }

  async #wind(running: Running, how: How): Promise<void> {
    const { store, clock } = this.#deps;
    store.write((tx) =>
      tx.record({
        kind: 'practice-ended',
        ...{ key: null, laneId: null, passageId: null, actor: { kind: 'user', name: running.trainee } },
        body: { trainee: running.trainee, from: running.since, how, lessons: running.lessons },
      }),
    );
    const gone = new Promise<void>((resolve) => {
      running.thread.once('exit', () => resolve());
    });
    this.#tell(running, { kind: 'stop' });
    const cancel = clock.after(STOP_MS, () => void running.thread.terminate());
    if (running.thread.threadId !== -1) await gone;
    cancel();
    for (const line of [...running.lines]) line.close();
    this.#wipe();
  }

  #tell(running: Running, message: ToThread): void {
    running.thread.postMessage(message, message.kind === 'connect' ? [message.port] : []);
  }

  #wipe(): void {
    try {
      rmSync(this.#directory, { recursive: true, force: true });
    } catch (error) {
      this.#deps.log.warn('what was practised could not be wiped', { error: errorText(error) });
    }
  }
}
