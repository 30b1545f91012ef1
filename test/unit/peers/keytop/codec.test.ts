import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decrypt, encrypt, isBase64 } from '../../../peers/keytop/cipher.ts';
import {
  decodeGb18030,
  encodeGb2312,
  encodeGb18030,
  escapeFor,
  gb2312Faults,
  SIZES,
} from '../../../peers/keytop/gb2312.ts';
import { dashed, dayOf, instantOf, slashed } from '../../../peers/keytop/index.ts';
import { daysAround } from '../../../peers/keytop/wire-time.ts';

interface Vector {
  readonly name: string;
  readonly use: 'write+read' | 'read';
  readonly key: string;
  readonly iv: string;
  readonly encoding: 'gb2312' | 'gbk' | 'gb18030';
  readonly plaintext: string;
  readonly plaintextBytes: number;
  readonly data: string;
  readonly parsed?: unknown;
}
interface WrongDay {
  readonly name: string;
  readonly key: string;
  readonly encryptedWithIv: string;
  readonly serverDayIv: string;
  readonly plaintext: string;
  readonly data: string;
  readonly wrongIvResult: string;
}
interface Negative {
  readonly name: string;
  readonly key: string;
  readonly iv: string;
  readonly data: string;
  readonly decryptResult: string;
}

const all: { vectors: Vector[]; wrongDay: WrongDay[]; negative: Negative[] } = JSON.parse(
  readFileSync(new URL('vectors.json', import.meta.url), 'utf8'),
);
const open = (data: string, key: string, day: string): string | null => {
  const plain = decrypt(Buffer.from(data.replaceAll(/\s/g, ''), 'base64'), key, day);
  return plain && decodeGb18030(plain);
};

test('the table has the 7445 characters of the standard, two of which are not read alike by all', () => {
  expect(SIZES).toEqual({ standard: 7445, unambiguous: 7443 });
  for (const outside of ['€', '·', '—', 'ⅰ', '︐', 'ǹ', '喆', '𠮷']) expect(encodeGb2312(outside)).toBeNull();
  expect(encodeGb2312('豫A1')).toEqual(Buffer.from('d4a54131', 'hex'));
});

describe('vectors', () => {
  test.each(all.vectors)('$name', ({ use, key, iv, encoding, plaintext, plaintextBytes, data, parsed }) => {
    expect(open(data, key, iv)).toBe(plaintext);
    const bytes = encoding === 'gb2312' ? encodeGb2312(plaintext) : encodeGb18030(plaintext);
    expect(bytes?.length).toBe(plaintextBytes);
    if (!bytes) return;
    const written = encrypt(bytes, key, iv).toString('base64');
    expect(written).toBe(data.replaceAll(/\s/g, ''));
    if (use === 'write+read') expect(gb2312Faults(bytes)).toEqual({ strange: [], ambiguous: [] });
    if (parsed !== undefined) {
      expect(JSON.parse(plaintext)).toEqual(parsed);
      if (use === 'write+read') expect(escapeFor(JSON.stringify(parsed))).toBe(plaintext);
    }
  });

  test.each(all.wrongDay)(
    'wrong day: $name',
    ({ key, encryptedWithIv, serverDayIv, plaintext, data, wrongIvResult }) => {
      expect(open(data, key, encryptedWithIv)).toBe(plaintext);
      expect(open(data, key, serverDayIv) ?? 'decrypt error').toBe(wrongIvResult);
    },
  );

  test.each(all.negative)('$name', ({ key, iv, data, decryptResult }) => {
    const opened = isBase64(data) ? open(data, key, iv) : null;
    expect(opened ?? 'error').toBe(decryptResult);
  });
});

describe('bytes and times', () => {
  test('what is outside the table, and what is not read alike', () => {
    expect(gb2312Faults(encodeGb18030('{"a":"镕€"}')).strange).toHaveLength(2);
    expect(gb2312Faults(Buffer.from('a1a4', 'hex'))).toEqual({ strange: [], ambiguous: ['a1a4'] });
    expect(decodeGb18030(encodeGb18030('𠮷镕'))).toBe('𠮷镕');
  });

  test('escapes are for what lies outside, or for everything', () => {
    expect(escapeFor('"粤·𠮷"')).toBe('"粤\\u00b7\\ud842\\udfb7"');
    expect(escapeFor('"粤"', true)).toBe('"\\u7ca4"');
  });

  test('times in both forms, and the days around midnight', () => {
    const at = Date.UTC(2026, 2, 1, 15, 55, 9);
    expect([dashed(at), slashed(at), dayOf(at)]).toEqual(['2026-03-01 23:55:09', '2026/03/01 23:55:09', '20260301']);
    expect(instantOf('2026-03-01 23:55:09')).toBe(at);
    for (const wrong of ['2026-02-30 00:00:00', '2026-3-1 23:55:09', '2026/03/01 23:55:09'])
      expect(instantOf(wrong)).toBeNull();
    expect(daysAround(at, 600_000)).toEqual(['20260301', '20260302']);
    expect(daysAround(at + 600_000, 600_000)).toEqual(['20260302', '20260301']);
    expect(daysAround(at - 600_000, 600_000)).toEqual(['20260301']);
  });
});
