import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, membersOf, signedText } from '../../../../electron/station/platforms/shenzhen/json-text.ts';

/** Blanks and escapes that change nothing, scattered over what JSON.stringify writes: never within a text. */
function scattered(value: unknown, blanks: readonly string[]): string {
  let at = 0;
  const blank = (): string => blanks[at++ % Math.max(1, blanks.length)] ?? '';
  const write = (one: unknown): string => {
    if (Array.isArray(one)) return `[${blank()}${one.map((each) => `${write(each)}${blank()}`).join(`,${blank()}`)}]`;
    if (typeof one === 'object' && one !== null)
      return `{${blank()}${Object.entries(one)
        .map(([name, each]) => `${write(name)}${blank()}:${blank()}${write(each)}${blank()}`)
        .join(`,${blank()}`)}}`;
    if (typeof one !== 'string') return JSON.stringify(one);
    const escaped = [...one].map((char) =>
      char.charCodeAt(0) > 126 && at++ % 2 === 0
        ? [...Array(char.length).keys()].map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
        : JSON.stringify(char).slice(1, -1),
    );
    return `"${escaped.join('')}"`;
  };
  return write(value);
}

const jsonObject = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((name) => name !== '__proto__'),
  fc.jsonValue({ maxDepth: 4 }),
  { maxKeys: 6 },
);
const blanks = fc.array(fc.constantFrom('', ' ', '\n', '\r\n\t'), { maxLength: 5 });

describe('JSON as it stood on the wire', () => {
  it('is cut into the very members, compact, however it was written', () => {
    fc.assert(
      fc.property(jsonObject, blanks, (object, between) => {
        const members = membersOf(scattered(object, between));
        expect(members.map(({ name, json }) => [name, json])).toEqual(
          Object.entries(object).map(([name, value]) => [name, JSON.stringify(value)]),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('reads just what JSON.parse reads, but for names that come twice, depth and length', () => {
    const near = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u01e-+. tfnull\n'), maxLength: 20 }).map((text) => `{${text}}`),
      fc.tuple(jsonObject, fc.nat(), fc.string({ maxLength: 2 })).map(([object, at, put]) => {
        const text = JSON.stringify(object);
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + put + text.slice(cut + put.length);
      }),
    );
    fc.assert(
      fc.property(near, (text) => {
        let ours: ReturnType<typeof membersOf> | string;
        try {
          ours = membersOf(text);
        } catch (error) {
          if (!(error instanceof JsonFault)) throw error;
          ours = error.message;
        }
        let theirs: unknown;
        try {
          theirs = JSON.parse(text);
        } catch {
          theirs = undefined;
        }
        const isObject = typeof theirs === 'object' && theirs !== null && !Array.isArray(theirs);
        if (ours === '有重复的字段名') return;
        expect(typeof ours !== 'string').toBe(isObject);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [
      'a number as it was written',
      '{"a":1.50,"b":-0.0,"c":1E+2,"d":12345678901234567890}',
      ['1.50', '-0.0', '1E+2', '12345678901234567890'],
    ],
    ['members in their order, numbers for names among them', '{"z":{"10":1,"9":2,"b":3}}', ['{"10":1,"9":2,"b":3}']],
    [
      'texts without their quotes, and what was escaped',
      '{"a":"\\u7ca4B\\/\\n","b":["\\u7ca4\\/"]}',
      ['粤B/\n', '["粤/"]'],
    ],
    ['blanks within texts only', '{ "a" : " x y " , "b" : [ 1 , { "c" : "d e" } ] }', [' x y ', '[1,{"c":"d e"}]']],
    ['words', '{"a":true,"b":false,"c":null}', ['true', 'false', 'null']],
  ])('signs %s', (_what, text, expected) => {
    expect(membersOf(text).map(signedText)).toEqual(expected);
  });

  it('takes __proto__ for a name like any other', () => {
    expect(membersOf('{"__proto__":{"a":1},"constructor":2}').map(({ name, json }) => [name, json])).toEqual([
      ['__proto__', '{"a":1}'],
      ['constructor', '2'],
    ]);
  });

  it.each([
    ['a name that comes twice', '{"a":1,"a":2}'],
    ['a name that comes twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a name that comes twice further in', '{"x":[{"a":1,"a":2}]}'],
    ['NaN', '{"a":NaN}'],
    ['Infinity', '{"a":-Infinity}'],
    ['a number with a zero before it', '{"a":01}'],
    ['a number that ends in a point', '{"a":1.}'],
    ['a number without an end', `{"a":${'1'.repeat(100)}}`],
    ['a comma too many', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['a line feed in a text', '{"a":"\n"}'],
    ['half an escape', '{"a":"\\u12"}'],
    ['a text without an end', '{"a":"'],
    ['an escape at the end', '{"a":"\\'],
    ['a list', '[1]'],
    ['two objects', '{}{}'],
    ['nothing', ''],
    ['100000 brackets', `{"a":${'['.repeat(100_000)}`],
    ['100000 braces', '{"a":'.repeat(100_000)],
  ])('refuses %s', (_what, text) => {
    expect(() => membersOf(text)).toThrow(JsonFault);
  });

  it('says where it stopped, and nothing of what stands there', () => {
    expect(() => membersOf('{"plate":"粤B12345" oops}')).toThrow(/^不是 JSON（第 \d+ 个字符）$/);
  });
});
