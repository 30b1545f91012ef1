import { beforeAll, describe, expect, it } from 'vitest';
import { termsName } from '../../renderer/events/terms-name.ts';
import { reasonsFor } from '../../renderer/features/booth/reasons.ts';
import { warningText } from '../../renderer/features/booth/warning-text.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import { DEFAULT_RULES } from '../../shared/domain/passage-rules.ts';
import { TEMPORARY } from '../../shared/domain/terms.ts';
import { monthly, NOW } from '../fakes/station/build.ts';

beforeAll(() => startI18n('zh-CN'));
const zh = wordsOf('zh-CN');

describe('the terms of a car', () => {
  it('are said as staff say them, with why a card does not count', () => {
    expect(termsName(TEMPORARY, zh)).toBe('临时车');
    expect(termsName(monthly(3), zh)).toBe('月租车');
    expect(termsName({ ...monthly(3), kind: 'temporary', fallback: 'expired' }, zh)).toBe('临时车（卡过期）');
  });
});

describe('the days that a card still runs', () => {
  const text = (days: number) => warningText('card-expires-soon', monthly(days), NOW, zh);
  it('are counted by the calendar, not by hours', () => {
    expect(text(3)).toBe('月租车 3 天后到期，请提醒续费');
    expect(text(0)).toBe('月租车今天到期，请提醒续费');
    // At 18:05 a card that ends at eight tomorrow morning ends tomorrow.
    const morning = { ...monthly(0), coveredTo: Date.parse('2026-03-03T08:00:00+08:00') };
    expect(warningText('card-expires-soon', morning, NOW, zh)).toBe('月租车 1 天后到期，请提醒续费');
  });

  it('are left out where they are not known', () => {
    expect(warningText('card-expires-soon', null, NOW, zh)).toBe('车卡快到期了，请提醒续费');
  });
});

describe('reasons', () => {
  const rules = { ...DEFAULT_RULES, openReasons: ['设备故障', '其他'], releaseReasons: ['特种车辆'] };
  const labels = (act: Parameters<typeof reasonsFor>[0], given = rules) =>
    reasonsFor(act, given, zh).map(({ label, record }) => [label, record]);

  it('come from the list of the site, and 其他 asks for words', () => {
    expect(labels('open')).toEqual([
      ['设备故障', '设备故障'],
      ['其他', null],
    ]);
  });

  it('get a line for words where the list has none', () => {
    expect(labels('release')).toEqual([
      ['特种车辆', '特种车辆'],
      ['其他原因', null],
    ]);
  });

  it('are only those on the list where the site takes no words, also to end a hold', () => {
    const strict = { ...rules, freeTextReasons: false };
    expect(labels('release', strict)).toEqual([['特种车辆', '特种车辆']]);
    for (const act of ['open', 'hold', 'release-hold'] as const)
      expect(labels(act, strict)).toEqual([
        ['设备故障', '设备故障'],
        ['其他', '其他'],
      ]);
  });
});
