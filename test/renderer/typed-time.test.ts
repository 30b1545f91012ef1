import { describe, expect, it } from 'vitest';
import { typedTime } from '../../renderer/features/booth/typed-time.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';

const now = Date.parse('2026-03-02T18:05:09+08:00');
const read = (text: string, at = now): string | undefined => {
  const found = typedTime(text, at);
  return found === undefined ? undefined : toRfc3339(found).slice(0, 16);
};

describe('a time typed as digits', () => {
  it.each([
    ['1430', '2026-03-02T14:30'],
    ['03010905', '2026-03-01T09:05'],
    ['03-01 09:05', '2026-03-01T09:05'],
    ['202512312359', '2025-12-31T23:59'],
    // Later than now: it is read as it stands, so that the person sees it refused, not bent.
    ['2355', '2026-03-02T23:55'],
    ['03022000', '2026-03-02T20:00'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('means last December in January', () => {
    expect(read('12312200', Date.parse('2026-01-01T00:30:00+08:00'))).toBe('2025-12-31T22:00');
  });

  it('is of the day of Shanghai', () => {
    expect(read('0010', Date.parse('2026-03-01T16:30:00Z'))).toBe('2026-03-02T00:10');
  });

  it.each(['', '143', '2460', '02300900', '13010900', '123456'])('%s is no time', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
