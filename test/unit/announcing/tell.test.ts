import { describe, expect, it } from 'vitest';
import { cardAt, idleEvent, type Told, tell } from '../../../electron/station/announcing/tell.ts';
import { EMPTY_LANE } from '../../../electron/station/lanes/state.ts';
import { textFor } from '../../../shared/domain/announcement-defaults.ts';
import { fillText } from '../../../shared/domain/announcement-fill.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { CARDS_IN, IN, INNER_IN, INNER_OUT, LaneWorld, OUT } from '../../support/lane-world.ts';
import {
  A,
  agreement,
  approve,
  booking,
  card,
  cash,
  DAY,
  debt,
  given,
  parked,
  quiet,
  release,
  START,
  visitor,
  withdraw,
} from '../lanes/given.ts';

/** What the lane has to tell, with everything around it that the station would look up. */
function toldAt(world: LaneWorld, lane: Lane): Told | null {
  const state = world.state(lane);
  const { passage } = state;
  const stay = world.stays.get(passage?.uid ?? '') ?? null;
  const left = world.events.findLast(({ kind, passageId }) => kind === 'vehicle-exited' && passageId === passage?.id);
  return tell({
    ...{ state, stay, now: world.now, direction: lane.direction === 'out' ? 'out' : 'in' },
    how: left?.kind === 'vehicle-exited' ? left.body.how : null,
    card: cardAt(state, stay, {
      get: (id) => world.cards.get(id),
      ofPlate: (plate) => [...world.cards.values()].filter(({ plates }) => plates.includes(plate)),
    }),
  });
}

/** `event/vehicle`, the lines and the speech, as the defaults make them. */
function words(world: LaneWorld, lane: Lane): string {
  const told = toldAt(world, lane);
  if (!told) return 'idle';
  const { lines, speech } = fillText(textFor([], told.event, told.vehicle), told.values);
  const shown = lines.filter(({ absent }) => !absent).map(({ text }) => text);
  return [`${told.event}/${told.vehicle}`, ...shown, speech.text].join(' | ');
}

const came = (world: LaneWorld, text = A, lane = IN): LaneWorld => {
  world.car(lane, text);
  return world;
};
const left = (world: LaneWorld): LaneWorld => {
  quiet(world);
  world.car(OUT, A);
  return world;
};
const black = (strategy: 'no-entry' | 'warn'): LaneWorld => {
  const world = new LaneWorld();
  world.list(A, 'black', strategy);
  return world;
};
const white = (): LaneWorld => {
  const world = new LaneWorld();
  world.list(A, 'white');
  return world;
};
const full = (): LaneWorld => {
  const world = new LaneWorld({ full: { small: 'wait', medium: 'wait', large: 'wait' } });
  world.site = { ...world.site, openSpaces: 0 };
  return world;
};

const withOneInside = (surplusCar: 'wait' | 'temporary'): LaneWorld => {
  const world = given(new LaneWorld({ surplusCar }), { cards: [card({ plates: [A, '鲁B22222'] })] });
  world.car(IN, '鲁B22222');
  quiet(world);
  return world;
};

/** The arm by the hand of a person, and how that ended. */
const hand = (
  world: LaneWorld,
  lane: Lane,
  action: 'open' | 'close' | 'hold' | 'release-hold',
  outcome: 'pending' | 'done' | 'unknown' | 'refused' = 'done',
): void => {
  const actor = { kind: 'user', name: '李四' } as const;
  world.must(lane, { type: 'gate', action, reason: '特种车辆', photoId: null, actor });
  const commandId = world.state(lane).lastCommand?.id ?? '';
  if (outcome !== 'pending') world.must(lane, { type: 'gate-answered', commandId, outcome, detail: '' });
};

