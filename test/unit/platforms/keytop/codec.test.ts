import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forgeCipher, nodeCipher } from '../../../../electron/station/platforms/keytop/cipher.ts';
import {
  bytesOf,
  open,
  type Sense,
  seal,
  vectorOf,
  vectorsAt,
} from '../../../../electron/station/platforms/keytop/codec.ts';
import { negative, noonOf, vectors, wrongDay } from './vectors.ts';

const anything: Sense = { isField: () => true, isEnough: () => true };
const namesThePark: Sense = {
  isField: (name) => ['parkCode', 'plateNo', 'orderNo', 'areaCode'].includes(name),
  isEnough: (parameters) => 'parkCode' in parameters,
};
const bytes = (data: string): Buffer => bytesOf(data, false) ?? Buffer.alloc(0);
const at = (time: string): number => Date.parse(`${time}+08:00`);

describe.each([
  ['node', nodeCipher],
  ['forge', forgeCipher],
] as const)('with %s', (_which, cipher) => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const { key, iv, plaintext, plaintextBytes, data } = vector;
    const read = open(bytes(data), key, [iv], anything, cipher);
    expect(read).toEqual({ parameters: vector.parsed ?? JSON.parse(plaintext) });
    expect(cipher.open(bytes(data), key, iv)).toHaveLength(plaintextBytes);
    if (vector.use === 'write+read') expect(seal(plaintext, key, noonOf(iv), cipher)).toBe(data);
  });

  test.each(wrongDay.map((vector) => [vector.name, vector] as const))('made with %s', (_name, vector) => {
    const { key, data, plaintext, serverDayIv, encryptedWithIv } = vector;
    // Silently: it can be read, and only its first name is another.
    if (vector.wrongIvParsesAsJson)
      expect(open(bytes(data), key, [serverDayIv], anything, cipher)).toEqual({
        parameters: JSON.parse(vector.wrongIvResult),
      });
    const today = open(bytes(data), key, [serverDayIv], namesThePark, cipher);
    expect(today).toEqual({ fault: vector.wrongIvParsesAsJson ? '加密所用日期与今天不符' : '解密失败' });
    const both = open(bytes(data), key, [serverDayIv, encryptedWithIv], namesThePark, cipher);
    expect(both).toEqual({ parameters: JSON.parse(plaintext) });
  });

  test.each(negative.map((vector) => [vector.name, vector] as const))(
    '%s cannot be read',
    (_name, { key, iv, data }) => {
      const cipherText = bytesOf(data, false);
      if (cipherText !== undefined) expect(open(cipherText, key, [iv], anything, cipher)).toHaveProperty('fault');
      else expect(['', '***']).toContain(data);
    },
  );

  test('whatever text goes in comes out, also halves of pairs, control characters and names of prototypes', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
        fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2099-12-31') }),
        (record, day) => {
          const plain = JSON.stringify(record);
          const data = seal(plain, vectors[0]?.key ?? '', day.getTime(), cipher);
          expect(data).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
          const read = open(bytes(data), vectors[0]?.key ?? '', [vectorOf(day.getTime())], anything, cipher);
          expect('parameters' in read && JSON.stringify(read.parameters)).toBe(JSON.stringify(JSON.parse(plain)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('node and forge write the same bytes, and read each other’s', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.stringMatching(/^[!-~]{24}$/), (plain, key) => {
      const sealed = nodeCipher.seal(plain, key, '20260302');
      expect(forgeCipher.seal(plain, key, '20260302').equals(sealed)).toBe(true);
      expect([...nodeCipher.open(sealed, key, '20260302')]).toEqual([...plain]);
      expect([...forgeCipher.open(sealed, key, '20260302')]).toEqual([...plain]);
    }),
    { numRuns: 50 },
  );
});

test('the day is that of China, to the second, whatever the PC’s zone', () => {
  expect(vectorOf(at('2026-03-01T23:59:59'))).toBe('20260301');
  expect(vectorOf(at('2026-03-02T00:00:00'))).toBe('20260302');
  expect(vectorOf(at('2025-12-31T23:59:59.999'))).toBe('20251231');
  expect(vectorOf(Date.parse('2025-12-31T16:00:00Z'))).toBe('20260101');
});

test.each([
  ['2026-03-01T23:49:59', ['20260301']],
  ['2026-03-01T23:50:00', ['20260301', '20260302']],
  ['2026-03-01T23:59:59', ['20260301', '20260302']],
  ['2026-03-02T00:00:00', ['20260302', '20260301']],
  ['2026-03-02T00:09:59', ['20260302', '20260301']],
  ['2026-03-02T00:10:00', ['20260302']],
  ['2026-01-01T00:05:00', ['20260101', '20251231']],
  ['2028-02-29T23:55:00', ['20280229', '20280301']],
  ['2026-03-02T12:00:00', ['20260302']],
])('at %s a message of %j is read', (time, expected) => {
  expect(vectorsAt(at(time), 10)).toEqual(expected);
});

test('how far around midnight is a setting: none at all, or half a day both ways', () => {
  expect(vectorsAt(at('2026-03-02T00:00:00'), 0)).toEqual(['20260302']);
  expect(vectorsAt(at('2026-03-01T23:59:59'), 0)).toEqual(['20260301']);
  expect(vectorsAt(at('2026-03-02T11:59:59'), 720)).toEqual(['20260302', '20260301']);
  expect(vectorsAt(at('2026-03-02T12:00:00'), 720)).toEqual(['20260302', '20260303']);
});

test('where no day makes sense, today’s reading is told, and a fault only where there is none at all', () => {
  const key = vectors[0]?.key ?? '';
  const data = seal('{"plateNo":"A12345"}', key, noonOf('20260302'), nodeCipher);
  expect(open(bytes(data), key, ['20260302', '20260301'], namesThePark, nodeCipher)).toEqual({
    parameters: { plateNo: 'A12345' },
  });
  expect(open(bytes(data), vectors[1]?.key ?? '', ['20260302', '20260301'], namesThePark, nodeCipher)).toEqual({
    fault: '解密失败',
  });
});

test('base64 is read with the breaks of any encoder; in a form a blank was a plus; all else is none', () => {
  const plain = Buffer.from([251, 239, 190, 255, 62, 63]);
  const data = plain.toString('base64');
  expect(data).toContain('+');
  for (const given of [data, ` ${data}\n`, data.replace(/(.{4})/g, '$1\r\n'), data.replace(/(.{3})/g, '$1\t')])
    expect(bytesOf(given, false)?.equals(plain)).toBe(true);
  expect(bytesOf(data.replaceAll('+', ' '), true)?.equals(plain)).toBe(true);
  for (const none of ['', ' ', '***', 'ab-_', 'QQ=Q', '{"data":1}', 'QUJD===', '京'])
    expect(bytesOf(none, false)).toBeUndefined();
});

test('豫 is never taken for UTF-8, and UTF-8 is never guessed', () => {
  const key = vectors[0]?.key ?? '';
  const written = nodeCipher.open(
    bytes(seal('{"plateNo":"豫A12345"}', key, noonOf('20260302'), nodeCipher)),
    key,
    '20260302',
  );
  expect(written.subarray(12, 14).toString('hex')).toBe('d4a5');
  // A peer that writes UTF-8 is out of the specification: what it writes is read as what it is, and still an object.
  const utf8 = nodeCipher.seal(Buffer.from('{"parkCode":"1","plateNo":"京A1"}', 'utf8'), key, '20260302');
  const read = open(utf8, key, ['20260302'], namesThePark, nodeCipher);
  expect(read).toMatchObject({ parameters: { parkCode: '1' } });
  expect(JSON.stringify(read)).not.toContain('京');
});

test('what is no character is no reason to refuse', () => {
  const key = vectors[0]?.key ?? '';
  const broken = Buffer.concat([
    Buffer.from('{"parkCode":"1","remark":"'),
    Buffer.from([0xff, 0x80]),
    Buffer.from('"}'),
  ]);
  const read = open(nodeCipher.seal(broken, key, '20260302'), key, ['20260302'], namesThePark, nodeCipher);
  expect(read).toMatchObject({ parameters: { parkCode: '1' } });
  expect(JSON.stringify(read)).toContain('\uFFFD');
});
