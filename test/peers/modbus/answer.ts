import type { BoardProfile } from './profiles.ts';
import type { Coils } from './relays.ts';

/** What a board is asked about, and acts on. */
export interface BoardState {
  readonly profile: BoardProfile;
  readonly coils: Coils;
  readonly inputs: () => readonly boolean[];
}

class Refusal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exception ${code}`);
    this.code = code;
  }
}

/** Carries out a request (function and data) and gives the answer to it, an exception where it cannot. */
export function answer(board: BoardState, request: Buffer, cause: string): Buffer {
  const fn = request[0] ?? 0;
  try {
    const carryOut = FUNCTIONS[fn];
    if (!carryOut || !board.profile.functions.includes(fn)) throw new Refusal(1);
    return carryOut(board, request, cause);
  } catch (error) {
    if (error instanceof Refusal) return Buffer.of(fn | 0x80, error.code);
    throw error;
  }
}

type CarryOut = (board: BoardState, request: Buffer, cause: string) => Buffer;

const FUNCTIONS: Readonly<Record<number, CarryOut>> = {
  1: (board, request) => readBits(board, request, board.coils.states),
  2: (board, request) => readBits(board, request, board.inputs()),
  5: (board, request, cause) => {
    writeCoil(board, word(request, 1), word(request, 3), cause);
    return request;
  },
  6: (board, request, cause) => {
    writeRegister(board, word(request, 1), word(request, 3), cause);
    return request;
  },
  15: (board, request, cause) => {
    const { first, count } = range(board, request, board.profile.coils);
    if (request[5] !== Math.ceil(count / 8) || request.length !== 6 + Math.ceil(count / 8)) throw new Refusal(3);
    for (let coil = 0; coil < count; coil += 1) {
      const on = (((request[6 + (coil >> 3)] ?? 0) >> (coil & 7)) & 1) === 1;
      board.coils.set(first + coil, on, cause);
    }
    return request.subarray(0, 5);
  },
  16: (board, request, cause) => {
    const { first, count } = range(board, request, Number.POSITIVE_INFINITY);
    if (request[5] !== count * 2 || request.length !== 6 + count * 2) throw new Refusal(3);
    for (let register = 0; register < count; register += 1)
      writeRegister(board, first + register, word(request, 6 + register * 2), cause);
    return request.subarray(0, 5);
  },
};

function word(request: Buffer, at: number): number {
  if (request.length < at + 2) throw new Refusal(3);
  return request.readUInt16BE(at);
}

function range(board: BoardState, request: Buffer, limit: number): { readonly first: number; readonly count: number } {
  const [first, count] = [word(request, 1), word(request, 3)];
  if (count === 0) throw new Refusal(3);
  if (first + count > limit) throw new Refusal(board.profile.noSuchAddress);
  return { first, count };
}

function readBits(board: BoardState, request: Buffer, bits: readonly boolean[]): Buffer {
  const { first, count } = range(board, request, bits.length);
  const bytes = Buffer.alloc(Math.ceil(count / 8));
  for (let bit = 0; bit < count; bit += 1)
    if (bits[first + bit]) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return Buffer.concat([Buffer.of(request[0] ?? 0, bytes.length), bytes]);
}

function writeCoil(board: BoardState, address: number, value: number, cause: string): void {
  const { coils, pulse, noSuchAddress } = board.profile;
  if (pulse?.by === 'coil' && address >= pulse.base && address < pulse.base + coils) {
    if (value === 0) throw new Refusal(3);
    board.coils.pulse(address - pulse.base, value * pulse.unitMs, cause);
    return;
  }
  if (address >= coils) throw new Refusal(noSuchAddress);
  if (value !== 0xff00 && value !== 0) throw new Refusal(3);
  board.coils.set(address, value === 0xff00, cause);
}

function writeRegister(board: BoardState, address: number, value: number, cause: string): void {
  const { coils, pulse, noSuchAddress } = board.profile;
  if (pulse?.by !== 'register' || address < pulse.base || address >= pulse.base + coils)
    throw new Refusal(noSuchAddress);
  if (value === 0) board.coils.set(address - pulse.base, false, cause);
  else board.coils.pulse(address - pulse.base, value * pulse.unitMs, cause);
}
