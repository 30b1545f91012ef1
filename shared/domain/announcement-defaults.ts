import type { AnnouncedVehicle, AnnouncementEvent, AnnouncementLine, AnnouncementText } from './announcement-text.ts';
import type { DisplayColor } from './display.ts';

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

export const DEFAULT_TEXTS: readonly Row[] = [
  row('idle-in', 'any', ['+欢迎光临', '*余位{余位}', '!减速慢行', '+{时间}'], ''),
  row('idle-out', 'any', ['+一路平安', '!减速慢行', '*{日期}', '+{时间}'], ''),
  row('held-open', 'any', ['*道闸常抬', '*减速慢行', '+请通行'], ''),

  row('entry-welcome', 'any', ['!{车牌}', '+欢迎光临', '+请入场'], '{车牌},欢迎光临'),
  row('entry-welcome', 'card', ['!{车牌}', '+月租车', '*剩{剩余天数}天', '+请入场'], '{车牌},月租车,欢迎光临'),
  row('entry-welcome', 'visitor', ['!{车牌}', '+访客车辆', '+请入场'], '{车牌},访客车辆,欢迎光临'),
  row(
    'card-expires-soon',
    'any',
    ['!{车牌}', '+月租车', '*剩{剩余天数}天', '*请续费'],
    '{车牌},月租车,剩余{剩余天数}天,请及时续费',
  ),
  row('card-expired', 'any', ['!{车牌}', '*月租到期', '*按临时车', '+请入场'], '{车牌},月租已到期,按临时车收费'),
  row('card-surplus', 'any', ['!{车牌}', '*车位已用', '*按临时车', '+请入场'], '{车牌},车位已被占用,按临时车收费'),
  row('full', 'any', ['!车位已满', '*请稍候', '*或联系', '*岗亭'], '车位已满,请稍候'),
  row('closed', 'any', ['!{车牌}', '!未授权', '*请联系', '*岗亭'], '{车牌},未授权,请联系岗亭'),
  row('card-refused', 'any', ['!{车牌}', '!月租无效', '*请联系', '*岗亭'], '{车牌},月租无效,请联系岗亭'),

  row('exit-due', 'any', ['!{车牌}', '+{停车时长}', '*请缴费', '!{金额}元'], '{车牌},停车{停车时长},请缴费{金额}元'),
  row('exit-paid', 'any', ['!{车牌}', '+已缴费', '*{已缴}元', '+一路平安'], '{车牌},一路平安'),
  row('exit-free', 'any', ['!{车牌}', '+一路平安'], '{车牌},一路平安'),
  row('exit-free', 'card', ['!{车牌}', '+月租车', '*剩{剩余天数}天', '+一路平安'], '{车牌},月租车,一路平安'),
  row('exit-later', 'any', ['!{车牌}', '*稍后扣费', '*{金额}元', '+一路平安'], '{车牌},稍后自动扣费,一路平安'),
  row('exit-owing', 'any', ['!{车牌}', '*待补缴', '*{金额}元', '+一路平安'], '{车牌},待补缴{金额}元,一路平安'),
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

/** Every text that counts, in the order of the defaults and then of the vehicles: changed ones in the place of what they change. */
export function effectiveTexts(changed: readonly Row[]): readonly Row[] {
  const replaced = DEFAULT_TEXTS.map((text) => changed.find(isOf(text.event, text.vehicle)) ?? text);
  const added = changed.filter(({ event, vehicle }) => !defaultText(event, vehicle));
  const events = [...new Set(DEFAULT_TEXTS.map(({ event }) => event))];
  return events.flatMap((event) => [
    ...replaced.filter((text) => text.event === event),
    ...added.filter((text) => text.event === event),
  ]);
}

const NOTHING: Omit<Row, 'event' | 'vehicle'> = { lines: [], speech: '' };

/** The text for this car: that of its class, else that for all. */
export function textFor(changed: readonly Row[], event: AnnouncementEvent, vehicle: AnnouncedVehicle): Row {
  const of = (whom: AnnouncedVehicle): Row | undefined => changed.find(isOf(event, whom)) ?? defaultText(event, whom);
  return of(vehicle) ?? of('any') ?? { event, vehicle: 'any', ...NOTHING };
}
