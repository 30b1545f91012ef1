import type { DayType } from '../../../shared/domain/calendar.ts';
import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { TariffRule } from '../../../shared/domain/tariff-rule.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';

/** Words of the tables; where they are read, several may have one meaning, and the first is written. */

export const classWords = {
  小型车: 'small',
  小型: 'small',
  小车: 'small',
  中型车: 'medium',
  中型: 'medium',
  大型车: 'large',
  大型: 'large',
  大车: 'large',
} as const satisfies Record<string, VehicleClass>;

export const plateKindWords = {
  普通: 'ordinary',
  小型新能源: 'new-energy-small',
  大型新能源: 'new-energy-large',
  挂车: 'trailer',
  教练: 'trainer',
  试验: 'test',
  超限: 'oversize',
  警用: 'police',
  港澳: 'hk-macao',
  使馆: 'embassy',
  领馆: 'consulate',
  武警: 'armed-police',
  军用: 'military',
  民航: 'civil-aviation',
  应急: 'emergency',
  其他: 'irregular',
  无牌: 'none',
  未识别: 'unread',
} as const satisfies Record<string, PlateKind>;

export const plateColorWords = {
  蓝: 'blue',
  黄: 'yellow',
  白: 'white',
  黑: 'black',
  绿: 'green',
  渐变绿: 'green',
  黄绿: 'yellow-green',
  未知: 'unknown',
} as const satisfies Record<string, PlateColor>;

const cardWords: Readonly<Record<string, string>> = {
  temporary: '临时车',
  whitelist: '白名单',
  booking: '预约车',
  visitor: '访客车',
  free: '免费通行',
  ...({
    vip: '贵宾卡',
    monthly: '月租卡',
    'stored-value': '储值卡',
    hours: '时租卡',
    owner: '产权卡',
    counted: '计次卡',
    guest: '贵宾访客',
    staff: '员工卡',
    coach: '班车',
    'shared-space': '共享车位',
  } satisfies Record<CardType, string>),
};

const dayTypeWords: Readonly<Record<DayType, string>> = {
  workday: '工作日',
  weekend: '双休日',
  'short-holiday': '小长假',
  'long-holiday': '黄金周',
};

/** The word that is written for a meaning. */
export const wordOf = (words: Readonly<Record<string, string>>, meaning: string | undefined): string =>
  Object.entries(words).find(([, each]) => each === meaning)?.[0] ?? meaning ?? '';

/** For whom a rule counts, besides the vehicle class: empty where it is for everybody. */
export function audienceText(rule: TariffRule): string {
  const parts = [
    rule.cardTypes?.map((type) => cardWords[type] ?? type).join('、'),
    rule.plateKinds?.map((kind) => `${wordOf(plateKindWords, kind)}号牌`).join('、'),
    rule.plateColors?.map((color) => `${wordOf(plateColorWords, color)}牌`).join('、'),
    rule.areas === undefined ? undefined : `区域 ${rule.areas.join('、')}`,
  ];
  return parts.filter((part) => part !== undefined).join('；');
}

/** `seasons`: ids and names of the calendar. */
export function daysText(
  dayTypes: readonly DayType[] | undefined,
  seasons: readonly string[] | undefined,
  known: readonly { readonly id: string; readonly name: string }[],
): string {
  const days = dayTypes?.map((type) => dayTypeWords[type]).join('、') ?? '每天';
  const names = seasons?.map((id) => known.find((season) => season.id === id)?.name ?? id).join('、');
  return names === undefined ? days : `${names}；${days}`;
}

/** `90` → `1.5小时`; lengths of a price table are whole or half hours above one hour. */
export function lengthText(minutes: number): string {
  if (minutes < 60) return `${minutes}分钟`;
  return minutes > 1440 ? `${minutes / 1440}天` : `${minutes / 60}小时`;
}