describe('an entrance tells', () => {
  it.each([
    [
      'a temporary car',
      came(new LaneWorld()),
      'entry-welcome/temporary | 鲁B12345 | 欢迎光临 | 请入场 | 鲁B12345,欢迎光临',
    ],
    [
      'a card',
      came(given(new LaneWorld(), { cards: [card()] })),
      'entry-welcome/card-monthly | 鲁B12345 | 月租车 | 剩30天 | 请入场 | 鲁B12345,月租车,欢迎光临',
    ],
    [
      'a card that ends soon',
      came(given(new LaneWorld(), { cards: [card({ validTo: START + 2.5 * DAY })] })),
      'card-expires-soon/card-monthly | 鲁B12345 | 月租车 | 剩3天 | 请续费 | 鲁B12345,月租车,剩余3天,请及时续费',
    ],
    [
      'a card that ended',
      came(given(new LaneWorld(), { cards: [card({ validTo: START - DAY })] })),
      'card-expired/card-monthly | 鲁B12345 | 月租到期 | 按临时车 | 请入场 | 鲁B12345,月租已到期,按临时车收费',
    ],
    [
      'a card that ended, where such cars wait',
      came(given(new LaneWorld({ expiredCard: 'wait' }), { cards: [card({ validTo: START - DAY })] })),
      'card-refused/card-monthly | 鲁B12345 | 月租到期 | 请联系 | 岗亭 | 鲁B12345,月租已到期,请联系岗亭',
    ],
    [
      'somebody expected',
      came(given(new LaneWorld(), { visitors: [visitor()] })),
      'entry-welcome/visitor | 鲁B12345 | 访客车辆 | 请入场 | 鲁B12345,访客车辆,欢迎光临',
    ],
    [
      'somebody who booked',
      came(given(new LaneWorld(), { bookings: [booking()] })),
      // 预约车 is no 访客车: nobody in the house expects it by name, and its driver paid for the time.
      'entry-welcome/booking | 鲁B12345 | 预约车辆 | 请入场 | 鲁B12345,预约车辆,欢迎光临',
    ],
    [
      'a card whose spaces are taken, where such cars wait',
      came(withOneInside('wait')),
      'card-spaces-taken/card-monthly | 鲁B12345 | 车位已占 | 请等候 | 鲁B12345,车位已占用,请等候',
    ],
    [
      'a card whose spaces are taken',
      came(withOneInside('temporary')),
      'card-surplus/card-monthly | 鲁B12345 | 车位已用 | 按临时车 | 请入场 | 鲁B12345,车位已被占用,按临时车收费',
    ],
    [
      'a card that is suspended',
      came(given(new LaneWorld(), { cards: [card({ state: 'suspended' })] })),
      'card-suspended/card-monthly | 鲁B12345 | 车卡停用 | 按临时车 | 请入场 | 鲁B12345,车卡已停用,按临时车收费',
    ],
    [
      'a counted card that is used up',
      came(given(new LaneWorld(), { cards: [card({ type: 'counted', timesLeft: 0 })] })),
      'card-used-up/card-counted | 鲁B12345 | 次数用完 | 按临时车 | 请入场 | 鲁B12345,次数已用完,按临时车收费',
    ],
    [
      'a card that ends in a hundred years no days',
      came(given(new LaneWorld(), { cards: [card({ type: 'owner', validTo: START + 36_500 * DAY })] })),
      'entry-welcome/card-owner | 鲁B12345 | 产权车 | 请入场 | 鲁B12345,产权车,欢迎光临',
    ],
    ['the white list', came(white()), 'entry-welcome/free | 鲁B12345 | 欢迎光临 | 请入场 | 鲁B12345,欢迎光临'],
    [
      'the black list',
      came(black('no-entry')),
      'refused/listed | 鲁B12345 | 禁止通行 | 请联系 | 岗亭 | 鲁B12345,禁止通行,请联系岗亭',
    ],
    [
      'a listed car that may pass',
      came(black('warn')),
      'entry-welcome/listed | 鲁B12345 | 欢迎光临 | 请入场 | 鲁B12345,欢迎光临',
    ],
    ['a full car park', came(full()), 'full/temporary | 车位已满 | 请稍候 | 或联系 | 岗亭 | 车位已满,请稍候'],
    [
      'an area for cards alone',
      came(new LaneWorld(), A, CARDS_IN),
      'closed/temporary | 鲁B12345 | 未授权 | 请联系 | 岗亭 | 鲁B12345,未授权,请联系岗亭',
    ],
    [
      'who is to be confirmed',
      came(new LaneWorld({ confirm: { temporaryEntry: true, cardEntry: false, cardExit: false, freeExit: false } })),
      'waiting/temporary | 鲁B12345 | 请稍候 | 请稍候',
    ],
    [
      'an unread plate',
      came(new LaneWorld(), ''),
      'unread/unread | 未识别 | 请倒车 | 再识别 | 未识别到车牌,请倒车重试',
    ],
  ])('%s', (_who, world, said) => expect(words(world, world.state(IN).passage ? IN : CARDS_IN)).toBe(said));

  it('a car without a plate to scan', () => {
    const world = new LaneWorld();
    world.car(IN, '', 'none');
    expect(words(world, IN)).toBe('unlicensed/unread | 无牌车 | 请扫码 | 或联系 | 岗亭 | 无牌车,请扫码或联系岗亭');
  });
});

