import { describe, expect, it } from 'vitest';
import { crc16, rtuFrame, tcpFrame } from '../../../electron/station/devices/modbus/frame.ts';
import {
  bitsOf,
  coilQuestion,
  coilsQuestion,
  coilValueQuestion,
  inputsQuestion,
  type Question,
} from '../../../electron/station/devices/modbus/messages.ts';
import { type Answer, type Ear, RtuEar, TcpEar } from '../../../electron/station/devices/modbus/parser.ts';
import { PROFILES, pulseQuestion } from '../../../electron/station/devices/modbus/profiles.ts';
import { seeded } from '../../support/random.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const raw = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('frames to a relay board', () => {
  it.each([
    ['coil 1 on', coilQuestion(0, true), '01 05 00 00 FF 00 8C 3A'],
    ['coil 1 off', coilQuestion(0, false), '01 05 00 00 00 00 CD CA'],
    ['coil 1 for 500 ms', pulseQuestion(PROFILES.flash, 0, 500, 0), '01 05 02 00 00 05 0C 71'],
    ['coil 2 for a second', pulseQuestion(PROFILES.flash, 1, 1000, 0), '01 05 02 01 00 0A 1D B5'],
    ['8 inputs', inputsQuestion(8), '01 02 00 00 00 08 79 CC'],
    ['8 coils', coilsQuestion(8), '01 01 00 00 00 08 3D CC'],
  ])('%s', (_what, question, frame) => {
    expect(hex(rtuFrame(1, question?.pdu ?? raw('')))).toBe(hex(raw(frame)));
  });

  it('of Modbus TCP carry no CRC and begin with the transaction', () => {
    expect(hex(tcpFrame(1, 1, coilQuestion(0, true).pdu))).toBe(hex(raw('00 01 00 00 00 06 01 05 00 00 FF 00')));
  });

  it('are a pulse in a register where the board wants that, and none at all where it makes none', () => {
    expect(hex(pulseQuestion(PROFILES.register, 2, 1500, 0)?.pdu ?? raw(''))).toBe('060002000f');
    expect(pulseQuestion(PROFILES.write, 0, 500, 0)).toBeNull();
  });

  it('have the CRC that the text book gives', () => {
    expect(crc16(Buffer.from('123456789', 'ascii'))).toBe(0x4b37);
  });
});

/** Feeds pieces to an ear that was asked; what it made of them. */
function hear(ear: Ear, question: Question, pieces: readonly Uint8Array[], transaction = 7): Answer | null {
  ear.ask({ unit: 1, question, transaction });
  for (const piece of pieces) {
    const answer = ear.take(piece);
    if (answer) return answer;
  }
  return null;
}

const INPUTS = '01 02 01 05 61 8B';
const OPEN = '01 05 02 00 00 05 0C 71';
const pulse = coilValueQuestion(0x0200, 5);

