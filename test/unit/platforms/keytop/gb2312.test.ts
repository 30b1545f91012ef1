import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGb18030, encodeGb2312 } from '../../../../electron/station/platforms/keytop/gb2312.ts';
import { gb2312 } from './vectors.ts';

test('all characters on which the tables agree have the two bytes that another implementation gives them', () => {
  expect(gb2312.characters).toBe(7443);
  const found: string[] = [];
  for (let unit = 0x80; unit <= 0xffff; unit += 1) {
    const character = String.fromCharCode(unit);
    const written = encodeGb2312(character);
    if (written.length === 2) found.push(`${written.toString('hex')}${character}`);
  }
  expect(found).toHaveLength(7443);
  expect(createHash('sha256').update(found.sort().join('')).digest('hex')).toBe(gb2312.sha256);
});

test.each(gb2312.special)('%s is %s', (character, code) => {
  const unit = character.charCodeAt(0).toString(16).padStart(4, '0');
  expect(encodeGb2312(character).toString('latin1')).toBe(
    code === null ? `\\u${unit}` : Buffer.from(code, 'hex').toString('latin1'),
  );
});

test('an escape is what any JSON parser takes back: pairs, halves of pairs, and what stands in a name', () => {
  for (const text of ['𠮷野家', '买买提·吐尔逊', '\uD842', '\uDFB7x', '€', '\u0080', '\uE000', '\uFFFD']) {
    const written = encodeGb2312(JSON.stringify({ [text]: text }));
    expect(JSON.parse(decodeGb18030(written))).toEqual({ [text]: text });
  }
  expect(encodeGb2312('"𠮷"').toString('latin1')).toBe('"\\ud842\\udfb7"');
});

test('whatever is written is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(decodeGb18030(encodeGb2312(JSON.stringify(text))))).toBe(JSON.parse(JSON.stringify(text)));
    }),
    { numRuns: 300 },
  );
});

test('raw GBK and characters of four bytes are read', () => {
  expect(decodeGb18030(Buffer.from([0xe9, 0x46]))).toBe('镕');
  expect(decodeGb18030(Buffer.from([0xa1, 0xa4]))).toBe('·');
  expect(decodeGb18030(Buffer.from([0x95, 0x32, 0x82, 0x36]))).toBe('𠀀');
});
