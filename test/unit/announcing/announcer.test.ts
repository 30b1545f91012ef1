import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Announcer } from '../../../electron/station/announcing/announcer.ts';
import { AnnouncementDesk } from '../../../electron/station/announcing/desk.ts';
import type { CommandOutcome, Device, Display, Sign } from '../../../electron/station/devices/device.ts';
import type { AnnouncementRules } from '../../../shared/domain/announcement.ts';
import type { AnnouncementText } from '../../../shared/domain/announcement-text.ts';
import { type DisplayLine, fromTheLeft } from '../../../shared/domain/display.ts';
import { type PassageRules, passageRulesSchema } from '../../../shared/domain/passage-rules.ts';
import { type Lane, laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import { AREAS } from '../../support/lane-world.ts';
import { type LogLine, memoryLog } from '../../support/silent-log.ts';
import { IN1, OUT1, Rig } from '../lanes/runtime-rig.ts';

const DONE: CommandOutcome = { outcome: 'done', detail: '' };
const withDisplay = (lane: Lane, display: string): Lane => laneSchema.parse({ ...lane, display });
const ENTRY = withDisplay(IN1, 'led-in');
const EXIT = withDisplay(OUT1, 'led-out');

/** A display that writes down what it is told. */
class Led implements Display {
  readonly kind = 'display';
  readonly driver = 'test';
  readonly speaks = true;
  readonly id: string;
  /** `a/b/c` for what was shown, with ` 「…」` for what was said. */
  readonly told: string[] = [];
  readonly volumes: number[] = [];
  answer: () => Promise<CommandOutcome> = () => Promise.resolve(DONE);

  constructor(id: string) {
    this.id = id;
  }

  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
  lastSeenAt = (): null => null;
  showing = (): null => null;

  show(lines: readonly DisplayLine[], speech = ''): Promise<CommandOutcome> {
    this.told.push(`${lines.map(({ text }) => text).join('/')}${speech === '' ? '' : ` 「${speech}」`}`);
    return this.answer();
  }

  setVolume(percent: number): Promise<CommandOutcome> {
    this.volumes.push(percent);
    return Promise.resolve(DONE);
  }
}

class FreeSign implements Sign {
  readonly kind = 'sign';
  readonly driver = 'test';
  readonly id: string;
  readonly area: string | null;
  readonly told: string[] = [];

  constructor(id: string, area: string | null) {
    this.id = id;
    this.area = area;
  }

  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
  lastSeenAt = (): null => null;
  showing = (): null => null;

  show(free: number, color: string): Promise<CommandOutcome> {
    this.told.push(`${free} ${color}`);
    return Promise.resolve(DONE);
  }
}

/** Times of the day do not show: only what this is about. */
const OVER: Partial<AnnouncementRules> = {
  texts: [
    { event: 'idle-in', vehicle: 'any', lines: [{ text: '入口', color: 'green' }], speech: '' },
    { event: 'idle-out', vehicle: 'any', lines: [{ text: '出口', color: 'green' }], speech: '' },
  ],
};

class Front {
  readonly rig = new Rig({ lanes: [ENTRY, EXIT], site: { openSpaces: 12 } });
  readonly entry = new Led('led-in');
  readonly exit = new Led('led-out');
  readonly whole = new FreeSign('sign', null);
  readonly outer = new FreeSign('sign-a1', 'a1');
  readonly log: LogLine[] = [];
  readonly states = new Map<string, 'online' | 'offline'>();
  rules: PassageRules = passageRulesSchema.parse({ announcements: OVER });
  announcer = this.#announcer();
  #changed: () => void = () => undefined;

  #announcer(): Announcer {
    const site = siteSchema.parse({ code: '1', name: '停车场', totalSpaces: 100, openSpaces: 90 });
    const rules = (): PassageRules => this.rules;
    const devices: Device[] = [this.entry, this.exit, this.whole, this.outer];
    return new Announcer({
      ...{
        store: this.rig.store,
        clock: this.rig.clock,
        lanes: this.rig.lanes,
        areas: AREAS,
        log: memoryLog(this.log),
      },
      site: {
        ...site,
        get rules() {
          return rules();
        },
      },
      devices: {
        list: () => devices,
        find: (id) => devices.find((device) => device.id === id),
        watchOf: (id) => ({ state: this.states.get(id) ?? 'unknown' }),
        onChanged: (listener) => {
          this.#changed = listener;
          return () => undefined;
        },
      },
    });
  }

  is(device: Device, state: 'online' | 'offline'): void {
    this.states.set(device.id, state);
    this.#changed();
  }

  set(over: Partial<AnnouncementRules>): void {
    this.rules = passageRulesSchema.parse({ announcements: { ...OVER, ...over } });
  }

  /** After a restart of the station. */
  restart(): void {
    this.announcer.stop();
    this.rig.restart();
    this.announcer = this.#announcer();
    this.announcer.start();
  }

  pass = (ms: number): Promise<void> => this.rig.clock.advance(ms);

  /** What was told since the last look. */
  heard(led: Led | FreeSign): string[] {
    return led.told.splice(0);
  }
}

