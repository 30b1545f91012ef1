import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseLossless,
  rawNumber,
  stringifyLossless,
  wholeDigits,
} from '../../../electron/station/platforms/lossless-json.ts';

describe('lossless JSON', () => {
  it.each(['9007199254740993123', '1.50', '-0', '1e400', '12345678901234567890', '{"a":[1.0,9223372036854775807]}'])(
    'gives back %s as it came',
    (text) => {
      expect(stringifyLossless(parseLossless(text))).toBe(text);
    },
  );

  it('gives back every 64-bit number, and leaves ordinary values what they are', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (number) => {
        const parsed = parseLossless(`{"requestId":${number}}`);
        expect(stringifyLossless(parsed)).toBe(`{"requestId":${number}}`);
      }),
    );
    expect(parseLossless('{"a":1,"b":"2","c":null}')).toEqual({ a: 1, b: '2', c: null });
  });

  it.each([
    [1, '1'],
    ['  42 ', '42'],
    ['007', '7'],
    [parseLossless('9007199254740993123'), '9007199254740993123'],
    ['9223372036854775807', '9223372036854775807'],
    [parseLossless('18446744073709551616'), undefined],
    [1.5, undefined],
    [1e30, undefined],
    ['12a', undefined],
    [null, undefined],
    [{}, undefined],
  ])('reads the digits of %o', (value, digits) => {
    expect(wholeDigits(value)).toBe(digits);
  });

  it('refuses a raw token that is not a number of JSON', () => {
    expect(() => rawNumber('1 ,"x":2')).toThrow(SyntaxError);
  });
});
