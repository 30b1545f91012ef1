import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, CAR, type KeytopOptions, KeytopWorld, MINUTE, OK } from './keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

type Data = Readonly<Record<string, unknown>>;
const DUE = 1000;
const deducted = (data: Data): Data => ({ resCode: 0, resMsg: '', data: [data] });
const taken = deducted({ densityMoney: DUE });

/** A car that owes 10 yuan stands inside, and the third party pays for its stay. */
async function signed(settings: Data = {}, options: KeytopOptions = {}): Promise<string> {
  world = await KeytopWorld.open({ ...options, settings });
  const uid = await world.parked(61);
  expect(await world.call('RecordDensityPay', { plateNo: CAR })).toEqual({ resCode: 0, resMsg: '', data: null });
  return uid;
}
const attempts = (uid: string) => world.read.attempts.ofStay(uid);
const states = (uid: string): string[] =>
  attempts(uid).map(({ channel, state, setAside }) => `${channel} ${state}${setAside ? ' aside' : ''}`);
const phase = (): string => world.lanes.state('out1').phase;
const becomes = (uid: string, state: string) =>
  world.comes(state, () => attempts(uid).some((attempt) => attempt.state === state));
const asked = () => world.sent('PostCarOutInfo');
const corrections = () => world.sent('PostCarCorrect');

/** The car came to the exit, and nobody knows what became of the charge. */
async function unknown(settings: Data = {}): Promise<string> {
  const uid = await signed(settings);
  world.answerHttp('PostCarOutInfo', 500, 'Internal Server Error');
  world.car('out1');
  await becomes(uid, 'unknown');
  await world.pass(1000);
  return uid;
}

describe('a stay that is signed', () => {
  it('is charged at the exit for what it owes, once, with what the table says', async () => {
    const uid = await signed();
    const stored: string[] = [];
    world.answer('PostCarOutInfo', () => {
      stored.push(...attempts(uid).map(({ state }) => state));
      return taken;
    });
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    const { stay } = world.told('vehicle-exited')[0]?.body ?? {};
    expect(asked()).toEqual([
      {
        ...{ parkCode: '1', plateNo: CAR, cardNo: '', totalMoney: DUE, leavePlace: stay?.exitLane?.name, imgName: '' },
        ...{ entryTime: '2026/03/02 08:05:09', leaveTime: '2026/03/02 09:06:09' },
      },
    ]);
    expect(stored).toEqual(['sent']);
    expect(attempts(uid)).toMatchObject([{ channel: 'keytop', state: 'paid', amountFen: DUE }]);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ method: 'platform', via: 'keytop', paid_fen: DUE }]);
    await world.pass(10 * MINUTE, 10);
    expect([asked().length, corrections(), world.cases()]).toEqual([1, [], []]);
  });

  it('is so by the answer to its entry', async () => {
    world = await KeytopWorld.open();
    world.answer('PostCarInInfo', deducted({ IsDensityPay: '1' }));
    world.answer('PostCarOutInfo', taken);
    world.car('in1');
    await world.comes('signed', () => world.read.agreements.ofPlate(CAR).length === 1);
    world.clock.jumpWall(61 * MINUTE);
    world.car('out1');
    await becomes(world.read.stays.inside(CAR)?.uid ?? '', 'paid');
  });

  it('is told twice and signed once; the agreement ends with the stay', async () => {
    const uid = await signed();
    await world.call('RecordDensityPay', { plateno: ` ${CAR} ` });
    expect(world.read.agreements.ofPlate(CAR)).toMatchObject([{ platform: 'keytop', kind: 'auto-pay', uid }]);
    expect(world.told('agreement-changed')).toHaveLength(1);
    world.answer('PostCarOutInfo', taken);
    world.car('out1');
    await becomes(uid, 'paid');
    await world.settled();
    expect(world.read.agreements.ofPlate(CAR)).toEqual([]);
  });

  it('is none where its car is not inside', async () => {
    world = await KeytopWorld.open();
    expect(await world.call('RecordDensityPay', { plateNo: CAR })).toMatchObject({ resCode: 1, data: null });
    expect(world.read.agreements.ofPlate(CAR)).toEqual([]);
  });

  it.each([
    ['where nobody signed', {}, false],
    ['where it is switched off', { seamless: { enabled: false } }, true],
  ])('is not asked for %s', async (_what, settings, sign) => {
    world = await KeytopWorld.open({ settings });
    const uid = await world.parked(61);
    if (sign) await world.call('RecordDensityPay', { plateNo: CAR });
    world.car('out1');
    await world.settled();
    expect([asked(), states(uid), phase()]).toEqual([[], [], 'charging']);
  });
});

