import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { announcementRulesSchema } from '../../../shared/domain/announcement.ts';
import { DEFAULT_TEXTS, defaultText, effectiveTexts, textFor } from '../../../shared/domain/announcement-defaults.ts';
import {
  fillText,
  fitColumns,
  leftOver,
  SAMPLE_VALUES,
  spokenDuration,
  spokenYuan,
} from '../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncementText,
  announcedVehicleSchema,
  announcementEventSchema,
  announcementTextSchema,
  columnsOf,
  textFaults,
} from '../../../shared/domain/announcement-text.ts';
import { passageRulesSchema } from '../../../shared/domain/passage-rules.ts';

const text = (over: Partial<AnnouncementText>): AnnouncementText => ({
  ...{ event: 'exit-due', vehicle: 'any', lines: [], speech: '' },
  ...over,
});
const shown = (line: string, values: Parameters<typeof fillText>[1]) =>
  fillText({ lines: [{ text: line, color: 'red' }], speech: '' }, values).lines[0];
const said = (speech: string, values: Parameters<typeof fillText>[1]) =>
  fillText({ lines: [], speech }, values).speech.text;

describe('what is filled in', () => {
  it('is known by its Chinese name and by its English one', () => {
    expect(shown('请缴费{金额}元', { fee: '5' })).toEqual({
      ...{ text: '请缴费5元', columns: 9, cut: false, color: 'red', absent: false },
    });
    expect(shown('请缴费{fee}元', { fee: '5' })?.text).toBe('请缴费5元');
    expect(shown('{ 车牌 }', { plate: '粤B12345' })?.text).toBe('粤B12345');
  });

  it('takes the whole line along where it is not known', () => {
    expect(shown('剩{剩余天数}天', {})).toMatchObject({ text: '', absent: true });
    expect(shown('剩{剩余天数}天', { days: '' })?.absent).toBe(true);
    expect(shown('{车牌}', { plate: '0' })?.absent).toBe(false);
  });

  it('takes only its phrase along where it is spoken', () => {
    expect(said('{车牌},月租车，剩余{剩余天数}天,请续费', { plate: '粤B12345' })).toBe('粤B12345,月租车,请续费');
    expect(said('{车牌},欢迎光临', {})).toBe('欢迎光临');
    expect(said('', { plate: '粤B12345' })).toBe('');
  });

  it('is one line, whatever stands in it', () => {
    expect(shown('{车场}', { park: '东\r\n门\u001b[' })?.text).toBe('东  门 [');
  });
});

test.each([
  [0, '0'],
  [5, '0.05'],
  [50, '0.5'],
  [500, '5'],
  [1250, '12.5'],
  [1205, '12.05'],
  [100_000, '1000'],
])('%d fen are %s yuan', (fen, words) => expect(spokenYuan(fen)).toBe(words));

test.each([
  [0, '0'],
  [5, '5'],
  [12.5, '12.5'],
  [0.29, '0.2'],
  [0.3, '0.3'],
  [99.95, '99.9'],
  [100, '100'],
  [123.9, '123'],
])('%d left on a card are told as %s, and never as more', (amount, words) => expect(leftOver(amount)).toBe(words));

test.each([
  [0, '0分钟'],
  [59, '59分钟'],
  [60, '1小时'],
  [65, '1小时5分'],
  [1440, '1天'],
  [2945, '2天1小时5分'],
  [-3, '0分钟'],
])('%d minutes are %s', (minutes, words) => expect(spokenDuration(minutes)).toBe(words));

