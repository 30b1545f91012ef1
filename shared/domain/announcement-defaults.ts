import {
  type AnnouncedVehicle,
  type AnnouncementEvent,
  type AnnouncementLine,
  type AnnouncementText,
  announcedVehicleSchema,
  vehicleOfCard,
  widerVehicle,
} from './announcement-text.ts';
import type { DisplayColor } from './display.ts';
import type { CardType } from './terms.ts';

/** The texts that the program brings along, for displays of four lines with four Chinese characters each. */

type Row = AnnouncementText;
const COLORS: Readonly<Record<string, DisplayColor>> = { '!': 'red', '*': 'yellow', '+': 'green' };

/** `+欢迎光临`: the first character says the colour. */
const line = (marked: string): AnnouncementLine => ({
  text: marked.slice(1),
  color: COLORS[marked.charAt(0)] ?? 'red',
});
const row = (event: AnnouncementEvent, vehicle: AnnouncedVehicle, lines: readonly string[], speech: string): Row => ({
  event,
  vehicle,
  lines: lines.map(line),
  speech,
});

const DAYS = '*剩{剩余天数}天';

/** What is told of a car on a card: what it is called, and what is left, shown and said. */
const OF_CARDS: readonly (readonly [CardType, name: string, left: string | null, said?: string])[] = [
  ['monthly', '月租车', DAYS],
  ['stored-value', '储值车', '*余{余额}元', '余额{余额}元'],
  ['counted', '计次车', '*剩{剩余次数}次', '剩余{剩余次数}次'],
  ['hours', '时租车', '*剩{剩余小时}时', '剩余{剩余小时}小时'],
  ['owner', '产权车', DAYS],
  ['staff', '员工车', null],
  ['vip', '贵宾车', null],
  ['guest', '来宾车', null],
  ['coach', '大巴车', DAYS],
  ['shared-space', '共享车位', DAYS],
];

const spoken = (...phrases: readonly (string | undefined)[]): string => phrases.filter((each) => each).join(',');

const welcomeCards = OF_CARDS.map(([type, name, left, said]) =>
  row(
    'entry-welcome',
    vehicleOfCard(type),
    ['!{车牌}', `+${name}`, left ?? '+欢迎光临', '+请入场'],
    spoken('{车牌}', name, said, '欢迎光临'),
  ),
);
const farewellCards = OF_CARDS.map(([type, name, left, said]) =>
  row(
    'exit-free',
    vehicleOfCard(type),
    ['!{车牌}', `+${name}`, ...(left === null ? [] : [left]), '+一路平安'],
    spoken('{车牌}', name, said, '一路平安'),
  ),
);