describe('what the answer says', () => {
  it.each([
    ['deductMoney', { deductMoney: DUE }],
    ['both, as texts', { densityMoney: '1000', deductMoney: ' 1000 ' }],
    ['more than was asked for', { densityMoney: DUE + 1 }],
  ])('pays it: %s', async (_what, data) => {
    const uid = await signed();
    world.answer('PostCarOutInfo', deducted(data));
    world.car('out1');
    await becomes(uid, 'paid');
    expect(world.takenFen(uid)).toBe(DUE);
    expect(phase()).toBe('cleared');
  });

  it('pays a part of it: the rest is collected in another way, and nobody there is asked again', async () => {
    const uid = await signed();
    world.answer('PostCarOutInfo', deducted({ densityMoney: 400 }));
    world.car('out1');
    await becomes(uid, 'paid');
    await world.settled();
    expect(phase()).toBe('charging');
    expect(world.bill(uid)).toMatchObject({ dueFen: 600, paidFen: 400 });
    expect(attempts(uid)).toMatchObject([{ state: 'paid', amountFen: 400, shortFen: 600 }]);
    world.lanes.order('out1', { type: 'refresh', actor: ANNA });
    await world.pass(MINUTE, 3);
    world.cash(world.bill(uid));
    await world.pass(10 * MINUTE, 5);
    expect(phase()).toBe('cleared');
    expect(world.read.payments.ofStay(uid)).toMatchObject([
      { method: 'platform', via: 'keytop', paid_fen: 400 },
      { method: 'cash', via: null, paid_fen: 600 },
    ]);
    expect([asked().length, corrections(), world.cases()]).toEqual([1, [], []]);
  });

  it.each([
    ['resCode 1', { resCode: 1, resMsg: '余额不足', data: null }, '第三方未扣款：余额不足'],
    ['nothing deducted', deducted({ densityMoney: 0 }), '第三方未扣款'],
  ])('is a definite no: %s', async (_what, answer, detail) => {
    const uid = await signed();
    world.answer('PostCarOutInfo', answer);
    world.car('out1');
    await becomes(uid, 'declined');
    expect(attempts(uid)).toMatchObject([{ detail }]);
    world.lanes.order('out1', { type: 'refresh', actor: ANNA });
    await world.settled();
    world.cash(world.bill(uid));
    await world.pass(10 * MINUTE, 5);
    expect([asked().length, corrections(), world.takenFen(uid)]).toEqual([1, [], DUE]);
  });

  it.each([
    ['two sums that differ', () => world.answer('PostCarOutInfo', deducted({ densityMoney: DUE, deductMoney: 900 }))],
    ['no sum', () => world.answer('PostCarOutInfo', deducted({}))],
    ['no data', () => world.answer('PostCarOutInfo', OK)],
    ['nonsense', () => world.answer('PostCarOutInfo', deducted({ densityMoney: 'all of it' }))],
    ['another code', () => world.answer('PostCarOutInfo', { resCode: 7, resMsg: '', data: null })],
    ['HTTP 500', () => world.answerHttp('PostCarOutInfo', 500, '{"resCode":0,"data":[{"densityMoney":1000}]}')],
    ['a page', () => world.answerHttp('PostCarOutInfo', 200, '<html>busy</html>')],
  ])('leaves it unknown: %s', async (_what, answers) => {
    const uid = await signed();
    answers();
    world.car('out1');
    await becomes(uid, 'unknown');
    await world.settled();
    // Other ways are open at once.
    expect([states(uid), phase()]).toEqual([['keytop unknown aside'], 'charging']);
    await world.pass(10 * MINUTE, 4);
    expect([asked().length, corrections(), states(uid)]).toEqual([1, [], ['keytop unknown aside']]);
  });

  it('leaves it unknown where none comes in time', async () => {
    const uid = await signed();
    world.answer('PostCarOutInfo', () => undefined);
    world.car('out1');
    await world.heard('PostCarOutInfo');
    await world.pass(4900);
    expect(states(uid)).toEqual(['keytop sent']);
    await world.pass(200);
    expect(states(uid)).toEqual(['keytop unknown aside']);
  });

  it('is none, and it certainly did not arrive, where nobody listens', async () => {
    const uid = await signed();
    await world.vanish();
    world.car('out1');
    await becomes(uid, 'declined');
    expect(attempts(uid)).toMatchObject([{ detail: '未能连接第三方，未扣款' }]);
  });
});

