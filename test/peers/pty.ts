import { type ChildProcess, type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MangledWire, type Wire, type WireDirection, type WireFault } from './wire.ts';

const run = promisify(execFile);
const SOCAT = 'socat';
const START_TIMEOUT_MS = 5_000;

/** Says why there is no serial line, for `ctx.skip(reason)`. */
export interface NoPty {
  readonly unavailable: string;
}

/**
 * A serial line: the station opens `path`, a real pty, and whatever stands at the other end is plugged in as a wire. socat holds the pty;
 * its other side is our pipe, so the line ends with the test run however that ends.
 */
export class Pty implements Wire {
  readonly #folder: string;
  readonly #listeners = new Set<(bytes: Buffer) => void>();
  readonly #mangled: MangledWire;
  #socat: ChildProcessWithoutNullStreams | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#mangled = new MangledWire({
      write: (bytes) => {
        this.#socat?.stdin.write(bytes);
      },
      onBytes: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    });
  }

  /** What the station opens, as `/dev/ttyUSB0`; absent while the line is cut. */
  get path(): string {
    return join(this.#folder, 'tty');
  }

  write(bytes: Uint8Array): void {
    this.#mangled.write(bytes);
  }

  onBytes(listener: (bytes: Buffer) => void): () => void {
    return this.#mangled.onBytes(listener);
  }

  /** What the line does to its bytes from now on; `{}` heals it. */
  fault(direction: WireDirection, fault: WireFault): void {
    this.#mangled.fault(direction, fault);
  }

  hold(held: boolean): void {
    if (held) this.#socat?.stdout.pause();
    else this.#socat?.stdout.resume();
  }

  /** The speed to which the station has set its port; `null` where that cannot be asked. */
  async speed(): Promise<number | null> {
    const asked = await run('stty', ['-F', this.path, 'speed']).catch(() => null);
    return asked ? Number(asked.stdout.trim()) : null;
  }

  /** Unplugs it: an open port hangs up, and the path is gone. */
  async cut(): Promise<void> {
    const socat = this.#socat;
    if (!socat) return;
    this.#socat = undefined;
    const ended = new Promise<void>((resolve) => socat.once('close', () => resolve()));
    socat.kill('SIGTERM');
    socat.stdout.resume();
    await ended;
  }

  /** Plugs it in (again), under the same path. Rejects when socat does not start. */
  async replug(): Promise<void> {
    await this.cut();
    const socat = spawn(SOCAT, ['-d', '-d', `pty,raw,echo=0,link=${this.path}`, 'stdio']);
    socat.stdin.on('error', () => undefined);
    socat.stdout.on('data', (bytes: Buffer) => {
      for (const listener of [...this.#listeners]) listener(bytes);
    });
    await running(socat);
    this.#socat = socat;
  }

  async stop(): Promise<void> {
    await this.cut();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A serial line, plugged in; or the reason why there is none. */
export async function startPty(): Promise<Pty | NoPty> {
  const found = await run(SOCAT, ['-V']).then(
    () => true,
    () => false,
  );
  if (!found) return { unavailable: 'socat is not installed' };
  const pty = new Pty(await mkdtemp(join(tmpdir(), 'gatehouse-pty-')));
  await pty.replug();
  return pty;
}

function running(socat: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const late = setTimeout(() => reject(new Error(`socat did not start: ${log}`)), START_TIMEOUT_MS);
    const settle = (done: () => void): void => {
      clearTimeout(late);
      done();
    };
    socat.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('starting data transfer loop')) settle(resolve);
    });
    socat.once('error', (error) => settle(() => reject(error)));
    socat.once('exit', () => settle(() => reject(new Error(`socat ended: ${log}`))));
  });
}
