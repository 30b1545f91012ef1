import { COMMANDS, type Machine } from './commands.ts';

const PREFIXES = new Set([0x10, 0x1b, 0x1c, 0x1d]);
/** Names that go on for a third byte. */
const LONG = new Set(['1d28', '1d76']);

/** Reads the stream of a print job, however it is torn, and has each command carried out when it is whole. */
export class Interpreter {
  readonly #machine: Machine;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Bytes of a command that is not whole yet. */
  get waiting(): number {
    return this.#bytes.length;
  }

  take(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (this.#bytes.length > 0) {
      const used = this.#step(this.#bytes);
      if (used === 0) return;
      this.#bytes = this.#bytes.subarray(used);
    }
  }

  /** A job that broke off: the next byte begins anew. */
  forget(): void {
    this.#bytes = Buffer.alloc(0);
  }

  /** @returns how many bytes it used; 0: it needs more */
  #step(bytes: Buffer): number {
    if ((bytes[0] ?? 0) >= 0x20) return this.#text(bytes);
    const nameLength = lengthOfName(bytes);
    if (bytes.length < nameLength) return 0;
    const name = bytes.toString('hex', 0, nameLength);
    const command = COMMANDS[name];
    if (!command) {
      this.#machine.paper.complaints.push(`unknown command ${name.toUpperCase().replaceAll(/..(?=.)/g, '$& ')}`);
      return nameLength;
    }
    const rest = bytes.subarray(nameLength);
    const size = typeof command.size === 'number' ? command.size : command.size(rest);
    if (size === null || rest.length < size) return 0;
    command.run(this.#machine, rest.subarray(0, size));
    return nameLength + size;
  }

  /** Up to the next command. A character whose second byte has not come yet waits. */
  #text(bytes: Buffer): number {
    let end = 0;
    while (end < bytes.length && (bytes[end] ?? 0) >= 0x20) end += isLead(bytes[end] ?? 0) ? 2 : 1;
    if (end > bytes.length) end = bytes.length - 1;
    if (end > 0) this.#machine.paper.text(bytes.subarray(0, end));
    return end;
  }
}

/** First of two bytes, whatever the second is: half a character swallows what comes after it. */
const isLead = (byte: number): boolean => byte > 0x80 && byte < 0xff;

function lengthOfName(bytes: Buffer): number {
  if (!PREFIXES.has(bytes[0] ?? 0)) return 1;
  return LONG.has(bytes.toString('hex', 0, 2)) ? 3 : 2;
}
