import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlateKind, plateSchema } from '../../../shared/domain/plate.ts';
import { classifyPlate, normalisePlateText, PROVINCES, suspicious, toPlate } from '../../../shared/domain/plates.ts';

/** Of any characters at all, halves of surrogate pairs included. */
const anyText = (lengths: fc.ArrayConstraints = {}): fc.Arbitrary<string> =>
  fc.array(fc.nat(0x10ffff), lengths).map((points) => String.fromCodePoint(...points));

describe('normalisePlateText', () => {
  it.each([
    ['粤B·12345', '粤B12345'],
    ['粤Ｂ１２３４５', '粤B12345'],
    [' 鲁b d-12345 ', '鲁BD12345'],
    ['京A•8888学', '京A8888学'],
    ['粤　Z.1234港', '粤Z1234港'],
    ['ｗｊ１２３４５', 'WJ12345'],
  ])('%s', (text, expected) => {
    expect(normalisePlateText(text)).toBe(expected);
  });

  it('is idempotent for any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const once = normalisePlateText(text);
        expect(normalisePlateText(once)).toBe(once);
      }),
    );
  });
});

const samples: readonly (readonly [string, PlateKind])[] = [
  ['粤B12345', 'ordinary'],
  // Perhaps a new-energy plate that lost a character; nobody knows, so it is what it says.
  ['鲁BD1234', 'ordinary'],
  ['鲁B1D234', 'ordinary'],
  ['鲁BD12345', 'new-energy-small'],
  ['鲁BFA1234', 'new-energy-small'],
  ['鲁BK12345', 'new-energy-small'],
  ['鲁BL12345', 'irregular'],
  ['鲁B12345D', 'new-energy-large'],
  ['鲁B1234DD', 'irregular'],
  ['鲁B1234挂', 'trailer'],
  ['京A123B学', 'trainer'],
  ['京A1234试', 'test'],
  ['京A1234超', 'oversize'],
  ['京O1234警', 'police'],
  ['粤Z12A4港', 'hk-macao'],
  ['粤Z12A4澳', 'hk-macao'],
  ['粤B12A4港', 'irregular'],
  ['123456使', 'embassy'],
  ['使123456', 'embassy'],
  ['沪A1234领', 'consulate'],
  ['WJ12345', 'armed-police'],
  ['WJ1234T', 'armed-police'],
  ['WJ粤12345', 'armed-police'],
  ['WJ粤1234X', 'armed-police'],
  ['WJ312345', 'armed-police'],
  ['WJ1234Z', 'irregular'],
  ['VA12345', 'military'],
  ['民航A1234', 'civil-aviation'],
  ['京A1234应急', 'emergency'],
  ['应急京A123', 'emergency'],
  ['粤I12345', 'irregular'],
  ['粤O12345', 'irregular'],
  ['粤B1234O', 'irregular'],
  ['粤B1234', 'irregular'],
  ['使馆12', 'irregular'],
  ['', 'unread'],
  [' · ', 'unread'],
  ['无车牌', 'none'],
];

describe('classifyPlate', () => {
  it.each(samples)('%s is %s', (text, kind) => {
    expect(classifyPlate(text)).toBe(kind);
  });

  it('never throws, and what it says does not depend on the spelling', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 40 }), (text) => {
        expect(classifyPlate(text)).toBe(classifyPlate(normalisePlateText(text)));
        expect(plateSchema.safeParse(toPlate(text, 'blue')).success).toBe(true);
      }),
    );
  });

  const P = fc.constantFrom(...PROVINCES);
  const L = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ');
  const X = fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');
  const D = fc.constantFrom(...'0123456789');
  const E = fc.constantFrom(...'ABCDEFGHJK');
  const many = (unit: fc.Arbitrary<string>, n: number) => fc.string({ unit, minLength: n, maxLength: n });
  const join = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));
  const is = fc.constant<string>;

  it.each<readonly [PlateKind, fc.Arbitrary<string>]>([
    ['ordinary', join(P, L, many(X, 5))],
    ['new-energy-small', join(P, L, E, X, many(D, 4))],
    ['new-energy-large', join(P, L, many(D, 5), E)],
    ['trailer', join(P, L, many(X, 4), is('挂'))],
    ['trainer', join(P, L, many(X, 4), is('学'))],
    ['police', join(P, fc.constantFrom(...'AIO'), many(X, 4), is('警'))],
    ['hk-macao', join(is('粤Z'), many(X, 4), fc.constantFrom('港', '澳'))],
    ['embassy', join(many(D, 6), is('使'))],
    ['consulate', join(P, L, many(D, 4), is('领'))],
    ['armed-police', join(is('WJ'), P, many(D, 4), fc.constantFrom(...'TDSHBXJ0123456789'))],
    ['military', join(fc.constantFrom(...'ABCHKLNSV'), L, many(D, 5))],
    ['civil-aviation', join(is('民航'), many(X, 5))],
    ['emergency', join(P, L, many(X, 4), is('应急'))],
  ])('every generated plate of class %s', (kind, plates) => {
    fc.assert(
      fc.property(plates, (text) => {
        expect(classifyPlate(text)).toBe(kind);
      }),
    );
  });
});

describe('toPlate', () => {
  it('keeps an irregular plate as read, cut to 16 characters', () => {
    expect(toPlate('外交 abc', 'black')).toEqual({ text: '外交ABC', color: 'black', kind: 'irregular' });
    expect(toPlate('A'.repeat(40), 'blue').text).toBe('A'.repeat(16));
    expect(toPlate(`${'A'.repeat(15)}𠮷`, 'blue').text).toBe('A'.repeat(15));
  });

  it('knows unread from none, both without text', () => {
    expect(toPlate('', 'blue')).toEqual({ text: '', color: 'unknown', kind: 'unread' });
    expect(toPlate('无牌车', 'blue')).toEqual({ text: '', color: 'unknown', kind: 'none' });
  });
});

describe('suspicious', () => {
  it.each([
    ['鲁BD1234', 'green', true],
    ['鲁BD12345', 'green', false],
    ['鲁BD12345', 'blue', true],
    ['鲁B12345', 'blue', false],
    ['鲁B12345D', 'yellow-green', false],
    ['鲁B12345', 'yellow-green', true],
    ['民航A1234', 'green', false],
  ] as const)('%s on %s', (text, color, expected) => {
    expect(suspicious(toPlate(text, color))).toBe(expected);
  });
});
