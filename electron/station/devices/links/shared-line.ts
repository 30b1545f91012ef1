import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../../runtime/ports.ts';
import type { Line, LineAddress, LineListener, Written } from '../links.ts';
import { pauseAfter } from './backoff.ts';
import { Turns } from './turns.ts';
import type { Dial, Wire, WireEvents } from './wire.ts';

const placeText = (address: LineAddress): string =>
  address.kind === 'tcp' ? `${address.host}:${address.port}` : address.path;

/** A connection that lasted as long was a good one: it is made again at once. */
const GOOD_MS = 10_000;

interface SharedLineDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly dial: Dial;
  /** Nobody is on it any more. */
  readonly left: () => void;
}

/** An attempt and what came of it. `wire` is null until it is dialled. */
interface Connection {
  wire: Wire | null;
}

/** One line and all who are on it. Connects, and connects again; a write that takes too long ends the connection, so that nothing leaves late. */
export class SharedLine {
  readonly address: LineAddress;
  readonly #deps: SharedLineDeps;
  readonly #listeners = new Set<LineListener>();
  readonly #turns = new Turns();
  readonly #writing = new Set<(written: Written) => void>();
  #connection: Connection | null = null;
  #isUp = false;
  /** What was told last; null: nothing yet. */
  #told: boolean | null = null;
  #failures = 0;
  #upSince = 0;
  #cancelRetry: Cancel = () => undefined;
  #closed = false;

  constructor(address: LineAddress, deps: SharedLineDeps) {
    this.address = address;
    this.#deps = deps;
    this.#cancelRetry = deps.clock.after(0, () => this.#connect());
  }

  join(listener: LineListener): Line {
    const isOn = (): boolean => this.#listeners.has(listener);
    const isUp = (): boolean => this.#isUp && isOn();
    this.#listeners.add(listener);
    if (this.#told !== null) {
      const up = this.#told;
      this.#deps.clock.after(0, () => {
        if (isOn() && this.#told === up) listener.state(up, up ? '已连接' : '未连接');
      });
    }
    return {
      get isUp() {
        return isUp();
      },
      write: (bytes, withinMs) => (isOn() ? this.#write(bytes, withinMs) : Promise.resolve('none')),
      turn: (urgency, task) => this.#turns.take(urgency, task),
      reset: (why) => {
        if (isOn()) this.#drop(why);
      },
      close: () => {
        if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#close();
      },
    };
  }

  #connect(): void {
    if (this.#closed) return;
    const mine: Connection = { wire: null };
    const isMine = (): boolean => this.#connection === mine;
    this.#connection = mine;
    const events: WireEvents = {
      opened: () => {
        if (!isMine()) return;
        this.#isUp = true;
        this.#upSince = this.#deps.clock.monotonic();
        this.#tell(true, '已连接');
      },
      data: (bytes) => {
        if (isMine()) for (const listener of [...this.#listeners]) this.#call(() => listener.data(bytes));
      },
      closed: (why, original) => {
        if (!isMine()) return;
        if (original !== undefined && this.#told !== false)
          this.#deps.log.info('a line is not open', { place: placeText(this.address), reason: original });
        this.#lost(why);
      },
    };
    try {
      mine.wire = this.#deps.dial(this.address, events);
    } catch (error) {
      events.closed(errorText(error));
    }
  }

  #close(): void {
    const { wire } = this.#connection ?? { wire: null };
    // Whoever waits for a write gives up what was not sent; else the end of what was sent still leaves.
    const waiting = this.#writing.size > 0 || !this.#isUp;
    this.#closed = true;
    this.#cancelRetry();
    this.#lost('已关闭');
    if (wire?.finish && !waiting) wire.finish();
    else wire?.destroy();
    this.#deps.left();
  }

  /** Whoever holds the connection gives it up; the next one comes after a pause. */
  #drop(why: string): void {
    const connection = this.#connection;
    if (!connection) return;
    this.#lost(why);
    connection.wire?.destroy();
  }

  #lost(why: string): void {
    this.#connection = null;
    const wasGood = this.#isUp && this.#deps.clock.monotonic() - this.#upSince >= GOOD_MS;
    this.#failures = wasGood ? 0 : this.#failures + 1;
    this.#isUp = false;
    for (const end of [...this.#writing]) end('some');
    if (this.#closed) return;
    this.#cancelRetry = this.#deps.clock.after(pauseAfter(this.#failures, this.#deps.entropy), () => this.#connect());
    this.#tell(false, why);
  }

  #write(bytes: Uint8Array, withinMs: number): Promise<Written> {
    const connection = this.#connection;
    const wire = connection?.wire;
    if (!wire || !this.#isUp) return Promise.resolve('none');
    return new Promise((resolve) => {
      const end = (written: Written): void => {
        if (!this.#writing.delete(end)) return;
        cancel();
        resolve(written);
      };
      this.#writing.add(end);
      const cancel = this.#deps.clock.after(withinMs, () => {
        end('some');
        if (this.#connection === connection) this.#drop('写入超时');
      });
      wire.write(bytes, (failure) => end(failure === null ? 'written' : 'some'));
    });
  }

  #tell(up: boolean, detail: string): void {
    if (this.#told === up) return;
    this.#told = up;
    for (const listener of [...this.#listeners]) this.#call(() => listener.state(up, detail));
  }

  /** What one of them does wrong is no reason to leave the others without their bytes. */
  #call(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#deps.log.error('a device failed on its line', {
        error: errorText(error),
      });
    }
  }
}
