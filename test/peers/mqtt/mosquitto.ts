import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../sockets.ts';
import type { ConnectedClient, TestBroker, Users } from './broker.ts';

export interface MosquittoOptions {
  /** Without it everybody may log in. */
  readonly users?: Users;
}

/** Says why there is no broker, for `ctx.skip(reason)`. */
export interface Unavailable {
  readonly unavailable: string;
}

const run = promisify(execFile);
/** Debian keeps the broker where ordinary users' PATH does not look. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
const START_TIMEOUT_MS = 5_000;

/** Runs the broker until it ends or standard input does: a test run that is killed must not leave it behind. */
const WATCHED =
  'exec 3<&0; mosquitto -c "$0" </dev/null & broker=$!; { read -r _ <&3; kill -9 $broker; } & wait $broker';

/** `… New client connected from 127.0.0.1:40000 as 234 (p2, c1, k60, u'234').` */
const CONNECTED = /New client connected from \S+ as (.+?) \(p\d+, c\d, k\d+(?:, u'(.*)')?\)/;
const GONE = /Client (\S+) (?:disconnected|closed|has exceeded)/;

/** The real mosquitto as a child process with a configuration of its own. */
export class MosquittoBroker implements TestBroker {
  readonly port: number;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #connected = new Map<string, ConnectedClient>();
  #rest = '';
  #log = '';

  constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#read(text));
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Everything it wrote, for the message of a failed test. */
  get log(): string {
    return this.#log;
  }

  clients(): readonly ConnectedClient[] {
    return [...this.#connected.values()];
  }

  /** Resolves when it says that it runs. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`mosquitto does not start: ${this.#log}`)), START_TIMEOUT_MS);
      const look = (): void => {
        if (!/ running/.test(this.#log)) return;
        clearTimeout(timer);
        this.#child.stderr?.off('data', look);
        resolve();
      };
      this.#child.stderr?.on('data', look);
      this.#child.once('error', reject);
      this.#child.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}: ${this.#log}`)));
      look();
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.stdin?.end();
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #read(text: string): void {
    this.#log += text;
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, clientId, username] = CONNECTED.exec(line) ?? [];
      if (clientId !== undefined) this.#connected.set(clientId, { clientId, username });
      const gone = GONE.exec(line)?.[1];
      if (gone !== undefined) this.#connected.delete(gone);
    }
  }
}

async function missing(): Promise<string | undefined> {
  for (const program of ['mosquitto', 'mosquitto_passwd'])
    try {
      await run('which', [program], { env: { PATH } });
    } catch {
      return `${program} is not installed (Debian: apt-get install mosquitto)`;
    }
  return undefined;
}

/** Starts the broker, or says why it cannot: `if ('unavailable' in broker) ctx.skip(broker.unavailable)`. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<MosquittoBroker | Unavailable> {
  const reason = await missing();
  if (reason !== undefined) return { unavailable: reason };
  const folder = await mkdtemp(join(tmpdir(), 'broker-'));
  const port = await freePort();
  const lines = [`listener ${port} 127.0.0.1`, 'persistence false', 'log_dest stderr', 'log_type all'];
  // Started as root it would become the user `mosquitto`, who cannot read the folder of this test.
  if (userInfo().uid === 0) lines.push('user root');
  if (options.users) {
    const file = join(folder, 'passwords');
    await writeFile(file, '', { mode: 0o600 });
    for (const [name, password] of Object.entries(options.users))
      await run('mosquitto_passwd', ['-b', file, name, password], { env: { PATH } });
    lines.push('allow_anonymous false', `password_file ${file}`);
  } else lines.push('allow_anonymous true');
  const config = join(folder, 'broker.conf');
  await writeFile(config, `${lines.join('\n')}\n`);
  const child = spawn('sh', ['-c', WATCHED, config], { env: { PATH }, stdio: ['pipe', 'ignore', 'pipe'] });
  const broker = new MosquittoBroker(port, folder, child);
  try {
    await broker.ready();
  } catch (error) {
    await broker.stop();
    throw error;
  }
  return broker;
}
