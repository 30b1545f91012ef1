import { describe, expect, it, test } from 'vitest';
import { untilNextEdge, volumeAt } from '../../../electron/station/announcing/quiet.ts';
import { announcementRulesSchema } from '../../../shared/domain/announcement.ts';
import { parseShanghaiDateTime } from '../../../shared/domain/time.ts';

const at = (time: string): number => parseShanghaiDateTime(`2026-11-22 ${time}`) ?? Number.NaN;
const rules = (...quietHours: readonly object[]) => announcementRulesSchema.parse({ volume: 80, quietHours });
const night = rules({ from: '22:00', to: '07:00', volume: 20 });

test.each([
  ['21:59:59', 80],
  ['22:00:00', 20],
  ['23:59:59', 20],
  ['00:00:00', 20],
  ['06:59:59', 20],
  ['07:00:00', 80],
  ['12:30:00', 80],
])('at %s the volume is %d', (time, volume) => expect(volumeAt(night, at(time))).toBe(volume));

describe('quiet hours', () => {
  it('that overlap leave the lowest', () => {
    const both = rules({ from: '12:00', to: '14:00', volume: 40 }, { from: '13:00', to: '13:30', volume: 0 });
    expect(
      ['11:59:00', '12:00:00', '13:00:00', '13:30:00', '14:00:00'].map((time) => volumeAt(both, at(time))),
    ).toEqual([80, 40, 0, 40, 80]);
  });

  it('tell when they next begin or end, to the millisecond', () => {
    expect(untilNextEdge(night, at('21:59:59') + 250)).toBe(750);
    expect(untilNextEdge(night, at('22:00:00'))).toBe(9 * 3_600_000);
    expect(untilNextEdge(rules(), at('22:00:00'))).toBeNull();
  });

  it('have a length', () => {
    const parsed = announcementRulesSchema.safeParse({ quietHours: [{ from: '22:00', to: '22:00' }] });
    expect(parsed.error?.issues).toMatchObject([{ path: ['quietHours', 0, 'to'] }]);
  });
});
