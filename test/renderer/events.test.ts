import { beforeAll, describe, expect, it } from 'vitest';
import { describeEvent, isRoutine } from '../../renderer/events/describe-event.ts';
import { startI18n, wordsOf } from '../../renderer/lib/i18n/index.ts';
import type { EventView } from '../../shared/contract/journal.ts';
import { event, plate } from '../fakes/station/build.ts';
import { busyEvents, moneyEvents } from '../fakes/station/events.ts';

beforeAll(() => startI18n('zh-CN'));
const chinese = (row: Parameters<typeof describeEvent>[0]) => describeEvent(row, wordsOf('zh-CN'), 'zh-CN').text;
const english = (row: Parameters<typeof describeEvent>[0]) => describeEvent(row, wordsOf('en'), 'en').text;

describe('the journal in sentences', () => {
  it('reads in both languages', () => {
    const rows = [...busyEvents()].reverse();
    expect(rows.map(chinese)).toMatchInlineSnapshot(`
      [
        "其他事件（coupon-used）",
        "鲁BD12345 入场",
        "苏E05EV8 等待人工：没有入场记录",
        "车牌更正 鲁B8K21B → 鲁B7K218",
        "设备 cam-out2 恢复",
        "设备 cam-out2 离线",
        "手动开闸：车到闸未抬",
        "苏E05EV8 免费放行，未收 ¥30.00：军警消防救护",
        "鲁B7K218 出场，实收 ¥15.00",
        "苏E05EV8 入场",
        "王秀兰 登录",
        "工作站异常中断后启动，停机 4分",
      ]
    `);
    expect(rows.map(english)).toMatchInlineSnapshot(`
      [
        "Other event (coupon-used)",
        "鲁BD12345 entered",
        "苏E05EV8 needs a person: No entry record",
        "Plate corrected 鲁B8K21B → 鲁B7K218",
        "Device cam-out2 is back",
        "Device cam-out2 is offline",
        "By hand: Open. 车到闸未抬",
        "苏E05EV8 released free, ¥30.00 not taken: 军警消防救护",
        "鲁B7K218 left, paid ¥15.00",
        "苏E05EV8 entered",
        "王秀兰 signed in",
        "Station started after a break-down, 4m down",
      ]
    `);
  });

  it('tells the business of the drawer and the office in one line each, in both languages', () => {
    expect(moneyEvents().map(chinese)).toMatchInlineSnapshot(`
      [
        "王秀兰 上班",
        "鲁B7K218 记欠费 ¥15.00",
        "异常登记：离场后再次出现 鲁B7K218",
        "可能漏记车辆：闸机常抬",
        "鲁B7K218 核对通过（黑名单车辆）：管理员同意",
        "退款 ¥5.00 待审批：重复缴费",
        "鲁B7K218 欠费离场，欠 ¥15.00：手机没电或没带钱",
        "鲁U3B902 跟车闯闸",
      ]
    `);
    expect(moneyEvents().map(english)).toMatchInlineSnapshot(`
      [
        "王秀兰 began a shift",
        "鲁B7K218 owes ¥15.00",
        "Case: seen again after leaving 鲁B7K218",
        "Cars may pass unseen: barrier held open",
        "鲁B7K218 looked at and approved (Blacklisted car): 管理员同意",
        "Refund of ¥5.00 asked for: 重复缴费",
        "鲁B7K218 left owing ¥15.00: 手机没电或没带钱",
        "鲁U3B902 followed through",
      ]
    `);
    expect(moneyEvents().filter(isRoutine)).toEqual([]);
  });

  it('shows what a platform says, and that it is silent once, not every question on the way', () => {
    const answer = (attempt: number, said: 'open' | 'refuse' | 'failed') =>
      event(1, 0, {
        kind: 'authority-answered',
        body: { platform: 'keytop', plate: plate('鲁B7K218'), answer: said, attempt, detail: '' },
      });
    expect([answer(1, 'refuse'), answer(2, 'failed'), answer(1, 'failed'), answer(10, 'open')].map(isRoutine)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(chinese(answer(1, 'refuse'))).toBe('科拓平台不放行 鲁B7K218');
  });

  it('tells loudly of a car that nobody let pass, and not of what a platform merely hears', () => {
    const car = plate('鲁B7K218');
    const body = {
      platform: 'vanke',
      plate: car,
      confidence: 97,
      recognizedAt: 0,
      photoId: null,
      direction: 'in',
    } as const;
    const told = (why: 'held' | 'gave-up') => event(1, 0, { kind: 'authority-told', body: { ...body, why } });
    const crossed = event(2, 0, { kind: 'gate-crossed', body: { platform: 'vanke', plate: car, asked: car } });
    expect([told('held'), told('gave-up'), crossed].map(isRoutine)).toEqual([true, false, true]);
    const tone = (row: EventView) => describeEvent(row, wordsOf('zh-CN'), 'zh-CN').tone;
    expect(tone(told('gave-up'))).toBe('stop');
    const opened = (name: 'station' | 'vanke' | '王秀兰', kind: 'station' | 'platform' | 'user') =>
      event(3, 0, {
        kind: 'gate-commanded',
        actor: { kind, name },
        body: {
          ...{ commandId: 'c', action: 'open', origin: kind === 'platform' ? 'platform' : 'released' },
          ...{ reason: '平台无应答，自动放行', plate: car, photoId: null },
        },
      });
    expect(chinese(opened('station', 'station'))).toBe('平台无应答，自动放行 鲁B7K218');
    expect(tone(opened('station', 'station'))).toBe('stop');
    expect([opened('station', 'station'), opened('王秀兰', 'user')].map(isRoutine)).toEqual([false, true]);
    expect(chinese(opened('vanke', 'platform'))).toMatch(/^万科平台远程开闸：/);
    const refused = event(4, 0, {
      kind: 'gate-refused',
      body: { platform: 'vanke', action: 'open', plate: '鲁B1', reason: '车道上没有车' },
    });
    expect([tone(refused), chinese(refused)]).toEqual(['call', '没有执行万科平台的开闸指令：车道上没有车']);
  });

  it('tells of a car that left first what it pays, as nothing that anybody must look at', () => {
    const owing = moneyEvents().find(({ kind }) => kind === 'vehicle-exited');
    if (!owing) throw new Error('no exit');
    const row = { ...owing, body: { ...owing.body, how: 'departure-pay', reason: null } };
    expect([chinese(row), english(row)]).toEqual([
      '鲁B7K218 出场，先离场后付费 ¥15.00',
      '鲁B7K218 left and pays ¥15.00 after leaving',
    ]);
    expect(describeEvent(row, wordsOf('zh-CN'), 'zh-CN').tone).toBe('plain');
    expect(describeEvent(owing, wordsOf('zh-CN'), 'zh-CN').tone).toBe('call');
  });

  it('hides a payment at the gate, which the exit tells, and shows one for an old debt', () => {
    const paid = (scene: 'gate' | 'arrears') => ({
      ...event(1, 0, { kind: 'station-stopped', body: {} }),
      kind: 'bill-paid',
      body: { scene },
    });
    expect([isRoutine(paid('gate')), isRoutine(paid('arrears'))]).toEqual([true, false]);
  });

  it('shows a known kind of an unknown shape by its name, and never throws', () => {
    const broken = { ...event(1, 0, { kind: 'station-stopped', body: {} }), kind: 'bill-paid', body: { nothing: 1 } };
    expect(chinese(broken)).toBe('其他事件（bill-paid）');
    expect(chinese({ ...broken, kind: 'toString' })).toBe('其他事件（toString）');
  });

  it('hides what the machines did by themselves and keeps what people did', () => {
    const command = (origin: 'decision' | 'manual') =>
      event(1, 0, {
        kind: 'gate-commanded',
        body: { commandId: 'c', action: 'open', origin, reason: null, plate: null, photoId: null },
      });
    expect(isRoutine(command('decision'))).toBe(true);
    expect(isRoutine(command('manual'))).toBe(false);
    expect(
      isRoutine(event(2, 0, { kind: 'gate-answered', body: { commandId: 'c', outcome: 'unknown', detail: '' } })),
    ).toBe(false);
  });

  it('names a device by its lane and says an alarm in words that a cashier can act on', () => {
    const alarm = (code: string, subject: string) =>
      event(1, 0, {
        kind: 'alarm',
        body: { code, subject, detail: 'read ECONNRESET', severity: 'alarm', cleared: false },
      });
    const say = (row: Parameters<typeof describeEvent>[0]) =>
      describeEvent(row, wordsOf('zh-CN'), 'zh-CN', (id) => (id === 'cam-1' ? '东门出口相机' : id)).text;
    expect(say(alarm('device-offline', 'cam-1'))).toBe('报警：东门出口相机离线，检查电源和网线');
    expect(say(alarm('platform-offline', 'qingdao'))).toContain('青岛平台断开，记录存在本机');
    expect(say(alarm('unheard-of', 'x'))).toBe('报警：read ECONNRESET');
  });

  it('says of a camera that it opened by itself', () => {
    const body = {
      deviceId: 'c',
      serialNo: 's',
      plateId: '1',
      confidence: null,
      trigger: 'automatic',
      capturedAt: null,
    };
    const plate = { text: '粤B12345', color: 'blue', kind: 'ordinary' } as const;
    const read = (stored: boolean) =>
      event(1, 0, { kind: 'plate-read', body: { ...body, plate, direction: 'in', stored, openedByCamera: true } });
    const say = (language: 'zh-CN' | 'en', stored: boolean) =>
      describeEvent(read(stored), wordsOf(language), language, (id) => id);
    expect(say('zh-CN', false)).toEqual({ text: '识别 粤B12345 · 相机自行开闸', tone: 'call' });
    expect(say('en', true).text).toBe('Late read 粤B12345 · opened by the camera itself');
    const alarm = {
      code: 'camera-opens',
      subject: 'c',
      detail: '相机 c 自行开闸',
      severity: 'alarm',
      cleared: false,
    } as const;
    const told = describeEvent(
      event(1, 0, { kind: 'alarm', body: alarm }),
      wordsOf('zh-CN'),
      'zh-CN',
      () => '东门相机',
    );
    expect(told.text).toBe('报警：东门相机自行开闸：请管理员关闭相机自带的白名单和脱机开闸');
  });

  it('says the figures of an alarm in the language of the screen, and an older row without any', () => {
    const alarm = (figures: object) =>
      event(1, 0, {
        kind: 'alarm',
        body: {
          code: 'camera-clock',
          subject: 'cam-1',
          detail: '相机 cam-1 …',
          severity: 'warning',
          cleared: false,
          ...figures,
        },
      });
    const say = (language: 'zh-CN' | 'en', row: Parameters<typeof describeEvent>[0]) =>
      describeEvent(row, wordsOf(language), language, () => (language === 'en' ? 'East exit camera' : '东门出口相机'))
        .text;
    const exact = alarm({ figures: { seconds: 42 } });
    expect(say('zh-CN', exact)).toBe('报警：东门出口相机的时钟与本机相差 42 秒，请给相机对时');
    expect(say('en', exact)).toContain('East exit camera: its clock is 42 s apart');
    expect(say('en', alarm({}))).toContain('East exit camera: its clock differs');
  });

  it('says how a drawer was taken over in whole English', () => {
    const shift = [...moneyEvents()].find(({ kind }) => kind === 'shift-changed');
    const taken = shift && english({ ...shift, body: { ...shift.body, change: 'confirmed' } });
    expect(taken).toMatch(/^\S+’s drawer was taken over/);
  });
});
