import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { shownLines } from '../../../electron/station/announcing/board.ts';
import { textFor } from '../../../shared/domain/announcement-defaults.ts';
import { fillText, type Values } from '../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncedVehicle,
  type AnnouncementEvent,
  announcedVehicleSchema,
  announcementEventSchema,
  columnsOf,
  type Placeholder,
} from '../../../shared/domain/announcement-text.ts';

/** What a driver reads and hears, typed from what it means to him: of every event, to everybody and to whom it is another text. */
type Read = Readonly<Partial<Record<AnnouncedVehicle, string>>> & { readonly any: string };

const SHOWN: Readonly<Record<AnnouncementEvent, Read>> = {
  'idle-in': { any: '欢迎光临/余位6/减速慢行/09:30' },
  'idle-out': { any: '一路平安/减速慢行/11月22日/09:30' },
  'held-open': { any: '道闸常抬/减速慢行/请通行' },
  'entry-welcome': {
    any: '粤B12345/欢迎光临/请入场 「粤B12345,欢迎光临」',
    card: '粤B12345/固定车/剩3天/请入场 「粤B12345,固定车,欢迎光临」',
    'card-monthly': '粤B12345/月租车/剩3天/请入场 「粤B12345,月租车,欢迎光临」',
    'card-stored-value': '粤B12345/储值车/余50元/请入场 「粤B12345,储值车,余额50元,欢迎光临」',
    'card-counted': '粤B12345/计次车/剩8次/请入场 「粤B12345,计次车,剩余8次,欢迎光临」',
    'card-hours': '粤B12345/时租车/剩12.5时/请入场 「粤B12345,时租车,剩余12.5小时,欢迎光临」',
    'card-owner': '粤B12345/产权车/剩3天/请入场 「粤B12345,产权车,欢迎光临」',
    'card-staff': '粤B12345/员工车/欢迎光临/请入场 「粤B12345,员工车,欢迎光临」',
    'card-vip': '粤B12345/贵宾车/欢迎光临/请入场 「粤B12345,贵宾车,欢迎光临」',
    'card-guest': '粤B12345/来宾车/欢迎光临/请入场 「粤B12345,来宾车,欢迎光临」',
    'card-coach': '粤B12345/大巴车/剩3天/请入场 「粤B12345,大巴车,欢迎光临」',
    'card-shared-space': '粤B12345/共享车位/剩3天/请入场 「粤B12345,共享车位,欢迎光临」',
    visitor: '粤B12345/访客车辆/请入场 「粤B12345,访客车辆,欢迎光临」',
    booking: '粤B12345/预约车辆/请入场 「粤B12345,预约车辆,欢迎光临」',
  },
  'card-expires-soon': {
    any: '粤B12345/卡将到期/剩3天/请续期 「粤B12345,车卡即将到期,剩余3天,请及时续期」',
    'card-monthly': '粤B12345/月租车/剩3天/请续费 「粤B12345,月租车,剩余3天,请及时续费」',
  },
  'card-expired': {
    any: '粤B12345/车卡到期/按临时车/请入场 「粤B12345,车卡已到期,按临时车收费」',
    'card-monthly': '粤B12345/月租到期/按临时车/请入场 「粤B12345,月租已到期,按临时车收费」',
  },
  'card-surplus': { any: '粤B12345/车位已用/按临时车/请入场 「粤B12345,车位已被占用,按临时车收费」' },
  'card-used-up': {
    any: '粤B12345/卡已用完/按临时车/请入场 「粤B12345,车卡已用完,按临时车收费」',
    'card-counted': '粤B12345/次数用完/按临时车/请入场 「粤B12345,次数已用完,按临时车收费」',
    'card-hours': '粤B12345/时长用完/按临时车/请入场 「粤B12345,时长已用完,按临时车收费」',
  },
  'card-suspended': { any: '粤B12345/车卡停用/按临时车/请入场 「粤B12345,车卡已停用,按临时车收费」' },
  full: { any: '车位已满/请稍候/或联系/岗亭 「车位已满,请稍候」' },
  closed: { any: '粤B12345/未授权/请联系/岗亭 「粤B12345,未授权,请联系岗亭」' },
  'card-refused': {
    any: '粤B12345/车卡到期/请联系/岗亭 「粤B12345,车卡已到期,请联系岗亭」',
    'card-monthly': '粤B12345/月租到期/请联系/岗亭 「粤B12345,月租已到期,请联系岗亭」',
  },
  'card-spaces-taken': { any: '粤B12345/车位已占/请等候 「粤B12345,车位已占用,请等候」' },
  'exit-due': { any: '粤B12345/1小时/请缴费/10元 「粤B12345,停车1小时,请缴费10元」' },
  'exit-paid': {
    any: '粤B12345/已缴费/10元/一路平安 「粤B12345,一路平安」',
    'card-stored-value': '粤B12345/已缴费/10元/余50元 「粤B12345,余额50元,一路平安」',
  },
  'exit-free': {
    any: '粤B12345/一路平安 「粤B12345,一路平安」',
    card: '粤B12345/固定车/剩3天/一路平安 「粤B12345,固定车,一路平安」',
    'card-monthly': '粤B12345/月租车/剩3天/一路平安 「粤B12345,月租车,一路平安」',
    'card-stored-value': '粤B12345/储值车/余50元/一路平安 「粤B12345,储值车,余额50元,一路平安」',
    'card-counted': '粤B12345/计次车/剩8次/一路平安 「粤B12345,计次车,剩余8次,一路平安」',
    'card-hours': '粤B12345/时租车/剩12.5时/一路平安 「粤B12345,时租车,剩余12.5小时,一路平安」',
    'card-owner': '粤B12345/产权车/剩3天/一路平安 「粤B12345,产权车,一路平安」',
    'card-staff': '粤B12345/员工车/一路平安 「粤B12345,员工车,一路平安」',
    'card-vip': '粤B12345/贵宾车/一路平安 「粤B12345,贵宾车,一路平安」',
    'card-guest': '粤B12345/来宾车/一路平安 「粤B12345,来宾车,一路平安」',
    'card-coach': '粤B12345/大巴车/剩3天/一路平安 「粤B12345,大巴车,一路平安」',
    'card-shared-space': '粤B12345/共享车位/剩3天/一路平安 「粤B12345,共享车位,一路平安」',
  },
  'exit-later': { any: '粤B12345/稍后扣费/10元/一路平安 「粤B12345,稍后自动扣费,一路平安」' },
  'exit-owing': { any: '粤B12345/待补缴/10元/一路平安 「粤B12345,待补缴10元,一路平安」' },
  'inner-exit': { any: '粤B12345/请通行 「粤B12345,请通行」' },
  released: { any: '粤B12345/请通行 「请通行」' },
  'no-entry': { any: '粤B12345/无入场/请联系/岗亭 「粤B12345,无入场记录,请联系岗亭」' },
  arrears: { any: '粤B12345/有欠费/请联系/岗亭 「粤B12345,有欠费,请联系岗亭」' },
  refused: { any: '粤B12345/禁止通行/请联系/岗亭 「粤B12345,禁止通行,请联系岗亭」' },
  unread: { any: '未识别/请倒车/再识别 「未识别到车牌,请倒车重试」' },
  unlicensed: { any: '无牌车/请扫码/或联系/岗亭 「无牌车,请扫码或联系岗亭」' },
  checking: { any: '粤B12345/核对中/请稍候 「请稍候,岗亭核对中」' },
  waiting: { any: '粤B12345/请稍候 「请稍候」' },
  asking: { any: '粤B12345/查询中/请稍候' },
  pricing: { any: '粤B12345/计费中/请稍候' },
  'remote-refused': { any: '粤B12345/未放行/请联系/岗亭 「粤B12345,未放行,请联系岗亭」' },
  'gate-trouble': { any: '粤B12345/请稍候/岗亭/处理中 「请稍候,岗亭处理中」' },
};

