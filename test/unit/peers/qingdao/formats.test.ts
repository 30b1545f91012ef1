import { describe, expect, test } from 'vitest';
import { NotPlainDigits, parseLossless } from '../../../peers/qingdao/lossless-json.ts';
import { isPlateNo } from '../../../peers/qingdao/plate.ts';
import { isCompactMoment, isWallClock, wallClock } from '../../../peers/qingdao/wall-clock.ts';

describe('lossless JSON', () => {
  test('keeps every digit of a 64-bit number', () => {
    expect(parseLossless('{"requestId":9007199254740993123}')).toEqual({ requestId: 9007199254740993123n });
  });

  test('leaves ordinary JSON as it is, and digits inside strings alone', () => {
    const text = '{"a":[1,-2,0,true,null,"x 12345678901234567890 \\" 7"],"9":{"b":""}}';
    expect(parseLossless(text)).toEqual(JSON.parse(text));
  });

  test('tells numbers that are not written as plain digits', () => {
    expect(parseLossless('[1.0,1e3]')).toEqual([new NotPlainDigits('1.0'), new NotPlainDigits('1e3')]);
  });

  test('refuses what is not JSON', () => {
    for (const text of ['', '{', '{a:1}', '01', '[1,]']) expect(() => parseLossless(text)).toThrow();
  });
});

describe('plates', () => {
  test.each([
    ['鲁B01C01'],
    ['粤B12345'],
    ['鲁BD12345'],
    ['鲁B12345D'],
    ['鲁A1234警'],
    ['粤Z1234港'],
    ['123456使'],
    ['鲁B1234挂'],
    ['WJ鲁1234X'],
    ['民航A1234'],
    ['无车牌'],
    ['未识别'],
  ])('%s is one', (text) => expect(isPlateNo(text)).toBe(true));

  test.each([[''], ['鲁B·01C01'], ['鲁B 01C01'], ['鲁B-01C01'], ['鲁B0101'], ['_无_'], ['鲁BO1C01'], ['鲁b01c01']])(
    '"%s" is none',
    (text) => expect(isPlateNo(text)).toBe(false),
  );
});

describe('moments', () => {
  test('the wall clock is that of China', () => {
    expect(wallClock(Date.UTC(2026, 11, 31, 16, 0, 5))).toBe('2027-01-01 00:00:05');
  });

  test('only real moments in the exact form count', () => {
    expect(isWallClock('2024-02-29 23:59:59')).toBe(true);
    for (const text of ['2026-02-29 00:00:00', '2026-03-02 24:00:00', '2026-03-02T08:05:09', '2026-3-2 08:05:09', ''])
      expect(isWallClock(text)).toBe(false);
    expect(isCompactMoment('20181012093022567')).toBe(true);
    expect(isCompactMoment('20181312093022567')).toBe(false);
  });
});