export const DEFAULT_TEXTS: readonly Row[] = [
  row('idle-in', 'any', ['+欢迎光临', '*余位{余位}', '!减速慢行', '+{时间}'], ''),
  row('idle-out', 'any', ['+一路平安', '!减速慢行', '*{日期}', '+{时间}'], ''),
  row('held-open', 'any', ['*道闸常抬', '*减速慢行', '+请通行'], ''),

  row('entry-welcome', 'any', ['!{车牌}', '+欢迎光临', '+请入场'], '{车牌},欢迎光临'),
  row('entry-welcome', 'card', ['!{车牌}', '+固定车', DAYS, '+请入场'], '{车牌},固定车,欢迎光临'),
  ...welcomeCards,
  row('entry-welcome', 'visitor', ['!{车牌}', '+访客车辆', '+请入场'], '{车牌},访客车辆,欢迎光临'),
  row('entry-welcome', 'booking', ['!{车牌}', '+预约车辆', '+请入场'], '{车牌},预约车辆,欢迎光临'),
  row(
    'card-expires-soon',
    'any',
    ['!{车牌}', '*卡将到期', DAYS, '*请续期'],
    '{车牌},车卡即将到期,剩余{剩余天数}天,请及时续期',
  ),
  row(
    'card-expires-soon',
    'card-monthly',
    ['!{车牌}', '+月租车', DAYS, '*请续费'],
    '{车牌},月租车,剩余{剩余天数}天,请及时续费',
  ),
  row('card-expired', 'any', ['!{车牌}', '*车卡到期', '*按临时车', '+请入场'], '{车牌},车卡已到期,按临时车收费'),
  row(
    'card-expired',
    'card-monthly',
    ['!{车牌}', '*月租到期', '*按临时车', '+请入场'],
    '{车牌},月租已到期,按临时车收费',
  ),
  row('card-surplus', 'any', ['!{车牌}', '*车位已用', '*按临时车', '+请入场'], '{车牌},车位已被占用,按临时车收费'),
  row('card-used-up', 'any', ['!{车牌}', '*卡已用完', '*按临时车', '+请入场'], '{车牌},车卡已用完,按临时车收费'),
  row(
    'card-used-up',
    'card-counted',
    ['!{车牌}', '*次数用完', '*按临时车', '+请入场'],
    '{车牌},次数已用完,按临时车收费',
  ),
  row('card-used-up', 'card-hours', ['!{车牌}', '*时长用完', '*按临时车', '+请入场'], '{车牌},时长已用完,按临时车收费'),
  row('card-suspended', 'any', ['!{车牌}', '*车卡停用', '*按临时车', '+请入场'], '{车牌},车卡已停用,按临时车收费'),
  row('full', 'any', ['!车位已满', '*请稍候', '*或联系', '*岗亭'], '车位已满,请稍候'),
  row('closed', 'any', ['!{车牌}', '!未授权', '*请联系', '*岗亭'], '{车牌},未授权,请联系岗亭'),
  row('card-refused', 'any', ['!{车牌}', '!车卡到期', '*请联系', '*岗亭'], '{车牌},车卡已到期,请联系岗亭'),
  row('card-refused', 'card-monthly', ['!{车牌}', '!月租到期', '*请联系', '*岗亭'], '{车牌},月租已到期,请联系岗亭'),
  row('card-spaces-taken', 'any', ['!{车牌}', '*车位已占', '*请等候'], '{车牌},车位已占用,请等候'),

  row('exit-due', 'any', ['!{车牌}', '+{停车时长}', '*请缴费', '!{金额}元'], '{车牌},停车{停车时长},请缴费{金额}元'),
  row('exit-paid', 'any', ['!{车牌}', '+已缴费', '*{已缴}元', '+一路平安'], '{车牌},一路平安'),
  row(
    'exit-paid',
    'card-stored-value',
    ['!{车牌}', '+已缴费', '*{已缴}元', '*余{余额}元'],
    '{车牌},余额{余额}元,一路平安',
  ),
  row('exit-free', 'any', ['!{车牌}', '+一路平安'], '{车牌},一路平安'),
  row('exit-free', 'card', ['!{车牌}', '+固定车', DAYS, '+一路平安'], '{车牌},固定车,一路平安'),
  ...farewellCards,
  row('exit-later', 'any', ['!{车牌}', '*稍后扣费', '*{金额}元', '+一路平安'], '{车牌},稍后自动扣费,一路平安'),
  row('exit-owing', 'any', ['!{车牌}', '*待补缴', '*{金额}元', '+一路平安'], '{车牌},待补缴{金额}元,一路平安'),
  row('inner-exit', 'any', ['!{车牌}', '+请通行'], '{车牌},请通行'),
  row('released', 'any', ['!{车牌}', '+请通行'], '请通行'),
  row('no-entry', 'any', ['!{车牌}', '!无入场', '*请联系', '*岗亭'], '{车牌},无入场记录,请联系岗亭'),

  row('arrears', 'any', ['!{车牌}', '!有欠费', '*请联系', '*岗亭'], '{车牌},有欠费,请联系岗亭'),
  row('refused', 'any', ['!{车牌}', '!禁止通行', '*请联系', '*岗亭'], '{车牌},禁止通行,请联系岗亭'),
  row('unread', 'any', ['!未识别', '*请倒车', '*再识别'], '未识别到车牌,请倒车重试'),
  row('unlicensed', 'any', ['!无牌车', '*请扫码', '*或联系', '*岗亭'], '无牌车,请扫码或联系岗亭'),
  row('checking', 'any', ['!{车牌}', '*核对中', '*请稍候'], '请稍候,岗亭核对中'),
  row('waiting', 'any', ['!{车牌}', '*请稍候'], '请稍候'),
  row('asking', 'any', ['!{车牌}', '*查询中', '*请稍候'], ''),
  row('pricing', 'any', ['!{车牌}', '*计费中', '*请稍候'], ''),
  row('remote-refused', 'any', ['!{车牌}', '!未放行', '*请联系', '*岗亭'], '{车牌},未放行,请联系岗亭'),
  row('gate-trouble', 'any', ['!{车牌}', '*请稍候', '*岗亭', '*处理中'], '请稍候,岗亭处理中'),
];

const isOf = (event: AnnouncementEvent, vehicle: AnnouncedVehicle) => (text: Row) =>
  text.event === event && text.vehicle === vehicle;

/** What the program brings along for exactly this event and class. */
export const defaultText = (event: AnnouncementEvent, vehicle: AnnouncedVehicle): Row | undefined =>
  DEFAULT_TEXTS.find(isOf(event, vehicle));

/** The car has a card and stands as a temporary one: what was written for those counts for it, too. */
const AS_TEMPORARY: ReadonlySet<AnnouncementEvent> = new Set([
  'card-expired',
  'card-surplus',
  'card-used-up',
  'card-suspended',
]);

function wider(event: AnnouncementEvent, vehicle: AnnouncedVehicle): AnnouncedVehicle {
  return widerVehicle(vehicle) ?? (vehicle === 'card' && AS_TEMPORARY.has(event) ? 'temporary' : 'any');
}

const NOTHING: Omit<Row, 'event' | 'vehicle'> = { lines: [], speech: '' };

/**
 * The text for this car: that of its class, else that for all. Where a class is a part of another one (a type of card), what the program
 * brings along for it gives way to what was changed for the whole.
 */
export function textFor(changed: readonly Row[], event: AnnouncementEvent, vehicle: AnnouncedVehicle): Row {
  const mine = changed.find(isOf(event, vehicle));
  if (mine) return mine;
  const own = defaultText(event, vehicle);
  if (vehicle === 'any') return own ?? { event, vehicle, ...NOTHING };
  if (own && widerVehicle(vehicle) === null) return own;
  const whole = textFor(changed, event, wider(event, vehicle));
  return own && !changed.includes(whole) ? own : whole;
}

/** Every text that counts: event by event as the defaults have them, and vehicle by vehicle as the schema does. */
export function effectiveTexts(changed: readonly Row[]): readonly Row[] {
  const added = changed.filter(({ event, vehicle }) => !defaultText(event, vehicle));
  const events = [...new Set(DEFAULT_TEXTS.map(({ event }) => event))];
  const places = announcedVehicleSchema.options;
  return events.flatMap((event) =>
    [...DEFAULT_TEXTS, ...added]
      .filter((text) => text.event === event)
      .toSorted((one, other) => places.indexOf(one.vehicle) - places.indexOf(other.vehicle))
      .map(({ vehicle }) => ({ ...textFor(changed, event, vehicle), vehicle })),
  );
}