describe('an exit tells', () => {
  it.each([
    [
      'what is to pay',
      left(parked(65)),
      'exit-due/temporary | 鲁B12345 | 1小时5分 | 请缴费 | 10元 | 鲁B12345,停车1小时5分,请缴费10元',
    ],
    ['that it costs nothing', left(parked(5)), 'exit-free/temporary | 鲁B12345 | 一路平安 | 鲁B12345,一路平安'],
    [
      'a card how long it lasts',
      left(parked(300, {}, A, given(new LaneWorld(), { cards: [card()] }))),
      'exit-free/card-monthly | 鲁B12345 | 月租车 | 剩30天 | 一路平安 | 鲁B12345,月租车,一路平安',
    ],
    [
      'a card that it ends soon',
      left(parked(60, {}, A, given(new LaneWorld(), { cards: [card({ validTo: START + 2 * DAY })] }))),
      'card-expires-soon/card-monthly | 鲁B12345 | 月租车 | 剩2天 | 请续费 | 鲁B12345,月租车,剩余2天,请及时续费',
    ],
    [
      'whom nobody saw come in',
      came(new LaneWorld(), A, OUT),
      'no-entry/temporary | 鲁B12345 | 无入场 | 请联系 | 岗亭 | 鲁B12345,无入场记录,请联系岗亭',
    ],
    [
      'whom a platform charges later',
      left(given(parked(65), { agreements: [agreement()] })),
      'exit-later/temporary | 鲁B12345 | 稍后扣费 | 10元 | 一路平安 | 鲁B12345,稍后自动扣费,一路平安',
    ],
    [
      'who owes',
      left(given(parked(65, { debtIntercept: 'exit' }), { debts: [debt({ intercept: 'exit' })] })),
      'arrears/temporary | 鲁B12345 | 有欠费 | 请联系 | 岗亭 | 鲁B12345,有欠费,请联系岗亭',
    ],
    [
      'a bill that is looked at first',
      left(parked(65, { verifyAboveFen: 600 })),
      'checking/temporary | 鲁B12345 | 核对中 | 请稍候 | 请稍候,岗亭核对中',
    ],
  ])('%s', (_who, world, said) => expect(words(world, OUT)).toBe(said));

  it('what was paid, and another amount anew', () => {
    const world = left(parked(65));
    const asked = toldAt(world, OUT)?.key;
    world.must(OUT, cash(400, { part: true, billId: world.state(OUT).passage?.bill?.id }));
    expect(words(world, OUT)).toContain('请缴费6元');
    expect(toldAt(world, OUT)?.key).not.toBe(asked);
    world.must(OUT, cash(600));
    expect(words(world, OUT)).toBe('exit-paid/temporary | 鲁B12345 | 已缴费 | 10元 | 一路平安 | 鲁B12345,一路平安');
  });

  it('the same amount of a bill that was made anew no second time', () => {
    const world = left(parked(62));
    const { passage, ...state } = world.state(OUT);
    if (!passage?.bill) throw new Error('no bill');
    const anew = { ...passage, bill: { ...passage.bill, id: 'anew', minutes: passage.bill.minutes + 2 } };
    const before = toldAt(world, OUT);
    world.states.set(OUT.id, { ...state, passage: anew });
    expect(toldAt(world, OUT)).toMatchObject({ key: before?.key, values: { minutes: '64' } });
  });

  it('a debt, a free release, a manual withdrawal', () => {
    const owing = left(parked(65));
    owing.must(OUT, { type: 'owe', reason: '现金不足', actor: { kind: 'user', name: '李四' } });
    expect(words(owing, OUT)).toBe(
      'exit-owing/temporary | 鲁B12345 | 待补缴 | 10元 | 一路平安 | 鲁B12345,待补缴10元,一路平安',
    );
    const released = left(parked(65));
    released.must(OUT, release());
    expect(words(released, OUT)).toBe('exit-free/temporary | 鲁B12345 | 一路平安 | 鲁B12345,一路平安');
    released.must(OUT, withdraw);
    expect(words(released, OUT)).toBe('idle');
  });

  it('that the arm did not open, until it does', () => {
    const world = left(parked(65, { verifyAboveFen: 600 }));
    world.must(OUT, approve());
    world.must(OUT, cash(1000));
    const commandId = world.state(OUT).lastCommand?.id ?? '';
    world.must(OUT, { type: 'gate-answered', commandId, outcome: 'unknown', detail: '' });
    expect(words(world, OUT)).toContain('gate-trouble/');
    world.must(OUT, {
      type: 'gate',
      action: 'open',
      reason: '设备故障',
      photoId: null,
      actor: { kind: 'user', name: '李四' },
    });
    expect(words(world, OUT)).toContain('exit-paid/');
  });
});