let front: Front;
beforeEach(async () => {
  front = new Front();
  front.announcer.start();
  await front.pass(10);
  for (const each of [front.entry, front.exit, front.whole, front.outer]) front.heard(each);
});
afterEach(() => {
  front.announcer.stop();
  front.rig.dispose();
});

describe('a car', () => {
  it('is told once, shown again in silence, and makes room for the idle picture', async () => {
    front.set({ holdSeconds: 40, idleEverySeconds: 30 });
    front.rig.car(ENTRY, '鲁B12345');
    await front.pass(1);
    expect(front.heard(front.entry)).toEqual(['鲁B12345/欢迎光临/请入场 「鲁B12345,欢迎光临」']);
    await front.pass(29_000);
    expect(front.heard(front.entry)).toEqual([]);
    await front.pass(2_000);
    expect(front.heard(front.entry)).toEqual(['鲁B12345/欢迎光临/请入场']);
    await front.pass(8_900);
    expect(front.heard(front.entry)).toEqual([]);
    await front.pass(200);
    expect(front.heard(front.entry)).toEqual(['入口']);
    expect(front.heard(front.exit)).toEqual(['出口']);
  });

  it('that must pay is told for as long as it stands there, and gives way to what follows', async () => {
    front.set({ holdSeconds: 5, idleEverySeconds: 3600 });
    await front.rig.parked('鲁B12345', 65);
    front.heard(front.exit);
    front.rig.car(EXIT, '鲁B12345');
    await front.pass(600_000);
    expect(front.heard(front.exit)).toEqual(['鲁B12345/1小时5分/请缴费/10元 「鲁B12345,停车1小时5分,请缴费10元」']);
    front.rig.lanes.order(EXIT.id, {
      type: 'collect',
      method: 'cash',
      amountFen: 1000,
      actor: { kind: 'user', name: '李' },
    });
    await front.pass(1);
    expect(front.heard(front.exit)).toEqual(['鲁B12345/已缴费/10元/一路平安 「鲁B12345,一路平安」']);
    await front.pass(5_000);
    expect(front.heard(front.exit)).toEqual(['出口']);
  });

  it('is followed at once by the next one', async () => {
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(500);
    front.rig.car(ENTRY, '鲁B22222');
    await front.pass(1);
    expect(front.heard(front.entry)).toEqual([
      '鲁B11111/欢迎光临/请入场 「鲁B11111,欢迎光临」',
      '鲁B22222/欢迎光临/请入场 「鲁B22222,欢迎光临」',
    ]);
  });

  it('that stood there before a restart is shown what it was told, and told nothing twice', async () => {
    await front.rig.parked('鲁B12345', 65);
    front.rig.car(EXIT, '鲁B12345');
    await front.pass(1);
    front.heard(front.exit);
    front.restart();
    await front.pass(1);
    expect(front.heard(front.exit)).toEqual(['鲁B12345/1小时5分/请缴费/10元']);
  });

  it('is told as the manager wrote it, in the time that the text has of its own', async () => {
    const mine = { event: 'entry-welcome', vehicle: 'temporary', speech: '早', seconds: 3 } as const;
    front.set({ texts: [...(OVER.texts ?? []), { ...mine, lines: [{ text: '{车场}剩{余位}', color: 'red' }] }] });
    front.rig.car(ENTRY, '鲁B12345');
    await front.pass(3_100);
    expect(front.heard(front.entry)).toEqual(['停车场剩11 「早」', '入口']);
  });
});

