import { close, constants, open, read, type Stats, stat, write } from 'node:fs';
import type { Cancel, Clock } from '../../runtime/ports.ts';
import type { LineAddress } from '../links.ts';
import { whyText } from './why.ts';
import type { Dial, WireEvents } from './wire.ts';

/** A printer that takes nothing now is offered the rest again after so long. */
const AGAIN_MS = 20;
/** What it answers is looked for in this rhythm, and for so long after it was written to: it says nothing by itself. */
const LISTEN_EVERY_MS = 20;
const LISTEN_FOR_MS = 8_000;
/** A printer that was pulled out takes its device file along; a file that is only written to would not tell. */
const LOOK_EVERY_MS = 5_000;

const GONE = '设备文件不存在，打印机没有插好';
const SHUT = '设备文件已关闭';

interface Piece {
  readonly bytes: Uint8Array;
  readonly done: (failure: string | null) => void;
}

/**
 * A device file of a USB printer. It is opened once, for both ways where it is a device, because the system lets nobody open it
 * a second time; and never waited for inside of a call: whatever is not taken at once is offered again by a timer, so that a printer without
 * paper occupies none of the few threads that do the work of files for the whole program.
 */
export const dialFile =
  (clock: Clock): Dial<Extract<LineAddress, { kind: 'file' }>> =>
  ({ path }, events) => {
    const wire = new FileWire(path, clock, events);
    wire.open();
    return wire;
  };

class FileWire {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #events: WireEvents;
  #fd: number | null = null;
  #isOver = false;
  #answers = false;
  /** Calls to the system that have not ended: the file is not closed under them. */
  #calls = 0;
  #pieces: Piece[] = [];
  #offset = 0;
  #writing = false;
  #listening = false;
  #listenUntil = 0;
  #cancelWrite: Cancel = () => undefined;
  #cancelRead: Cancel = () => undefined;
  #cancelLook: Cancel = () => undefined;

  constructor(path: string, clock: Clock, events: WireEvents) {
    this.#path = path;
    this.#clock = clock;
    this.#events = events;
  }

  /** Neither made nor emptied: what is not there is a printer that is not plugged in. */
  open(): void {
    stat(this.#path, (missing, stats) => {
      if (missing) this.#over(missing.code === 'ENOENT' ? GONE : whyText(missing));
      else if (!this.#isOver) this.#openAs(stats);
    });
  }

  #openAs(stats: Stats): void {
    const { O_RDWR, O_WRONLY, O_APPEND, O_NONBLOCK } = constants;
    // Only a device answers: what is read from anything else would be our own words.
    const ways = stats.isCharacterDevice()
      ? [O_RDWR | O_NONBLOCK, O_WRONLY | O_NONBLOCK]
      : [O_WRONLY | O_APPEND | O_NONBLOCK];
    const attempt = (index: number): void =>
      open(this.#path, ways[index] ?? O_WRONLY, (error, fd) => {
        if (!error) this.#opened(fd, stats.isCharacterDevice() && index === 0);
        else if (index + 1 < ways.length && !this.#isOver) attempt(index + 1);
        else this.#over(error.code === 'ENXIO' ? '设备文件没有打印机在读' : whyText(error));
      });
    attempt(0);
  }

  #opened(fd: number, answers: boolean): void {
    this.#fd = fd;
    this.#answers = answers;
    if (this.#isOver) {
      this.#closeWhenQuiet();
      return;
    }
    this.#look();
    this.#events.opened();
  }

  write(bytes: Uint8Array, done: (failure: string | null) => void): void {
    if (this.#isOver || this.#fd === null) {
      done(SHUT);
      return;
    }
    this.#pieces.push({ bytes, done });
    this.#listenUntil = this.#clock.monotonic() + LISTEN_FOR_MS;
    if (!this.#writing) this.#next();
    if (this.#answers && !this.#listening) this.#listen();
  }

  destroy(): void {
    this.#over(SHUT);
  }

  #next(): void {
    const [piece] = this.#pieces;
    const fd = this.#fd;
    this.#writing = piece !== undefined;
    if (!piece || fd === null || this.#isOver) return;
    this.#calls += 1;
    write(fd, piece.bytes, this.#offset, piece.bytes.byteLength - this.#offset, null, (error, taken) => {
      this.#calls -= 1;
      if (this.#isOver) return this.#closeWhenQuiet();
      if (error && error.code !== 'EAGAIN') return this.#over(whyText(error));
      this.#offset += error ? 0 : taken;
      if (this.#offset < piece.bytes.byteLength) {
        this.#cancelWrite = this.#clock.after(error || taken === 0 ? AGAIN_MS : 0, () => this.#next());
        return;
      }
      this.#pieces.shift();
      this.#offset = 0;
      piece.done(null);
      this.#next();
    });
  }

  #listen(): void {
    const fd = this.#fd;
    this.#listening = fd !== null && !this.#isOver && this.#clock.monotonic() < this.#listenUntil;
    if (!this.#listening || fd === null) return;
    const bytes = new Uint8Array(256);
    this.#calls += 1;
    read(fd, bytes, 0, bytes.byteLength, null, (error, got) => {
      this.#calls -= 1;
      if (this.#isOver) return this.#closeWhenQuiet();
      if (error && error.code !== 'EAGAIN') {
        // It is one that cannot be read from; it is written to all the same.
        this.#answers = false;
        this.#listening = false;
        return;
      }
      if (!error && got > 0) this.#events.data(bytes.subarray(0, got));
      this.#cancelRead = this.#clock.after(LISTEN_EVERY_MS, () => this.#listen());
    });
  }

  #look(): void {
    this.#cancelLook = this.#clock.after(LOOK_EVERY_MS, () =>
      stat(this.#path, (missing) => {
        if (this.#isOver) return;
        if (missing) this.#over(GONE);
        else this.#look();
      }),
    );
  }

  #over(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelWrite();
    this.#cancelRead();
    this.#cancelLook();
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#closeWhenQuiet();
    for (const { done } of pieces) done(why);
    this.#events.closed(why);
  }

  #closeWhenQuiet(): void {
    const fd = this.#fd;
    if (fd === null || this.#calls > 0) return;
    this.#fd = null;
    close(fd, () => undefined);
  }
}