describe('each type of card what it is, and what is left of it', () => {
  const holds = { balanceFen: 5000, minutesLeft: 6000, timesLeft: 7 };
  it.each([
    ['monthly', '月租车 | 剩30天 | 请入场', '月租车 | 剩30天 | 一路平安'],
    ['stored-value', '储值车 | 余50元 | 请入场', '已缴费 | 10元 | 余40元'],
    ['counted', '计次车 | 剩7次 | 请入场', '计次车 | 剩6次 | 一路平安'],
    ['hours', '时租车 | 剩100时 | 请入场', '时租车 | 剩98.9时 | 一路平安'],
    ['owner', '产权车 | 剩30天 | 请入场', '产权车 | 剩30天 | 一路平安'],
    ['staff', '员工车 | 欢迎光临 | 请入场', '员工车 | 一路平安'],
    ['vip', '贵宾车 | 欢迎光临 | 请入场', '贵宾车 | 一路平安'],
    ['guest', '来宾车 | 欢迎光临 | 请入场', '来宾车 | 一路平安'],
    ['coach', '大巴车 | 剩30天 | 请入场', '大巴车 | 剩30天 | 一路平安'],
    ['shared-space', '共享车位 | 剩30天 | 请入场', '共享车位 | 剩30天 | 一路平安'],
  ] as const)('%s', (type, entering, leaving) => {
    const cards = () => given(new LaneWorld(), { cards: [card({ type, ...holds })] });
    expect(words(came(cards()), IN)).toContain(`entry-welcome/card-${type} | 鲁B12345 | ${entering} | `);
    expect(words(left(parked(65, {}, A, cards())), OUT)).toContain(`/card-${type} | 鲁B12345 | ${leaving} | `);
  });
});

it('the exit of an inner area no farewell', () => {
  const world = came(new LaneWorld());
  quiet(world);
  world.car(INNER_IN, A);
  quiet(world);
  world.car(INNER_OUT, A);
  expect(words(world, INNER_OUT)).toBe('inner-exit/temporary | 鲁B12345 | 请通行 | 鲁B12345,请通行');
});

