import { describe, expect, it } from 'vitest';
import { readHex } from '../../renderer/features/devices/try/hex.ts';
import { hexOf, isBinary, plainHex, textOf } from '../../renderer/features/devices/wire-view.ts';
import { ago, span } from '../../renderer/features/devices/words.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';

startI18n('zh-CN');
const t = wordsOf('zh-CN');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the bytes of a message', () => {
  it('are shown as text, JSON in lines', () => {
    expect(textOf(utf8('a=1&b=鲁B'))).toBe('a=1&b=鲁B');
    expect(textOf(utf8('{"plate":"鲁B12345"}'))).toBe('{\n  "plate": "鲁B12345"\n}');
    expect(textOf(utf8('{"plate":'))).toBe('{"plate":');
  });

  it('are read as GB 18030 where they are no UTF-8', () => {
    expect(textOf(Uint8Array.of(0xbb, 0xb6, 0xd3, 0xad))).toBe('欢迎');
  });

  it('are shown in hex, sixteen a line, with what can be read beside them', () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => index + 0x41);
    expect(hexOf(bytes).split('\n')).toEqual([
      '0000  41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50  ABCDEFGHIJKLMNOP',
      `0010  51 52${' '.repeat(42)}  QR`,
    ]);
    expect(hexOf(Uint8Array.of(0, 0x0a, 0xff))).toMatch(/\.\.\.$/);
  });

  it('in hex are read as the Chinese of displays and printers, also over the end of a line, and as UTF-8 where they are that', () => {
    const [frame = '', next = ''] = hexOf(
      Uint8Array.of(0xaa, 0x55, 0x01, 0x64, 0, 0x27, 0, 4, 0xbb, 0xb6, 0xd3, 0xad, 0x41, 0x42, 0x43, 0xc4, 0xfa, 0xaf),
    ).split('\n');
    expect(frame.slice(6 + 47 + 2)).toBe(".U.d.'..欢迎ABC您");
    expect(next.slice(6 + 47 + 2)).toBe('.');
    expect(hexOf(utf8('{"p":"鲁B"}')).slice(55)).toBe('{"p":"鲁 B"}');
  });

  it('are hex at first sight only where they are no text', () => {
    expect([utf8('{"a":1}\r\n'), Uint8Array.of(0xbb, 0xb6), Uint8Array.of(0x01, 0x41)].map(isBinary)).toEqual([
      false,
      false,
      true,
    ]);
    expect(plainHex(Uint8Array.of(0x1b, 0x40, 0x0a))).toBe('1B 40 0A');
  });

  it('are typed in hex, and what is wrong with them is told with its place', () => {
    expect(readHex('1b 40,0A')).toEqual({ bytes: 3 });
    expect(readHex('')).toEqual({ bytes: 0 });
    expect(readHex('1B 4')).toEqual({ fault: 'odd' });
    expect(readHex('1B x0')).toEqual({ fault: 'digit', at: 4, char: 'x' });
    expect(readHex('00'.repeat(257))).toEqual({ fault: 'long' });
  });
});

it('how long ago is told in the largest unit that says it', () => {
  const now = Date.parse('2026-03-02T12:00:00Z');
  const told = (seconds: number) => ago(new Date(now - seconds * 1000).toISOString(), now, t);
  expect([1, 40, 130, 7300, 200_000].map(told)).toEqual(['刚刚', '40 秒前', '2 分钟前', '2 小时前', '2 天前']);
});

it('a delay is told in milliseconds as long as that is a number one can grasp', () => {
  expect([85.4, 999, 1234].map((ms) => span(ms, t))).toEqual(['85 毫秒', '999 毫秒', '1.2 s']);
});