describe('the width of a display', () => {
  const anyText = fc.string({ unit: fc.constantFrom('粤', 'B', '1', ' ', '元', '𠮷', '·', '{', 'é'), maxLength: 60 });

  it('is never exceeded, and never holds half of a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 40 }), (whole, most) => {
        const fitted = fitColumns(whole, most);
        expect(fitted.columns).toBe(columnsOf(fitted.text));
        expect(fitted.columns).toBeLessThanOrEqual(most);
        expect(whole.startsWith(fitted.text)).toBe(true);
        expect(fitted.text.isWellFormed()).toBe(true);
        expect(fitted.cut).toBe(fitted.text !== whole);
        // As much as there is room for.
        const next = [...whole].at([...fitted.text].length);
        if (next !== undefined) expect(fitted.columns + columnsOf(next)).toBeGreaterThan(most);
      }),
    );
  });

  it('holds for whatever is filled in', () => {
    fc.assert(
      fc.property(anyText, anyText, (plate, park) => {
        const lines = ['{车牌}{车场}', '一{车场}二'].map((line) => ({ text: line, color: 'red' as const }));
        const filled = fillText({ lines, speech: '{车牌},{车场}' }, { plate, park });
        for (const line of filled.lines) expect(line.columns).toBeLessThanOrEqual(32);
        expect(filled.speech.columns).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('a text that cannot be', () => {
  it.each([
    ['{plat}', { code: 'unknown', name: 'plat' }],
    ['{}', { code: 'unknown', name: '' }],
    ['{剩余天数}天', { code: 'not-here', name: '剩余天数' }],
    ['{金额', { code: 'brace', name: '' }],
    ['金额}', { code: 'brace', name: '' }],
    ['一二三四五六七八九十一二三四五六七', { code: 'too-wide', name: '' }],
  ])('%s', (line, fault) => {
    const wrong = text({
      lines: [
        { text: '', color: 'red' },
        { text: line, color: 'red' },
      ],
    });
    expect(textFaults(wrong)).toEqual([{ ...fault, part: 'line', index: 1 }]);
  });

  it('is refused with its place and its name', () => {
    const parsed = announcementTextSchema.safeParse(text({ speech: '请缴费{fe}元' }));
    expect(parsed.error?.issues).toMatchObject([{ path: ['speech'], message: 'no placeholder {fe}' }]);
  });

  it('stands once for each class', () => {
    const parsed = announcementRulesSchema.safeParse({ texts: [text({}), text({ lines: [] })] });
    expect(parsed.error?.issues).toMatchObject([{ path: ['texts', 1, 'vehicle'] }]);
  });
});

describe('the texts that the program brings along', () => {
  it('are there for every event, and sound', () => {
    for (const event of announcementEventSchema.options) expect(defaultText(event, 'any'), event).toBeDefined();
    for (const each of DEFAULT_TEXTS) expect(announcementTextSchema.safeParse(each).error).toBeUndefined();
  });

  it('fit onto four lines of four Chinese characters, the longest plate and a four-figure count included', () => {
    const values = {
      ...SAMPLE_VALUES,
      free: '1280',
      fee: '1234.5',
      paid: '1234.5',
      days: '3650',
      balance: '1234',
      times: '9999',
      hours: '1000',
    };
    for (const each of DEFAULT_TEXTS)
      for (const line of fillText(each, values).lines)
        expect(line.columns, `${each.event} ${line.text}`).toBeLessThanOrEqual(8);
    for (const each of DEFAULT_TEXTS) expect(fillText(each, { ...values, plate: '粤BD12345' }).speech.cut).toBe(false);
  });

  it('give way to changed ones, class by class', () => {
    const mine = text({ event: 'entry-welcome', speech: '早' });
    const listed = text({ event: 'entry-welcome', vehicle: 'listed', speech: '请登记' });
    expect(textFor([mine], 'entry-welcome', 'temporary')).toBe(mine);
    // What was written for a class counts before what was changed for all.
    expect(textFor([mine], 'entry-welcome', 'card')).toBe(defaultText('entry-welcome', 'card'));
    expect(textFor([mine, listed], 'entry-welcome', 'listed')).toBe(listed);
    const all = effectiveTexts([listed, mine]).filter(({ event }) => event === 'entry-welcome');
    expect(all.map(({ vehicle, speech }) => [vehicle, speech])).toEqual([
      ['any', '早'],
      ['card', '{车牌},固定车,欢迎光临'],
      ['card-monthly', '{车牌},月租车,欢迎光临'],
      ['card-stored-value', '{车牌},储值车,余额{余额}元,欢迎光临'],
      ['card-counted', '{车牌},计次车,剩余{剩余次数}次,欢迎光临'],
      ['card-hours', '{车牌},时租车,剩余{剩余小时}小时,欢迎光临'],
      ['card-owner', '{车牌},产权车,欢迎光临'],
      ['card-staff', '{车牌},员工车,欢迎光临'],
      ['card-vip', '{车牌},贵宾车,欢迎光临'],
      ['card-guest', '{车牌},来宾车,欢迎光临'],
      ['card-coach', '{车牌},大巴车,欢迎光临'],
      ['card-shared-space', '{车牌},共享车位,欢迎光临'],
      ['visitor', '{车牌},访客车辆,欢迎光临'],
      ['booking', '{车牌},预约车辆,欢迎光临'],
      ['listed', '请登记'],
    ]);
    expect(effectiveTexts([])).toEqual(DEFAULT_TEXTS);
  });

  it('give way to what was changed for the whole that they are a part of', () => {
    const cards = text({ event: 'entry-welcome', vehicle: 'card', speech: '业主请进' });
    const counted = text({ event: 'entry-welcome', vehicle: 'card-counted', speech: '次卡请进' });
    expect(textFor([cards], 'entry-welcome', 'card-vip')).toBe(cards);
    expect(textFor([cards, counted], 'entry-welcome', 'card-counted')).toBe(counted);
    expect(textFor([counted], 'entry-welcome', 'card-vip').speech).toBe('{车牌},贵宾车,欢迎光临');
    const shown = effectiveTexts([cards]).find(({ event, vehicle }) => event === cards.event && vehicle === 'card-vip');
    expect(shown?.speech).toBe('业主请进');
    const guests = text({ event: 'entry-welcome', vehicle: 'visitor', speech: '请登记' });
    expect(textFor([guests], 'entry-welcome', 'booking')).toBe(guests);
    // Where the program has no text for all cards, what was changed for everybody, or for those who stand as temporary.
    const expired = text({ event: 'card-expired', speech: '请到服务台' });
    expect(textFor([expired], 'card-expired', 'card-monthly')).toBe(expired);
    const temporary = text({ event: 'card-expired', vehicle: 'temporary', speech: '到期' });
    expect(textFor([expired, temporary], 'card-expired', 'card-monthly')).toBe(temporary);
    expect(textFor([expired, temporary], 'card-refused', 'card-monthly')).toBe(
      defaultText('card-refused', 'card-monthly'),
    );
  });

  it('leave what was written before there were classes of cards as it is', () => {
    const stored = ['any', 'temporary', 'card', 'visitor', 'free', 'listed', 'unread'].map((vehicle) => ({
      ...{ event: 'exit-free', vehicle, lines: [{ text: '慢走', color: 'green' }], speech: '{剩余天数}天' },
    }));
    const { announcements } = passageRulesSchema.parse({ announcements: { texts: stored, volume: 40 } });
    expect(announcements).toMatchObject({ texts: stored, volume: 40 });
    for (const vehicle of announcedVehicleSchema.options)
      expect(textFor(announcements.texts, 'exit-free', vehicle).lines).toEqual([{ text: '慢走', color: 'green' }]);
  });
});