describe('before an arm that a hand opened', () => {
  it.each([
    ['a full car park', () => came(full()), IN, '车位已满'],
    ['nobody saw come in', () => came(new LaneWorld(), A, OUT), OUT, '无入场'],
    ['on the black list', () => came(black('no-entry')), IN, '禁止通行'],
    ['who has to pay', () => left(parked(65)), OUT, '请缴费'],
    ['who was not read', () => came(new LaneWorld(), ''), IN, '未识别'],
  ] as const)('%s: it may go; shut again, the earlier text', (_who, make, lane, before) => {
    for (const outcome of ['done', 'pending', 'unknown'] as const) {
      const world = make();
      const earlier = toldAt(world, lane);
      expect(words(world, lane)).toContain(before);
      hand(world, lane, 'open', outcome);
      expect(words(world, lane)).toMatch(/^released\/\w+( \| 鲁B12345)? \| 请通行 \| 请通行$/);
      expect(toldAt(world, lane)?.stays).toBe(false);
      hand(world, lane, 'close');
      expect(toldAt(world, lane)).toEqual(earlier);
    }
    const held = make();
    const earlier = toldAt(held, lane);
    hand(held, lane, 'hold');
    expect(toldAt(held, lane)?.event).toBe('held-open');
    hand(held, lane, 'release-hold');
    expect(toldAt(held, lane)).toEqual(earlier);
  });

  it('that is to fall and has not: it still may go, and is told so once', () => {
    const world = left(parked(65));
    hand(world, OUT, 'open');
    const open = toldAt(world, OUT);
    expect(open?.event).toBe('released');
    // It waits until nobody is under the arm, and is refused at last: another order fares no better.
    for (const outcome of ['pending', 'refused'] as const) {
      hand(world, OUT, 'close', outcome);
      expect(toldAt(world, OUT)).toEqual(open);
    }
    hand(world, OUT, 'close', 'unknown');
    expect(words(world, OUT)).toContain('请缴费');
  });

  it('that is to be let go of and is not yet: held', () => {
    const world = left(parked(65));
    hand(world, OUT, 'hold');
    hand(world, OUT, 'release-hold', 'pending');
    expect(toldAt(world, OUT)?.event).toBe('held-open');
    expect(idleEvent({ ...world.state(OUT), phase: 'idle', passage: null }, 'out')).toBe('held-open');
    const commandId = world.state(OUT).lastCommand?.id ?? '';
    world.must(OUT, { type: 'gate-answered', commandId, outcome: 'done', detail: '' });
    expect(words(world, OUT)).toContain('请缴费');
    hand(world, OUT, 'hold');
    hand(world, OUT, 'release-hold', 'pending');
    const ending = world.state(OUT).lastCommand?.id ?? '';
    hand(world, OUT, 'close', 'refused');
    expect(toldAt(world, OUT)?.event).toBe('held-open');
    world.must(OUT, { type: 'gate-answered', commandId: ending, outcome: 'done', detail: '' });
    expect(words(world, OUT)).toContain('请缴费');
  });

  it('that did not open, what it was told before', () => {
    const world = came(full());
    hand(world, IN, 'open', 'refused');
    expect(words(world, IN)).toContain('full/');
    hand(world, IN, 'hold', 'refused');
    expect(words(world, IN)).toContain('full/');
  });

  it('a second time, once more', () => {
    const world = came(full());
    hand(world, IN, 'open');
    const first = toldAt(world, IN)?.key;
    hand(world, IN, 'open');
    expect(toldAt(world, IN)?.key).not.toBe(first);
  });
});

describe('with nobody there', () => {
  it.each([
    [false, 'in', 'idle-in'],
    [false, 'out', 'idle-out'],
    [true, 'in', 'held-open'],
    [true, 'out', 'held-open'],
  ] as const)('held %s, way %s: %s', (held, direction, event) =>
    expect(idleEvent({ ...EMPTY_LANE, held }, direction)).toBe(event),
  );
});
