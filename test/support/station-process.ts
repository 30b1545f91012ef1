import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { listen } from '../peers/sockets.ts';
import { inSources } from './in-sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fromSources = join(root, 'scripts/station.mjs');
/** The program of this run of the tests (scripts/lib/test-station.mjs); undefined where there is none, as in benches. */
const bundle = process.env['GATEHOUSE_TEST_STATION'];
const clockShim = new URL('./shift-clock.ts', import.meta.url).href;
const hashesShim = new URL('./quick-hashes.ts', import.meta.url).href;
/** Young objects get room for all that a start makes, which is needed for good: a fifth of a start went into moving them about. */
const ROOM = '--min-semi-space-size=64';
/** What was compiled for one station serves the next: a start costs a third less, and a run of all tests makes hundreds. */
const compiled = join(bundle ?? join(root, 'node_modules/.cache/gatehouse-tests'), 'compiled');

const START_MS = 20_000;
const STOP_MS = 15_000;

/** Name and password of the administrator that {@link provision} makes. */
export const ADMIN = { name: 'admin', password: 'correct horse battery' } as const;

export interface StationStart {
  /** Written to a file and given with `--provision`; absent: what the data directory holds. */
  readonly provision?: object;
  /** A directory of its own otherwise, which {@link StationProcess.dispose} removes. */
  readonly data?: string;
  readonly port?: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How far the PC's wall clock is from the real time at first. */
  readonly clockOffsetMs?: number;
  /** From the sources, as `npm run serve` does, even where there is a bundle. */
  readonly sources?: boolean;
  /** Passwords cost what they cost in a car park, for a test of exactly that. */
  readonly realHashes?: boolean;
}

/** How a process ended: its exit code, or `null` when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const readyLine = z.object({ event: z.literal('ready'), url: z.url() });
const logLine = z.looseObject({ level: z.number(), msg: z.string() });
export type LogEntry = z.infer<typeof logLine>;
const signedIn = z.object({ token: z.string() });

/** A TCP port below the range that the system hands out by itself, so that nobody gets it while a station restarts. */
export async function stablePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 11_000);
    const server = createServer();
    try {
      await listen(server, port);
    } catch {
      continue;
    }
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('no free port');
}

export const tempDirectory = (): string => mkdtempSync(join(tmpdir(), 'gatehouse-it-'));

/** What a test loads into the station beforehand may meet its modules: in a bundle there are none to be met. */
const program = ({ sources, env }: StationStart): string =>
  bundle === undefined || sources === true || env?.['NODE_OPTIONS'] !== undefined
    ? fromSources
    : join(bundle, 'headless.js');

function launch(args: readonly string[], start: StationStart): ChildProcess {
  const shims = start.realHashes === true ? [clockShim] : [clockShim, hashesShim];
  const options = [ROOM, ...shims.flatMap((shim) => ['--import', shim])];
  return spawn(process.execPath, [...options, program(start), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      // Vitest's own settings are none of the station's business.
      NODE_OPTIONS: '',
      NODE_COMPILE_CACHE: compiled,
      TEST_CLOCK_OFFSET_MS: String(start.clockOffsetMs ?? 0),
      ...start.env,
    },
  });
}

/** Runs `serve` with exactly these arguments until it ends by itself. */
export async function runToEnd(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = launch(args, { env });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  await once(child, 'close');
  clearTimeout(timer);
  return { code: child.exitCode, stdout, stderr };
}

/** The real station as a child process, as `npm run serve` starts it, on loopback. */
export class StationProcess {
  readonly url: string;
  readonly data: string;
  readonly port: number;
  /** Lines of standard error as they came. */
  readonly stderr: readonly string[];
  readonly stdout: readonly string[];
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly #ownsData: boolean;
  #token: string | undefined;

  private constructor(made: {
    readonly child: ChildProcess;
    readonly ended: Promise<number | null>;
    readonly url: string;
    readonly data: string;
    readonly ownsData: boolean;
    readonly stdout: readonly string[];
    readonly stderr: readonly string[];
  }) {
    this.#child = made.child;
    this.#ended = made.ended;
    this.url = made.url;
    this.port = Number(new URL(made.url).port);
    this.data = made.data;
    this.#ownsData = made.ownsData;
    this.stdout = made.stdout;
    this.stderr = made.stderr;
  }

