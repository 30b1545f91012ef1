import { describe, expect, it } from 'vitest';
import { hexOf, textOf } from '../../renderer/features/devices/wire-view.ts';
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
      '0000  41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP',
      `0010  51 52${' '.repeat(42)}  QR`,
    ]);
    expect(hexOf(Uint8Array.of(0, 0x0a, 0xff))).toMatch(/\.\.\.$/);
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
