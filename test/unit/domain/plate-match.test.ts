import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Plate } from '../../../shared/domain/plate.ts';
import { nearMatches, partialMatches, plateDistance, unambiguous } from '../../../shared/domain/plate-match.ts';
import { PROVINCES, toPlate } from '../../../shared/domain/plates.ts';

const plate = (text: string): Plate => toPlate(text, 'blue');
const near = (read: string, inside: readonly string[], options = {}) =>
  nearMatches(plate(read), inside, plate, options).map(({ item, cost, kind }) => `${item} ${cost} ${kind}`);
const alone = (read: string, inside: readonly string[]) =>
  unambiguous(nearMatches(plate(read), inside, plate))?.item ?? null;

describe('plateDistance', () => {
  it.each([
    ['鲁B12345', '鲁B12345', 0],
    ['鲁B8Q345', '鲁BBD345', 1],
    ['鲁B1234S', '鲁B12345', 0.5],
    ['鲁B1Z34S', '鲁B12345', 1],
    ['鲁B12346', '鲁B12345', 1],
    ['鲁B1234', '鲁B12345', 1],
    ['鲁B123455', '鲁B12345', 1],
    ['粤B12345', '鲁B12345', 1],
    ['B12345', '鲁B12345', 1],
    // One character lost and another misread within its group.
    ['鲁B1Z45', '鲁B12345', 1.5],
    // K and X are one group, A and 4 another.
    ['鲁BK4321', '鲁BXA321', 1],
  ])('%s and %s: %d', (a, b, cost) => {
    expect(plateDistance(a, b)).toBe(cost);
    expect(plateDistance(b, a)).toBe(cost);
  });

  it('never takes the letter of a new-energy plate for a digit', () => {
    // In an ordinary plate D and 0 are half a step apart; here the two plates are those of different cars.
    expect(plateDistance('鲁B012345', '鲁BD12345')).toBe(2);
    expect(plateDistance('鲁B123450', '鲁B12345D')).toBe(2);
    expect(plateDistance('鲁BC12345', '鲁BD12345')).toBe(0.5);
    expect(plateDistance('鲁BD1234S', '鲁BD12345')).toBe(0.5);
    // A letter of the serial beside it may be misread as ever.
    expect(plateDistance('鲁BDQ2345', '鲁BD02345')).toBe(0.5);
  });

  const text = fc
    .tuple(
      fc.constantFrom(...'鲁粤京'),
      fc.string({ unit: fc.constantFrom(...'ABCDEFGHJK0123456789QZX'), minLength: 4, maxLength: 8 }),
    )
    .map((parts) => parts.join(''));

  it('is symmetric, zero between equals alone, and a whole number of halves', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const cost = plateDistance(a, b);
        expect(plateDistance(b, a)).toBe(cost);
        expect(cost === 0).toBe(a === b);
        expect(Number.isInteger(cost * 2)).toBe(true);
        expect(cost).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(cost).toBeLessThanOrEqual(a.length + b.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the triangle where no new-energy letter forbids the short way', () => {
    const ordinary = fc.string({ unit: fc.constantFrom(...'0ODQ8B5S2Z7A'), minLength: 5, maxLength: 7 });
    fc.assert(
      fc.property(ordinary, ordinary, ordinary, (a, b, c) => {
        expect(plateDistance(a, c)).toBeLessThanOrEqual(plateDistance(a, b) + plateDistance(b, c));
      }),
      { numRuns: 500 },
    );
  });
});