describe('a charge whose end nobody knows', () => {
  const sentOf = () => {
    const { cardNo: _card, imgName: _picture, ...fields } = asked()[0] ?? {};
    return fields;
  };

  it('is corrected once the car has left, behind its exit record, with the very words; then it is reversed', async () => {
    const uid = await unknown();
    await world.pass(3 * MINUTE);
    expect(corrections()).toEqual([]);
    world.cash(world.bill(uid));
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
    const names = world.received.map(({ name }) => name);
    expect(names.indexOf('PostCarCorrect')).toBeGreaterThan(names.indexOf('PostPayDetail'));
    await world.pass(30 * MINUTE, 3);
    expect([asked().length, corrections().length, world.takenFen(uid), world.cases()]).toEqual([1, 1, DUE, []]);
  });

  it('is corrected again and again until that is taken', async () => {
    const uid = await unknown();
    world.answer('PostCarCorrect', { resCode: 1, resMsg: '稍后再试', data: null });
    world.cash(world.bill(uid));
    await world.heard('PostCarCorrect');
    await world.pass(MINUTE, 12);
    const tries = corrections().length;
    expect(tries).toBeGreaterThan(1);
    expect(states(uid)).toEqual(['keytop reversing aside']);
    world.answer('PostCarCorrect', OK);
    await world.pass(10 * MINUTE, 10);
    expect(states(uid)).toEqual(['keytop reversed']);
    expect(new Set(corrections().map((each) => JSON.stringify(each))).size).toBe(1);
    expect(corrections()).toHaveLength(tries + 1);
  });

  it('is told to a person where it is not taken for days; nothing floods the journal', async () => {
    const uid = await unknown();
    world.answer('PostCarCorrect', { resCode: 1, resMsg: '', data: null });
    world.cash(world.bill(uid));
    await world.heard('PostCarCorrect');
    const changes = world.told('attempt-changed').length;
    // The wall alone: nobody has to live through days of timers.
    world.clock.jumpWall(4 * 24 * 60 * MINUTE);
    await world.pass(20 * MINUTE, 2);
    expect(world.cases()).toEqual(['unknown-payment 1000']);
    expect(world.told('attempt-changed').length).toBe(changes);
    world.answer('PostCarCorrect', OK);
    await world.pass(20 * MINUTE, 4);
    expect(states(uid)).toEqual(['keytop reversed']);
  });

  it.each([
    ['for nothing', () => world.lanes.order('out1', { type: 'release', reason: '免费', actor: ANNA })],
    ['owing', () => world.lanes.order('out1', { type: 'owe', reason: '欠费', actor: ANNA })],
  ])('is corrected where the car leaves %s', async (_what, leaves) => {
    const uid = await unknown();
    leaves();
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
    await world.pass(30 * MINUTE, 3);
    expect([corrections().length, world.takenFen(uid)]).toEqual([1, 0]);
  });

  it('is not corrected while the car is inside, and never asked for anew', async () => {
    const uid = await unknown();
    world.lanes.order('out1', { type: 'cancel', reason: '倒车', actor: ANNA });
    await world.pass(60 * MINUTE, 6);
    expect([corrections(), world.read.stays.get(uid)?.status]).toEqual([[], 'inside']);
    world.car('out1');
    await world.settled();
    expect(asked()).toHaveLength(1);
    world.cash(world.bill(uid));
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
  });

  it('is corrected by the plate that was sent, whatever the car is called since', async () => {
    const uid = await unknown();
    world.lanes.order('out1', { type: 'cancel', reason: '倒车', actor: ANNA });
    const stay = world.read.stays.get(uid);
    if (!stay) throw new Error('no stay');
    const plate = { ...stay.plate, text: '闽D02001' };
    const spaces = world.lanes.spaces();
    world.write({
      ...{ kind: 'stay-closed', key: uid, laneId: null, passageId: null, actor: ANNA },
      body: { stay: { ...stay, plate, status: 'abnormal' }, reason: '人工结束', spaces },
    });
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
  });

  it('is corrected after a start where the station died before it could be', async () => {
    const uid = await unknown();
    await world.hub.stop();
    world.cash(world.bill(uid));
    await world.pass(MINUTE);
    expect(corrections()).toEqual([]);
    await world.reopened();
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
  });

  it('is not corrected before its request has ended', async () => {
    const uid = await signed();
    world.answer('PostCarOutInfo', () => undefined);
    world.car('out1');
    await world.heard('PostCarOutInfo');
    world.cash(world.bill(uid));
    await world.settled();
    expect([states(uid), corrections()]).toEqual([['keytop reversing aside'], []]);
    await world.pass(6000, 3);
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    expect(corrections()).toEqual([sentOf()]);
  });

  it.each([
    ['no correction where nothing was deducted', { resCode: 1, resMsg: '余额不足', data: null }, 0, []],
    ['a correction, and a case, where it was deducted', taken, 1, [`paid-twice ${DUE}`]],
  ])('needs, when its answer comes after the cash, %s', async (_what, answer, count, cases) => {
    const uid = await signed();
    world.answer('PostCarOutInfo', () => {
      world.cash(world.bill(uid));
      return answer;
    });
    world.car('out1');
    await world.comes('reversed', () => states(uid).includes('keytop reversed'));
    await world.pass(10 * MINUTE, 5);
    expect([corrections().length, world.takenFen(uid), world.cases()]).toEqual([count, DUE, cases]);
  });

  it('pays the debt where its answer comes after the car left owing', async () => {
    const uid = await signed();
    world.answer('PostCarOutInfo', () => {
      world.lanes.order('out1', { type: 'owe', reason: '欠费', actor: ANNA });
      return taken;
    });
    world.car('out1');
    await becomes(uid, 'paid');
    await world.pass(10 * MINUTE, 5);
    expect([corrections(), world.takenFen(uid), world.cases()]).toEqual([[], DUE, []]);
    expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid', paidFen: DUE }]);
  });

  it('is booked where its answer was written down, and the station died before anybody acted on it', async () => {
    const uid = await unknown();
    const [attempt] = attempts(uid);
    const kept = JSON.parse(world.read.memory.get('keytop', `out:${attempt?.id}`) ?? '{}');
    world.store.write((tx) =>
      tx.memory.put('keytop', `out:${attempt?.id}`, JSON.stringify({ ...kept, told: { state: 'paid', paidFen: 300 } })),
    );
    world.payments.recover();
    await world.pass(60_000, 2);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ via: 'keytop', paid_fen: 300 }]);
    expect(world.bill(uid)).toMatchObject({ state: 'open', dueFen: 700 });
  });
});

describe('a car that turned back before it had paid', () => {
  it('is asked for anew at its next exit', async () => {
    const uid = await signed();
    world.answer('PostCarOutInfo', { resCode: 1, resMsg: '余额不足', data: null });
    world.car('out1');
    await becomes(uid, 'declined');
    world.lanes.order('out1', { type: 'cancel', reason: '倒车', actor: ANNA });
    await world.pass(60 * MINUTE);
    world.answer('PostCarOutInfo', (fields) => deducted({ densityMoney: fields['totalMoney'] }));
    world.car('out1');
    await becomes(uid, 'paid');
    expect(asked()).toHaveLength(2);
    expect(phase()).toBe('cleared');
  });
});