describe('a display', () => {
  it('that never answers delays neither the arm nor the next car, and says the newest thing afterwards', async () => {
    front.entry.answer = () => new Promise(() => undefined);
    for (const text of ['鲁B11111', '鲁B22222', '鲁B33333']) {
      front.rig.car(ENTRY, text);
      // The arm was told before anything else had a turn.
      expect(front.rig.moves.splice(0)).toEqual(['in1:open']);
      await front.pass(500);
    }
    expect(front.heard(front.entry)).toEqual(['鲁B11111/欢迎光临/请入场 「鲁B11111,欢迎光临」']);
    await front.pass(5_000);
    expect(front.heard(front.entry)).toEqual(['鲁B33333/欢迎光临/请入场 「鲁B33333,欢迎光临」']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('kaput');
      },
    ],
    ['fails', () => Promise.reject(new Error('kaput'))],
  ])('that %s delays nothing and ends nothing', async (_how, answer) => {
    front.entry.answer = answer;
    front.rig.car(ENTRY, '鲁B11111');
    expect(front.rig.moves).toEqual(['in1:open']);
    await front.pass(500);
    front.rig.car(ENTRY, '鲁B22222');
    await front.pass(1);
    expect(front.heard(front.entry)).toHaveLength(2);
    expect(front.announcer.boards()[0]?.given).toMatchObject({ ended: { outcome: 'unknown', detail: 'kaput' } });
  });

  it('is told nothing on the way from the plate to the arm', () => {
    front.rig.car(ENTRY, '鲁B11111');
    expect(front.rig.moves).toEqual(['in1:open']);
    expect(front.heard(front.entry)).toEqual([]);
  });

  it('that came back is told its volume and its picture again, in silence', async () => {
    front.is(front.entry, 'online');
    await front.pass(1);
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(1);
    front.is(front.entry, 'offline');
    await front.pass(1_000);
    front.heard(front.entry);
    front.entry.volumes.splice(0);
    front.is(front.entry, 'online');
    await front.pass(1);
    expect(front.heard(front.entry)).toEqual(['鲁B11111/欢迎光临/请入场']);
    expect(front.entry.volumes).toEqual([70]);
    front.is(front.entry, 'online');
    await front.pass(1);
    expect(front.heard(front.entry)).toEqual([]);
  });

  const LOST: CommandOutcome = { outcome: 'unknown', detail: '屏没有应答' };
  const SAID = '鲁B11111/欢迎光临/请入场 「鲁B11111,欢迎光临」';
  const SHOWN = '鲁B11111/欢迎光临/请入场';

  it('that lost its power just as a car was read shows it again, and says once what was not heard', async () => {
    front.set({ holdSeconds: 40 });
    front.entry.answer = () => Promise.resolve(LOST);
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(2_000);
    front.entry.answer = () => Promise.resolve(DONE);
    // Shown first: only a display that confirms that is there to say something.
    await front.pass(3_100);
    expect(front.heard(front.entry)).toEqual([SAID, SHOWN, SAID]);
    await front.pass(20_000);
    expect(front.heard(front.entry)).toEqual([]);
  });

  it('that came back while the car stands there says at once what was not heard, if that is not old', async () => {
    for (const [away, heard] of [
      [10_000, SAID],
      [16_000, SHOWN],
    ] as const) {
      front.set({ holdSeconds: 40 });
      front.is(front.entry, 'online');
      front.entry.answer = () => Promise.resolve({ outcome: 'refused', detail: '未连接' });
      front.rig.car(ENTRY, '鲁B11111');
      await front.pass(500);
      front.is(front.entry, 'offline');
      await front.pass(away);
      expect(front.heard(front.entry)[0]).toBe(SAID);
      front.entry.answer = () => Promise.resolve(DONE);
      front.is(front.entry, 'online');
      await front.pass(10);
      expect(front.heard(front.entry)).toEqual([heard]);
      front.rig.lanes.safetyLoop(ENTRY.id, true);
      front.rig.lanes.safetyLoop(ENTRY.id, false);
      await front.pass(120_000);
      front.heard(front.entry);
    }
  });

  it('that never confirms is not told without end, and says nothing twice', async () => {
    front.set({ holdSeconds: 120, idleEverySeconds: 60 });
    front.entry.answer = () => Promise.resolve(LOST);
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(55_000);
    expect(front.heard(front.entry)).toEqual([SAID, SHOWN, SHOWN, SHOWN]);
  });

  it('that is back does not tell the next car what was meant for the one before', async () => {
    front.set({ holdSeconds: 40 });
    front.entry.answer = () => Promise.resolve(LOST);
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(1_000);
    front.entry.answer = () => Promise.resolve(DONE);
    front.rig.car(ENTRY, '鲁B22222');
    await front.pass(12_000);
    const next = '鲁B22222/欢迎光临/请入场';
    expect(front.heard(front.entry)).toEqual([SAID, `${next} 「鲁B22222,欢迎光临」`]);
  });

  it('is as loud as somebody wants to hear it for one sentence, also in the quiet hours, and then as the rules say', async () => {
    await front.pass(100);
    front.set({ volume: 70, quietHours: [{ from: '00:00', to: '23:59', volume: 0 }] });
    await front.pass(31_000);
    front.entry.volumes.splice(0);
    front.heard(front.entry);
    await front.announcer.show(front.entry, fromTheLeft(['测试']), 'test', '一路平安');
    await front.announcer.show(front.entry, fromTheLeft(['测试']), 'test', '一路平安', 30);
    await front.pass(1_000);
    expect(front.heard(front.entry)).toEqual(['测试', '测试 「一路平安」']);
    expect(front.entry.volumes).toEqual([30]);
    await front.pass(15_000);
    expect(front.entry.volumes).toEqual([30, 0]);
  });

  it('goes quiet on the minute, and says nothing while it is silent', async () => {
    // 08:05:09 in Shanghai.
    front.set({ quietHours: [{ from: '08:06', to: '08:07', volume: 0 }] });
    await front.pass(30_000);
    front.entry.volumes.splice(0);
    await front.pass(20_900);
    expect(front.entry.volumes).toEqual([]);
    await front.pass(200);
    expect(front.entry.volumes).toEqual([0]);
    front.heard(front.entry);
    front.rig.car(ENTRY, '鲁B11111');
    await front.pass(1);
    expect(front.heard(front.entry)).toEqual(['鲁B11111/欢迎光临/请入场']);
    await front.pass(60_000);
    expect(front.entry.volumes).toEqual([0, 70]);
    // Not afterwards, either: the car has gone.
    expect(front.heard(front.entry).join()).not.toContain('「');
  });
});