const CAR: Values = {
  ...{ plate: '粤B12345', fee: '10', paid: '10', duration: '1小时', minutes: '60' },
  ...{ days: '3', balance: '50', times: '8', hours: '12.5' },
  ...{ free: '6', time: '09:30', date: '11月22日', park: '停车场', lane: '东门' },
};

const read = (event: AnnouncementEvent, vehicle: AnnouncedVehicle, values: Values): string => {
  const filled = fillText(textFor([], event, vehicle), values);
  const lines = shownLines(filled).map(({ text }) => text);
  return `${lines.join('/')}${filled.speech.text === '' ? '' : ` 「${filled.speech.text}」`}`;
};

test.each(announcementEventSchema.options)('%s reads as it should to every class', (event) => {
  for (const vehicle of announcedVehicleSchema.options)
    expect(read(event, vehicle, CAR), vehicle).toBe(SHOWN[event][vehicle] ?? SHOWN[event].any);
});

/** A number as wide as it ever gets, and those that are not. */
const number = (most: number) => fc.integer({ min: 0, max: most }).map(String);
const anyValues: fc.Arbitrary<Values> = fc.record<Partial<Record<Placeholder, string | undefined>>>(
  {
    ...{ plate: fc.constantFrom('粤B12345', ''), fee: number(9999), paid: number(9999), minutes: number(99_999) },
    ...{ duration: fc.constantFrom('35分钟', '1小时5分'), days: number(3650) },
    ...{ balance: number(9999), times: number(9999), hours: number(9999), free: number(9999) },
    ...{ time: fc.constant('09:30'), date: fc.constantFrom('1月1日', '12月31日') },
    ...{ park: fc.constant('停车场'), lane: fc.constant('东门') },
  },
  { requiredKeys: [] },
);

it('whatever is known of a car: nothing unfilled, nothing that dangles, and no more than the display has room for', () => {
  // Words that mean something only beside what is filled in.
  const dangling = /[{}]|(剩余?|余额?|停车)(?=$|[天元次时小])|^[天元次时]$|,,|,$/;
  const everything = announcementEventSchema.options.flatMap((event) =>
    announcedVehicleSchema.options.map((vehicle) => ({ event, vehicle })),
  );
  fc.assert(
    fc.property(anyValues, (values) => {
      for (const { event, vehicle } of everything) {
        const filled = fillText(textFor([], event, vehicle), values);
        const lines = shownLines(filled);
        const where = `${event}/${vehicle}`;
        expect(lines.length, where).toBeLessThanOrEqual(4);
        for (const { text } of lines) {
          expect(text.trim(), where).not.toBe('');
          expect(columnsOf(text), `${where} ${text}`).toBeLessThanOrEqual(8);
          expect(text, where).not.toMatch(dangling);
        }
        expect(filled.speech.cut, where).toBe(false);
        for (const phrase of filled.speech.text.split(',')) expect(phrase, where).not.toMatch(dangling);
      }
    }),
    { numRuns: 40 },
  );
});
