/** What is asked of a board, and what its answers mean. Pure. */

/** A request without its envelope, and how the answer to it begins and how long it is, without envelope either. */
export interface Question {
  readonly pdu: Uint8Array;
  /** The first bytes of the answer; a write is answered by itself. */
  readonly answerStarts: Uint8Array;
  readonly answerBytes: number;
}

const readInputs = 0x02;
const readCoils = 0x01;
const writeCoil = 0x05;
const writeRegister = 0x06;
const ON = 0xff00;
const OFF = 0x0000;

const words = (fn: number, first: number, second: number): Uint8Array =>
  Uint8Array.of(fn, first >> 8, first & 0xff, second >> 8, second & 0xff);

function read(fn: number, count: number): Question {
  const bytes = Math.ceil(count / 8);
  return { pdu: words(fn, 0, count), answerStarts: Uint8Array.of(fn, bytes), answerBytes: 2 + bytes };
}

function echoed(pdu: Uint8Array): Question {
  return { pdu, answerStarts: pdu, answerBytes: pdu.length };
}

/** The first `count` inputs. */
export const inputsQuestion = (count: number): Question => read(readInputs, count);
/** The first `count` coils. */
export const coilsQuestion = (count: number): Question => read(readCoils, count);
export const coilQuestion = (coil: number, on: boolean): Question => echoed(words(writeCoil, coil, on ? ON : OFF));
/** Any other value at a coil's address, as boards with timed relays take it. */
export const coilValueQuestion = (address: number, value: number): Question => echoed(words(writeCoil, address, value));
export const registerQuestion = (register: number, value: number): Question =>
  echoed(words(writeRegister, register, value));

/** The bits of an answer to a read, the first one first. */
export const bitsOf = (answer: Uint8Array, count: number): readonly boolean[] =>
  Array.from({ length: count }, (_, bit) => (((answer[2 + (bit >> 3)] ?? 0) >> (bit & 7)) & 1) === 1);

const EXCEPTIONS: Readonly<Record<number, string>> = {
  1: '不支持该功能码',
  2: '没有该地址',
  3: '数值不在允许范围',
  4: '执行时出错',
  5: '已接受，未执行完',
  6: '忙',
  10: '网关没有到该设备的通路',
  11: '网关后面的设备没有应答',
};

export const exceptionText = (code: number): string => `继电器板异常码 ${code}：${EXCEPTIONS[code] ?? '未知'}`;

/** Exceptions after which it is certain that nothing moved. The others tell of a failure on the way, or behind a gateway. */
export const movedNothing = (code: number): boolean => ![4, 5, 11].includes(code);
/** Told by a gateway about a board that is not there. */
export const isGateways = (code: number): boolean => code === 10 || code === 11;
