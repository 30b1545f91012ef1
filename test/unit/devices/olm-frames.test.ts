import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, type Frame } from '../../../electron/station/devices/olm/frame.ts';
import { COMMANDS, clockData, pageData, speakData } from '../../../electron/station/devices/olm/messages.ts';
import { FrameParser } from '../../../electron/station/devices/olm/parser.ts';
import { fitText, pageOf } from '../../../electron/station/devices/olm/text.ts';
import { encodeCount } from '../../../electron/station/devices/xunpeng/frame.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const look = { columns: 8, rows: 4, color: 'red', font: '16' } as const;
const at = (text: string): number => Date.parse(`${text}+08:00`);

/** Frames as the protocol's document and its clients have them. */
const PAGE =
  bytes(`00 64 FF FF 6F 41 00 00 02 00 00 00 05 00 03 00 FF 00 00 00 08 D4 C1 42 31 32 33 34 35 0D 01 00 00 05 00 03 00 00 FF 00 00 08
  BB B6 D3 AD B9 E2 C1 D9 00 0A 11 D4 C1 42 31 32 33 34 35 2C BB B6 D3 AD B9 E2 C1 D9 00 BA 6C`);
const PAGE_ACK = bytes('00 64 FF FF 6F 01 00 06 A9');

test('two lines and what is said with them are the bytes of the document', () => {
  const { page } = pageOf(
    [
      { text: '粤B12345', alignment: 'left', color: 'red' },
      { text: '欢迎光临', alignment: 'left', color: 'green' },
    ],
    '粤B12345,欢迎光临',
    { ...look, rows: 2 },
  );
  expect(encodeFrame({ address: 0, command: COMMANDS.lines, data: pageData(page, 'v2') })).toEqual(PAGE);
});

test.each([
  ['16', '03', 'red', 'FF 00 00 00'],
  ['24', '04', 'green', '00 FF 00 00'],
  ['32', '05', 'yellow', 'FF FF 00 00'],
] as const)('font %s is %s, and %s is %s', (font, fontByte, color, colorBytes) => {
  const { page } = pageOf([{ text: '满', alignment: 'left', color }], '', { ...look, rows: 1, font });
  expect(pageData(page, 'v2')).toEqual(bytes(`00 00 01 00 00 00 05 00 ${fontByte} 00 ${colorBytes} 02 C2 FA 00`));
  // An older board has one font, and no byte for it.
  expect(pageData(page, 'old')).toEqual(bytes(`00 01 00 00 00 05 00 ${colorBytes} 02 C2 FA 00`));
});

test('the clock is the one of the car park', () => {
  const data = clockData(at('2026-11-22T09:30:00'));
  const wanted = bytes('00 64 FF FF 05 08 EA 07 0B 16 01 09 1E 00 5F E6');
  expect(encodeFrame({ address: 0, command: COMMANDS.clock, data })).toEqual(wanted);
});

test('speech is spoken at once, in place of what is being said', () => {
  const frame = encodeFrame({ address: 0, command: COMMANDS.speak, data: speakData(fitText('请缴费5元', 254).bytes) });
  // The document's sample says it with option 1; option 2 also ends what waits.
  expect([...frame.slice(0, 8)]).toEqual([0, 0x64, 0xff, 0xff, 0x30, 0x0a, 2, 0xc7]);
});

test('a sign shows 888 in green, and in yellow and red', () => {
  expect(encodeCount(888, 'green', 3)).toEqual(bytes('3A 00 78 03 01 B6 0A'));
  expect(encodeCount(888, 'yellow', 3)).toEqual(bytes('3A 01 78 03 01 B7 0A'));
  expect(encodeCount(888, 'red', 3)).toEqual(bytes('3A 02 78 03 01 B8 0A'));
  expect(encodeCount(12_345, 'red', 3)).toEqual(encodeCount(999, 'red', 3));
  expect(encodeCount(-4, 'red', 3)).toEqual(encodeCount(0, 'red', 3));
});

test('lines that are not filled are blank, so that none of the text before is left', () => {
  const { page } = pageOf([{ text: '满', alignment: 'center' }], '', look);
  expect(page.lines).toHaveLength(4);
  expect([...(page.lines[0]?.text ?? [])]).toEqual([0x20, 0x20, 0x20, 0xc2, 0xfa]);
  expect(page.lines.slice(1).map(({ text }) => [...text])).toEqual([[0x20], [0x20], [0x20]]);
});

test('what is wider than the display runs through it, and no character is ever cut in half', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('粤', 'B', '1', '费', ' ', '𠮷'), maxLength: 60 }), (text) => {
      const { page, lost } = pageOf([{ text, alignment: 'right' }], text, look);
      for (const part of [page.lines[0]?.text ?? new Uint8Array(), page.speech]) {
        expect(part.byteLength).toBeLessThanOrEqual(64);
        expect(new TextDecoder('gbk', { fatal: true }).decode(part)).not.toContain('�');
      }
      expect(page.lines[0]?.text.byteLength).toBeLessThanOrEqual(32);
      expect(page.lines[0]?.effect).toBe((page.lines[0]?.text.byteLength ?? 0) > 8 ? 'scroll' : 'still');
      expect(/^𠮷*$/u.test(lost)).toBe(true);
    }),
  );
});

const command = fc.record({
  address: fc.constant(0),
  command: fc.constantFrom(0x6f, 0x05, 0x30),
  data: fc.uint8Array({ maxLength: 300 }),
});
const shown = ({ command, data }: Frame): string => `${command} ${Buffer.from(data).toString('hex')}`;

test('frames are found whatever pieces they come in', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 40 })), (frames, pieces) => {
      const stream = Buffer.concat(frames.map(encodeFrame));
      const parser = new FrameParser();
      const found: Frame[] = [];
      let from = 0;
      for (const size of [...pieces, stream.length + 1]) {
        found.push(...parser.push(stream.subarray(from, from + size)));
        from += size;
      }
      expect(found.map(shown)).toEqual(frames.map(shown));
    }),
  );
});

test('an answer is heard behind noise, also behind what looks like the beginning of a frame', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      const parser = new FrameParser();
      const found = [...parser.push(noise), ...parser.push(PAGE_ACK)];
      expect(found.map(shown)).toContain('111 00');
    }),
  );
  const parser = new FrameParser();
  expect(parser.push(bytes('00 64 FF FF 6F F0 00 06'))).toEqual([]);
  expect(parser.push(PAGE_ACK).map(shown)).toEqual(['111 00']);
});

test('a flipped bit makes no frame', () => {
  for (let bit = 0; bit < PAGE_ACK.byteLength * 8; bit++) {
    const flipped = PAGE_ACK.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(new FrameParser().push(flipped)).toEqual([]);
  }
});