describe('answers on a line of RTU', () => {
  it('are read whatever they are torn into, and whatever noise stands around them', () => {
    const frame = raw(INPUTS);
    const noise = [raw(''), raw('00'), raw('01 02'), raw('FF 01 02 01 05 61'), raw('01 85 02'), raw(`${OPEN}01`)];
    for (const before of noise)
      for (let cut = 0; cut <= frame.length; cut += 1) {
        const pieces = [before, frame.subarray(0, cut), frame.subarray(cut)];
        const answer = hear(new RtuEar(), inputsQuestion(8), pieces);
        expect(answer?.kind === 'answer' ? bitsOf(answer.pdu, 8) : answer).toEqual([
          ...[true, false, true, false, false, false, false, false],
        ]);
      }
    const byteByByte = Array.from(frame, (byte) => Uint8Array.of(byte));
    expect(hear(new RtuEar(), inputsQuestion(8), byteByByte)?.kind).toBe('answer');
  });

  it.each([
    ['the coils', coilsQuestion(8), '01 01 01 01 90 48', { kind: 'answer', pdu: raw('01 01 01') }],
    ['the echo of a pulse', pulse, OPEN, { kind: 'answer', pdu: raw('05 02 00 00 05') }],
    ['an exception', pulse, '01 85 02 C3 51', { kind: 'exception', code: 2 }],
  ])('%s', (_what, question, frame, answer) => {
    const heard = hear(new RtuEar(), question, [raw(frame)]);
    expect(heard && { ...heard, ...(heard.kind === 'answer' && { pdu: hex(heard.pdu) }) }).toEqual({
      ...answer,
      ...('pdu' in answer && { pdu: hex(answer.pdu ?? raw('')) }),
    });
  });

  it.each([
    ['of another unit', INPUTS.replace('01 02', '02 02'), inputsQuestion(8)],
    ['with a wrong CRC', '01 02 01 05 61 8A', inputsQuestion(8)],
    ['to another question', INPUTS, pulse],
    ['the echo of another pulse', '01 05 02 01 00 0A 1D B5', pulse],
    ['an exception to another question', '01 85 02 C3 51', inputsQuestion(8)],
    ['of another length', '01 02 02 05 00 BA E8', inputsQuestion(8)],
    ['that is not whole', '01 02 01 05 61', inputsQuestion(8)],
  ])('are none: %s', (_what, frame, question) => {
    expect(hear(new RtuEar(), question, [raw(frame)])).toBeNull();
  });

  it('are none when they came before the question, or after it was given up', () => {
    const ear = new RtuEar();
    expect(ear.take(raw(INPUTS))).toBeNull();
    expect(hear(ear, inputsQuestion(8), [])).toBeNull();
    ear.forget();
    expect(ear.take(raw(INPUTS))).toBeNull();
    ear.ask({ unit: 1, question: inputsQuestion(8), transaction: 1 });
    expect(ear.take(raw(INPUTS))?.kind).toBe('answer');
  });

  it('are not what an adapter hears of its own sending', () => {
    const ear = new RtuEar();
    const own = raw('01 02 00 00 00 08 79 CC');
    expect(hear(ear, inputsQuestion(8), [own])).toBeNull();
    expect(ear.hearsItself).toBe(true);
    // From then on the first copy of an order is our own, and the second the echo of the board.
    expect(hear(ear, pulse, [raw(OPEN)])).toBeNull();
    expect(ear.take(raw(OPEN))?.kind).toBe('answer');
    expect(hear(ear, pulse, [raw(OPEN + OPEN)])?.kind).toBe('answer');
    // An exception is never our own.
    expect(hear(ear, pulse, [raw(OPEN), raw('01 85 02 C3 51')])).toEqual({ kind: 'exception', code: 2 });
  });

  it('are not found in a million bytes of noise', () => {
    const dice = seeded(20_261_123);
    const ear = new RtuEar();
    for (let piece = 0; piece < 1_000; piece += 1) {
      const noise = Uint8Array.from({ length: 500 }, () => Math.floor(dice() * 256));
      expect(hear(ear, inputsQuestion(8), [noise])).toBeNull();
      expect(hear(ear, pulse, [noise])).toBeNull();
    }
  });
});

describe('answers over Modbus TCP', () => {
  const answer = '00 07 00 00 00 04 01 02 01 05';

  it('are known by their transaction, torn or merged', () => {
    const stale = '00 06 00 00 00 04 01 02 01 0F';
    const bytes = raw(`${stale}${answer}${stale}`);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const found = hear(new TcpEar(() => undefined), inputsQuestion(8), [bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(found?.kind === 'answer' && hex(found.pdu)).toBe('020105');
    }
  });

  it.each([
    ['of another transaction', '00 08 00 00 00 04 01 02 01 05'],
    ['of another unit', '00 07 00 00 00 04 02 02 01 05'],
    ['to another question', '00 07 00 00 00 06 01 05 00 00 FF 00'],
    ['too short', '00 07 00 00 00 03 01 02 01'],
  ])('are none: %s', (_what, frame) => {
    expect(hear(new TcpEar(() => undefined), inputsQuestion(8), [raw(frame)])).toBeNull();
  });

  it('may be exceptions', () => {
    expect(hear(new TcpEar(() => undefined), pulse, [raw('00 07 00 00 00 03 01 85 02')])).toEqual({
      kind: 'exception',
      code: 2,
    });
  });

  it('end with bytes that are none, until the connection is another one', () => {
    let broken = 0;
    const ear = new TcpEar(() => {
      broken += 1;
    });
    expect(hear(ear, inputsQuestion(8), [raw('48 54 54 50 2F 31 2E'), raw(answer)])).toBeNull();
    expect(broken).toBe(1);
    ear.clear();
    expect(hear(ear, inputsQuestion(8), [raw(answer)])?.kind).toBe('answer');
  });
});
