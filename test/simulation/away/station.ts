import { subscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { Log } from '../../../electron/station/runtime/ports.ts';
import { ADMIN } from '../../support/station-process.ts';
import { answerCalls, Called, tell } from './calls.ts';
import { DrivenClock } from './driven-clock.ts';
import { Turns } from './turns.ts';

/** The whole station in a process of its own, on a clock that is moved by whoever started it, so that it can be killed like any program. */

const startSchema = z.object({
  ...{ data: z.string(), port: z.int(), provisionFile: z.string().nullable() },
  /** What the PC's clock shows at the start. */
  startsAt: z.int(),
});
type StationStart = z.infer<typeof startSchema>;

const nothing = z.unknown();
const memorySchema = z.object({ rss: z.number() });
const signedIn = z.object({ token: z.string() });

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) serve();

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

function serve(): void {
  let underWay = 0;
  subscribe('undici:request:create', () => {
    underWay += 1;
  });
  for (const end of ['undici:request:trailers', 'undici:request:error'])
    subscribe(end, () => {
      underWay -= 1;
    });
  const log: Log = {
    ...{ debug: () => undefined, info: () => undefined, warn: () => undefined },
    error: (message, fields = {}) => tell(`${message} ${JSON.stringify(fields)}`),
    child: () => log,
  };
  const turns = new Turns();
  let clock: DrivenClock | undefined;
  const started = (): DrivenClock => {
    if (!clock) throw new Error('not started');
    return clock;
  };
  let stop = async (): Promise<void> => undefined;
  answerCalls({
    start: async (given) => {
      const { data, port, provisionFile, startsAt } = startSchema.parse(given);
      const { openStation } = await import('../../../electron/station/station.ts');
      clock = new DrivenClock(startsAt, () => underWay);
      const station = await openStation({
        ...{ dataDirectory: data, host: '127.0.0.1', port, provisionFile, demo: false },
        ...{ version: 'away', log, clock },
      });
      stop = () => station.stop();
    },
    advance: (to) => started().advance(z.number().parse(to)),
    run: () => started().run(),
    runFromRequest: () => started().runFromRequest(),
    now: () => started().now(),
    longestTurn: () => turns.take(),
    memory: () => process.memoryUsage(),
    held: () => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
    stop: async () => {
      started().run();
      await stop();
    },
  });
}

export class AwayStation {
  readonly #called: Called;
  readonly #url: string;
  #token = '';

  private constructor(called: Called, url: string) {
    this.#called = called;
    this.#url = url;
  }

  /** Resolves when it serves. Its clock runs by itself until it is moved for the first time. */
  static async start(options: StationStart): Promise<AwayStation> {
    const called = new Called(fileURLToPath(import.meta.url), []);
    await called.call(nothing, 'start', options);
    return new AwayStation(called, `http://127.0.0.1:${options.port}`);
  }

  /** Errors in its log. */
  get errors(): readonly string[] {
    return this.#called.told;
  }

  advance(to: number): Promise<unknown> {
    return this.#called.call(nothing, 'advance', to);
  }

  run(): Promise<unknown> {
    return this.#called.call(nothing, 'run');
  }

  /** Its clock moves on until a request leaves for the city, and runs by itself from there. */
  runFromRequest(): Promise<unknown> {
    return this.#called.call(nothing, 'runFromRequest');
  }

  now(): Promise<number> {
    return this.#called.call(z.number(), 'now');
  }

  /** How long its thread worked at most without a turn for a lane, since this was asked the last time. */
  longestTurn(): Promise<number> {
    return this.#called.call(z.number(), 'longestTurn');
  }

  /** Memory that the process has, in bytes. */
  async memory(): Promise<number> {
    return (await this.#called.call(memorySchema, 'memory')).rss;
  }

  /** What is left of its memory when all garbage has been collected. */
  held(): Promise<number> {
    return this.#called.call(z.number(), 'held');
  }

  kill(): Promise<void> {
    return this.#called.kill();
  }

  async stop(): Promise<void> {
    await this.#called.call(nothing, 'stop');
    await this.#called.kill();
  }

  /** One call below `/api/v1` as the administrator: GET without a body, else POST. */
  async ask<S extends z.ZodType>(schema: S, path: string, body?: unknown): Promise<z.output<S>> {
    let response = await this.#fetch(path, body);
    if (response.status === 401) {
      const { name, password } = ADMIN;
      const told = await this.#fetch('/sign-in', { name, password });
      this.#token = signedIn.parse(await told.json()).token;
      response = await this.#fetch(path, body);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return schema.parse(JSON.parse(text));
  }

  #fetch(path: string, body: unknown): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${this.#url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...json, ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }) },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
