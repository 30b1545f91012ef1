import { type PeerClock, realClock } from '../clock.ts';
import { TcpDevice } from '../tcp-device.ts';
import type { Through, Wire } from '../wire.ts';
import { Interpreter } from './interpreter.ts';
import type { DrawerPulse, Printed, PrintedLine, Receipt } from './page.ts';
import { Paper } from './paper.ts';

export interface PrinterOptions {
  /** Half-width columns of its paper, 48 or 32: wider lines are complained of. Default: nobody counts. */
  readonly width?: number;
  /** Prints, and never answers, as many on USB. */
  readonly oneWay?: boolean;
  /** What it takes in while it cannot print; then it stops reading. Default: 4096 bytes. */
  readonly bufferBytes?: number;
  /** For its connections: faults of the line. */
  readonly through?: Through;
  readonly clock?: PeerClock;
}

/** What is wrong with it. Everything absent is in order. */
export interface Trouble {
  readonly paper?: 'near-end' | 'out';
  readonly coverOpen?: boolean;
  /** Switched off-line at its button. */
  readonly offLine?: boolean;
  readonly error?: 'cutter' | 'unrecoverable' | 'overheated';
  readonly drawerOpen?: boolean;
  /** It stops reading at once, whatever is on the line. */
  readonly stalled?: boolean;
}

/** A receipt printer with a drawer, behind any number of wires. What it printed lies in `receipts`, up to each cut. */
export class ReceiptPrinter {
  readonly drawer: DrawerPulse[] = [];
  /** Bytes of status that it sent, in order. */
  readonly answers: number[] = [];
  readonly #options: PrinterOptions;
  readonly #clock: PeerClock;
  readonly #paper: Paper;
  readonly #tcp: TcpDevice;
  readonly #wires = new Set<Wire>();
  readonly #interpreter: Interpreter;
  #replies: number[] = [];
  #trouble: Trouble = {};
  /** Came while it could not print. */
  #buffer: { readonly wire: Wire | null; readonly bytes: Buffer }[] = [];

  constructor(options: PrinterOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
    this.#paper = new Paper(options.width);
    this.#tcp = new TcpDevice((wire) => this.plug(wire), options.through);
    this.#interpreter = new Interpreter({
      paper: this.#paper,
      drawer: (pin, onMs, offMs) => this.drawer.push({ at: this.#clock.now(), pin, onMs, offMs }),
      status: (kind, n) => this.#replies.push(this.#status(kind, n)),
    });
  }

  get receipts(): readonly Receipt[] {
    return this.#paper.receipts;
  }

  /** Printed since the last cut. */
  get hanging(): readonly Printed[] {
    return this.#paper.hanging;
  }

  /** The lines of the receipt that was cut last; an empty list before the first. */
  get lines(): readonly string[] {
    const items = this.receipts.at(-1)?.items ?? [];
    return items.filter((item): item is PrintedLine => item.kind === 'text').map(({ text }) => text);
  }

  /** Unknown commands, text that is no GBK, lines that are too wide, and the like. */
  get complaints(): readonly string[] {
    return this.#paper.complaints;
  }

  /** Bytes that wait until it can print again. */
  get buffered(): number {
    return this.#buffer.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Connections that are open on its TCP port. */
  get connections(): number {
    return this.#tcp.open;
  }

  /** Replaces what is wrong with it; `{}` is a printer in order, which prints what waited. */
  set(trouble: Trouble): void {
    this.#trouble = trouble;
    if (this.#canPrint)
      for (const { wire, bytes } of this.#buffer.splice(0)) {
        for (const answer of this.#print(bytes)) wire?.write(Buffer.of(answer));
      }
    this.#holdWires();
  }

  /** Bytes of a job, torn or merged. @returns its answers */
  receive(bytes: Uint8Array): Buffer {
    return Buffer.from(this.#take(null, Buffer.from(bytes)));
  }

  /** @returns unplugs it */
  plug(wire: Wire): () => void {
    this.#wires.add(wire);
    const unplug = wire.onBytes((bytes) => {
      for (const answer of this.#take(wire, bytes)) wire.write(Buffer.of(answer));
      this.#holdWires();
    });
    this.#holdWires();
    return () => {
      unplug();
      this.#wires.delete(wire);
    };
  }

  /** As on port 9100. Resolves with the port. */
  listen(port?: number): Promise<number> {
    return this.#tcp.listen(port);
  }

  /** Resets its connections. */
  cut(): void {
    this.#tcp.cut();
  }

  /** What waited is lost, and what was being set. */
  powerLoss(): void {
    this.#buffer = [];
    this.#interpreter.forget();
    this.#paper.reset();
    this.#tcp.cut();
  }

  async stop(): Promise<void> {
    await this.#tcp.stop();
  }

  get #canPrint(): boolean {
    const { paper, coverOpen, offLine, error, stalled } = this.#trouble;
    return !(paper === 'out' || coverOpen || offLine || error !== undefined || stalled);
  }

  #holdWires(): void {
    const full = this.buffered >= (this.#options.bufferBytes ?? 4_096);
    for (const wire of this.#wires) wire.hold?.(this.#trouble.stalled === true || full);
  }

  #take(wire: Wire | null, bytes: Buffer): number[] {
    if (this.#canPrint) return this.#print(bytes);
    // Real-time commands are obeyed while nothing is printed; the rest waits.
    const answers: number[] = [];
    let from = 0;
    for (let at = 0; at + 2 < bytes.length && !this.#trouble.stalled; at += 1) {
      if (bytes[at] !== 0x10 || bytes[at + 1] !== 0x04) continue;
      answers.push(this.#status('real-time', bytes[at + 2] ?? 0));
      this.#keep(wire, bytes.subarray(from, at));
      from = at + 3;
    }
    this.#keep(wire, bytes.subarray(from));
    return this.#say(answers);
  }

  #keep(wire: Wire | null, bytes: Buffer): void {
    if (bytes.length > 0) this.#buffer.push({ wire, bytes: Buffer.from(bytes) });
  }

  #print(bytes: Buffer): number[] {
    this.#interpreter.take(bytes);
    return this.#say(this.#replies.splice(0));
  }

  #say(answers: number[]): number[] {
    if (this.#options.oneWay) return [];
    this.answers.push(...answers);
    return answers;
  }

  /** Bits as Epson documents them; 1 and 4 of a real-time status are always set. */
  #status(kind: 'real-time' | 'paper' | 'drawer', n: number): number {
    const { paper, coverOpen, error, drawerOpen } = this.#trouble;
    if (kind === 'drawer') return drawerOpen ? 1 : 0;
    if (kind === 'paper') return paper === 'out' ? 0x0f : paper === 'near-end' ? 0x03 : 0;
    const bits: Readonly<Record<number, number>> = {
      1: (drawerOpen ? 0x04 : 0) | (this.#canPrint ? 0 : 0x08),
      2: (coverOpen ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0) | (error ? 0x40 : 0),
      3: (error === 'cutter' ? 0x08 : 0) | (error === 'unrecoverable' ? 0x20 : 0) | (error === 'overheated' ? 0x40 : 0),
      4: (paper !== undefined ? 0x0c : 0) | (paper === 'out' ? 0x60 : 0),
    };
    return 0x12 | (bits[n] ?? 0);
  }
}