  /** Starts it and waits for its ready line. */
  static async start(start: StationStart = {}): Promise<StationProcess> {
    const data = start.data ?? tempDirectory();
    const args = ['--data', data, '--port', String(start.port ?? 0)];
    if (start.provision !== undefined) {
      const file = join(data, 'given-provision.json');
      writeFileSync(file, JSON.stringify(start.provision), { mode: 0o600 });
      args.push('--provision', file);
    }
    const child = launch([...args, ...(start.args ?? [])], start);
    const stdout: string[] = [];
    const stderr: string[] = [];
    if (!child.stdout || !child.stderr) throw new Error('the station has no pipes');
    createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line));
    const ended = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.once('error', () => resolve(null));
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => stdout.push(line));
    let timer: NodeJS.Timeout | undefined;
    try {
      const first = await Promise.race([
        once(lines, 'line').then(([line]) => String(line)),
        ended.then((code) => {
          throw new Error(`the station ended with ${code}:\n${inSources(stderr.join('\n'))}`);
        }),
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error(`not ready in time:\n${inSources(stderr.join('\n'))}`)), START_MS);
        }),
      ]);
      const { url } = readyLine.parse(JSON.parse(first));
      if (child.connected) child.send({ keepCompiled: true });
      return new StationProcess({ child, ended, url, data, ownsData: start.data === undefined, stdout, stderr });
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where Vzenith cameras post. */
  get cameraUrl(): string {
    return `${this.url}/devices/vzenith-http`;
  }

  /** Log lines so far; whatever is no log line fails the test. */
  logs(): LogEntry[] {
    return this.stderr.map((line) => logLine.parse(JSON.parse(line)));
  }

  async signIn(name: string = ADMIN.name, password: string = ADMIN.password): Promise<string> {
    const response = await this.raw('/api/v1/sign-in', { method: 'POST', body: { name, password } });
    if (!response.ok) throw new Error(`sign-in of ${name}: ${response.status} ${await response.text()}`);
    return signedIn.parse(await response.json()).token;
  }

  /** One request, signed in with `token` where given. `body` is sent as JSON. */
  raw(
    path: string,
    init: { readonly method?: string; readonly body?: unknown; readonly token?: string } = {},
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (init.body !== undefined) headers['content-type'] = 'application/json';
    if (init.token !== undefined) headers['authorization'] = `Bearer ${init.token}`;
    return fetch(`${this.url}${path}`, {
      method: init.method ?? 'GET',
      headers,
      signal: AbortSignal.timeout(10_000),
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
  }

  /** GET below `/api/v1` as the administrator; the answer must fit `schema`. */
  get<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> {
    return this.#call(schema, path, 'GET');
  }

  /** The same with POST (or another method) and a body. */
  send<S extends z.ZodType>(schema: S, path: string, body: unknown, method = 'POST'): Promise<z.output<S>> {
    return this.#call(schema, path, method, body);
  }

  async #call<S extends z.ZodType>(schema: S, path: string, method: string, body?: unknown): Promise<z.output<S>> {
    const known = this.#token;
    this.#token ??= await this.signIn();
    let response = await this.raw(`/api/v1${path}`, { method, body, token: this.#token });
    // A test that lets a day pass is signed out like anybody else.
    if (response.status === 401 && known !== undefined) {
      this.#token = await this.signIn();
      response = await this.raw(`/api/v1${path}`, { method, body, token: this.#token });
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return schema.parse(JSON.parse(text));
  }

  /** Sets the PC's wall clock: from now on it is `offsetMs` away from the real time. */
  async setClock(offsetMs: number): Promise<void> {
    const set = once(this.#child, 'message');
    this.#child.send({ clockOffsetMs: offsetMs });
    await set;
  }

  /** Memory in use, in bytes; `undefined` where the system does not tell. */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  /** Resolves with the exit code, `null` after a signal. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Asks it to stop, as a service manager does. */
  async sigterm(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    const code = await this.#ended;
    clearTimeout(timer);
    return code;
  }

  /** The end without warning. */
  async kill9(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ends it however it can be ended, and removes a directory that was its own. */
  async dispose(): Promise<void> {
    if (this.running) await this.kill9();
    if (this.#ownsData) rmSync(this.data, { recursive: true, force: true });
  }
}