describe('nearMatches', () => {
  it('lists by cost, the province alone before other differences, and the most recent first', () => {
    expect(
      near('鲁B12345', ['鲁B12346', '粤B12345', '鲁B1234S', '鲁B12345', '鲁B1Z345', '鲁B99999', '鲁B12347']),
    ).toEqual([
      '鲁B12345 0 exact',
      '鲁B1234S 0.5 near',
      '鲁B1Z345 0.5 near',
      '粤B12345 1 without-province',
      '鲁B12346 1 near',
      '鲁B12347 1 near',
    ]);
  });

  it('finds the plate whose province was not read', () => {
    expect(near('B12345', ['鲁B12345', '鲁B12346'])).toEqual(['鲁B12345 1 without-province']);
  });

  it('goes further only when asked, and never beyond', () => {
    expect(near('鲁B12345', ['鲁B12366'])).toEqual([]);
    expect(near('鲁B12345', ['鲁B12366', '鲁B12666'], { maxCost: 2 })).toEqual(['鲁B12366 2 near']);
  });

  it('has nothing to say about cars without a reading', () => {
    expect(near('', ['鲁B12345'])).toEqual([]);
    expect(near('无牌车', ['鲁B12345'])).toEqual([]);
    expect(near('鲁B12345', [''], { maxCost: 20 })).toEqual([]);
  });

  it('refuses options under which a second candidate would go unseen', () => {
    expect(() => near('鲁B12345', [], { limit: 1 })).toThrow(RangeError);
    expect(() => near('鲁B12345', [], { maxCost: 0.5 })).toThrow(RangeError);
  });

  const texts = fc.array(
    fc.string({ unit: fc.constantFrom(...'1I2Z5S'), minLength: 4, maxLength: 6 }).map((rest) => `鲁B${rest}`),
    { maxLength: 40 },
  );

  it('keeps to the limit and the cost, leaves out none that is nearer, and takes the order of candidates only for ties', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 5 }), fc.constantFrom(1, 1.5, 2), (inside, limit, maxCost) => {
        const read = plate('鲁B12512');
        const costs = (list: readonly string[]) =>
          nearMatches(read, list, plate, { limit, maxCost }).map((m) => m.cost);
        const expected = inside
          .map((text) => plateDistance(read.text, plate(text).text))
          .filter((cost) => cost <= maxCost)
          .sort((a, b) => a - b)
          .slice(0, limit);
        expect(costs(inside)).toEqual(expected);
        expect(costs(inside.toReversed())).toEqual(expected);
      }),
    );
  });

  it('leaves a car alone as soon as it cannot be the one, however many are inside', () => {
    const inside = Array.from({ length: 500 }, (_, i) => {
      const province = PROVINCES.charAt(i % PROVINCES.length);
      const number = String(10000 + ((i * 7919) % 90000));
      return plate(i % 3 === 0 ? `${province}BD${number}` : `${province}B${number}`);
    });
    const plateOf = vi.fn((item: Plate): Plate => item);
    const looks = vi.spyOn(String.prototype, 'charCodeAt');
    onTestFinished(() => looks.mockRestore());
    for (const text of ['鲁BD1O345', '鲁B1Z345']) {
      const read = plate(text);
      looks.mockClear();
      nearMatches(read, inside, plateOf);
      // Comparing every character with every other would be 140 to 160 a car.
      expect(looks.mock.calls.length / inside.length).toBeLessThan(60);
    }
    expect(plateOf).toHaveBeenCalledTimes(2 * inside.length);
  });
});

describe('unambiguous', () => {
  it('takes one car half a step away when there is no other within one', () => {
    expect(alone('鲁B1234S', ['鲁B12345', '鲁B99999'])).toBe('鲁B12345');
    expect(alone('鲁B1234S', ['鲁B12345', '鲁B12349'])).toBeNull();
    expect(alone('鲁B1234S', ['鲁B12345', '粤B1234S'])).toBeNull();
  });

  it('never takes a car a whole step away, not even when only the province differs', () => {
    expect(alone('鲁B12345', ['粤B12345'])).toBeNull();
    expect(alone('鲁BD1234', ['鲁BD12345'])).toBeNull();
    expect(alone('鲁B12345', [])).toBeNull();
  });

  it('takes the exact plate whatever stands beside it, unless it stands there twice', () => {
    expect(alone('鲁B12345', ['鲁B1234S', '鲁B12345', '鲁B12346'])).toBe('鲁B12345');
    expect(alone('鲁B12345', ['鲁B12345', '鲁B12345'])).toBeNull();
  });
});

describe('partialMatches', () => {
  const inside = ['鲁B12345', '粤BD12345', '鲁A88123', '京A123B学'];
  const part = (typed: string, options = {}) => partialMatches(typed, inside, plate, options);

  it.each([
    ['123', ['鲁B12345', '粤BD12345', '鲁A88123', '京A123B学']],
    ['b123', ['鲁B12345']],
    ['鲁b·12345', ['鲁B12345']],
    ['12 345', ['鲁B12345', '粤BD12345']],
    ['8812', ['鲁A88123']],
    ['1?34', ['鲁B12345', '粤BD12345']],
    ['？B12345', ['鲁B12345']],
    ['鲁*345', ['鲁B12345']],
    ['鲁*12*5', ['鲁B12345']],
    ['B学3', []],
    ['I23', ['鲁B12345', '粤BD12345', '鲁A88123', '京A123B学']],
    ['12', []],
    ['1?2*', []],
    ['???', []],
    ['', []],
  ])('%s', (typed, expected) => {
    expect(part(typed)).toEqual(expected);
  });

  it('puts the whole plate first and keeps to the limit', () => {
    expect(partialMatches('B12345', ['鲁B12345', 'B12345'], plate)).toEqual(['B12345', '鲁B12345']);
    expect(part('123', { limit: 2 })).toEqual(['鲁B12345', '粤BD12345']);
  });

  it('finds every plate by any three or more of its neighbouring characters, some of them unread', () => {
    const serial = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJK0123456789'), minLength: 6, maxLength: 7 });
    fc.assert(
      fc.property(serial, fc.nat(3), fc.integer({ min: 4, max: 7 }), fc.nat(6), (rest, from, length, unread) => {
        const text = `鲁${rest}`;
        const piece = [...text.slice(from, from + length)];
        const typed = piece.map((char, i) => (i === unread ? '?' : char)).join('');
        fc.pre(typed.replaceAll('?', '').length >= 3);
        expect(partialMatches(typed, [text], plate)).toEqual([text]);
      }),
    );
  });
});