describe('what a platform puts up', () => {
  const platform = (...lines: string[]) => front.announcer.show(front.exit, fromTheLeft(lines), 'platform');

  it('stays for its time, though the idle picture and the same car have something to show', async () => {
    front.set({ holdSeconds: 10 });
    await front.rig.parked('鲁B12345', 65);
    front.rig.car(EXIT, '鲁B12345');
    await front.pass(1);
    front.heard(front.exit);
    expect(await platform('平台', '已付')).toEqual(DONE);
    front.rig.lanes.order(EXIT.id, {
      type: 'collect',
      method: 'cash',
      amountFen: 1000,
      actor: { kind: 'user', name: '李' },
    });
    await front.pass(1_000);
    // What is said aloud is said under it.
    expect(front.heard(front.exit)).toEqual(['平台/已付', '平台/已付 「鲁B12345,一路平安」']);
    await front.pass(8_000);
    expect(front.heard(front.exit)).toEqual([]);
    await front.pass(1_100);
    expect(front.heard(front.exit)).toEqual(['出口']);
  });

  it('gives way to another car', async () => {
    await front.rig.parked('鲁B12345', 5);
    front.heard(front.exit);
    await platform('平台', '欢迎');
    front.rig.car(EXIT, '鲁B12345');
    await front.pass(1);
    expect(front.heard(front.exit)).toEqual(['平台/欢迎', '鲁B12345/一路平安 「鲁B12345,一路平安」']);
  });

  it('keeps nothing where it could not be shown', async () => {
    front.exit.answer = () => Promise.resolve({ outcome: 'refused', detail: '未连接' });
    expect(await platform('平台')).toEqual({ outcome: 'refused', detail: '未连接' });
    front.exit.answer = () => Promise.resolve(DONE);
    await front.pass(10);
    expect(front.heard(front.exit)).toEqual(['平台', '出口']);
  });
});

