import { tinyJpeg } from '../jpeg.ts';
import type { LaneIron } from '../lane/ports.ts';
import { type InputOptions, type InputWires, type RelayWires, wireInputs, wireRelays } from '../lane/wiring.ts';

/** What hangs on an RS-485 port: takes bytes, and answers with what it sends back. */
export type SerialSink = (channel: number, bytes: Buffer) => readonly Buffer[];

/** What a camera may be wired to. Relays and inputs have the camera's own numbers. */
export interface Wires {
  readonly lane?: LaneIron;
  readonly relays?: RelayWires;
  readonly inputs?: InputWires;
  readonly inputOptions?: InputOptions;
  readonly serial?: SerialSink;
}

/** A relay that closed for a while (`ms`), or that was switched and stays (`ms: null`). */
export interface RelayMove {
  /** Epoch ms. */
  readonly at: number;
  readonly relay: number;
  readonly on: boolean;
  readonly ms: number | null;
  readonly cause: string;
}

/** A message of the other side, as the camera understood it. */
export interface Command {
  readonly at: number;
  readonly name: string;
  readonly detail: string;
}

export interface SerialOut {
  readonly at: number;
  readonly channel: number;
  readonly bytes: Buffer;
  readonly cause: string;
}

/** What cameras of all makes are: relays, inputs, serial ports, a picture, and a memory of what they were told. */
export class CameraBody {
  readonly moves: RelayMove[] = [];
  /** Bytes that went out on RS-485, in order. */
  readonly serialOut: SerialOut[] = [];
  /** What was wrong with messages, as a strict device sees it. Empty in a sound system. */
  readonly complaints: string[] = [];
  readonly commands: Command[] = [];
  /** What the camera sees. */
  view: Buffer = tinyJpeg();
  readonly #wires: Wires;
  readonly #pressed = new Map<number, boolean>();
  readonly #listeners = new Set<(input: number, on: boolean) => void>();
  readonly #unwire: (() => void) | undefined;

  constructor(wires: Wires, relays: RelayWires, inputs: InputWires) {
    this.#wires = { ...wires, relays: wires.relays ?? relays, inputs: wires.inputs ?? inputs };
    this.#unwire = this.#wired()?.onChange((input, on) => {
      this.#pressed.delete(input);
      this.#tell(input, on);
    });
  }

  complain(what: string): void {
    this.complaints.push(what);
  }

  note(name: string, detail = ''): void {
    this.commands.push({ at: Date.now(), name, detail });
  }

  pulse(relay: number, ms: number, cause: string): void {
    this.moves.push({ at: Date.now(), relay, on: true, ms, cause });
    this.#relays()?.pulse(relay, ms, cause);
  }

  set(relay: number, on: boolean, cause: string): void {
    this.moves.push({ at: Date.now(), relay, on, ms: null, cause });
    this.#relays()?.set(relay, on, cause);
  }

  /** @returns what the device on the line sent back */
  serial(channel: number, bytes: Buffer, cause: string): readonly Buffer[] {
    this.serialOut.push({ at: Date.now(), channel, bytes, cause });
    return this.#wires.serial?.(channel, bytes) ?? [];
  }

  input(number: number): boolean {
    return this.#pressed.get(number) ?? this.#wired()?.read()[number] ?? false;
  }

  /** Closes or opens an input by hand, whatever it is wired to, until that changes. */
  press(input: number, on: boolean): void {
    if (this.input(input) === on) return;
    this.#pressed.set(input, on);
    this.#tell(input, on);
  }

  /** @returns ends it */
  onInput(listener: (input: number, on: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Of the arm, as a limit switch tells it; null where none is wired. */
  get armState(): LaneIron['arm'] | null {
    return this.#wires.lane?.arm ?? null;
  }

  end(): void {
    this.#unwire?.();
    this.#listeners.clear();
  }

  #tell(input: number, on: boolean): void {
    for (const listener of this.#listeners) listener(input, on);
  }

  #relays() {
    const { lane, relays = {} } = this.#wires;
    return lane && wireRelays(lane, relays);
  }

  #wired() {
    const { lane, inputs = {}, inputOptions } = this.#wires;
    return lane && wireInputs(lane, inputs, inputOptions);
  }
}