describe('the desk', () => {
  const desk = () =>
    new AnnouncementDesk({
      ...{ announcer: front.announcer, store: front.rig.store },
      devices: { watchOf: (id) => ({ state: front.states.get(id) ?? 'unknown' }) },
    });
  const text = (line: string, speech = ''): AnnouncementText => ({
    ...{ event: 'exit-due', vehicle: 'any', speech },
    lines: [{ text: line, color: 'red' }],
  });

  it('fills a text with what is given, what stands at the lane, and made-up values, in this order', async () => {
    await front.rig.parked('鲁B12345', 65);
    front.rig.car(EXIT, '鲁B12345');
    const shown = (line: string, values = {}, laneId?: string) =>
      desk().preview({ text: text(line), values, laneId }).lines[0]?.text;
    expect(shown('{车牌}缴{金额}元')).toBe('粤B12345缴5元');
    expect(shown('{车牌}缴{金额}元', { fee: '7' }, EXIT.id)).toBe('鲁B12345缴7元');
    expect(shown('{车道}{车牌}{金额}', {}, ENTRY.id)).toBe(`${ENTRY.name}粤B123455`);
    expect(() => shown('x', {}, 'nowhere')).toThrow('没有车道 nowhere');
  });

  it('shows a text at once, aloud where that is wanted, and writes down who did it', async () => {
    const actor = { kind: 'user', name: '老陈' } as const;
    const what = { text: text('缴{金额}元', '请缴费{金额}元'), values: { fee: '8' }, displayId: 'led-out' };
    expect(await desk().try({ ...what, speak: true }, actor)).toEqual(DONE);
    await desk().try({ ...what, speak: false }, actor);
    expect(front.heard(front.exit)).toEqual(['缴8元 「请缴费8元」', '缴8元']);
    expect(front.rig.events('display-tested').map((event) => [event.actor, event.laneId, event.body])).toEqual([
      [actor, EXIT.id, { deviceId: 'led-out', lines: ['缴8元'] }],
      [actor, EXIT.id, { deviceId: 'led-out', lines: ['缴8元'], speech: '请缴费8元' }],
    ]);
    await expect(desk().try({ ...what, displayId: 'led-x', speak: false }, actor)).rejects.toThrow('led-x');
  });

  it('tells what each display was given, by whom, and how that ended', async () => {
    front.is(front.entry, 'online');
    front.rig.car(ENTRY, '鲁B12345');
    await front.pass(1);
    expect(desk().now()).toMatchObject({
      volume: 70,
      displays: [
        {
          ...{ id: 'led-in', state: 'online', speaks: true, lanes: [{ id: 'in1' }] },
          given: {
            by: 'lane',
            event: 'entry-welcome',
            vehicle: 'temporary',
            outcome: 'done',
            speech: '鲁B12345,欢迎光临',
          },
        },
        { id: 'led-out', state: 'unknown', given: { event: 'idle-out', lines: [{ text: '出口', color: 'green' }] } },
      ],
    });
  });
});

describe('the signs', () => {
  it('are told changes at most once a second, and everything each minute', async () => {
    front.set({ sign: { yellowAtMost: 10, redAtMost: 9 } });
    for (const text of ['鲁B11111', '鲁B22222']) {
      front.rig.car(ENTRY, text);
      await front.pass(300);
    }
    await front.pass(1_000);
    // 12 open spaces in all; the area has 90 of its own.
    expect(front.heard(front.whole)).toEqual(['10 yellow']);
    expect(front.heard(front.outer)).toEqual(['88 green']);
    front.rig.car(ENTRY, '鲁B33333');
    await front.pass(1_001);
    expect(front.heard(front.whole)).toEqual(['9 red']);
    front.heard(front.outer);
    await front.pass(58_000);
    expect(front.heard(front.outer)).toEqual(['87 green']);
    await front.pass(60_000);
    expect(front.heard(front.outer)).toEqual(['87 green']);
  });
});
