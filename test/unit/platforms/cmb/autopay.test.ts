import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, CAR, CmbWorld, type CmbWorldOptions } from './cmb-world.ts';
import { APP_ID, bankSigns, PARK_CODE } from './support.ts';

let world: CmbWorld;
afterEach(() => world.dispose());

type Form = Readonly<Record<string, string>>;
const never = new AbortController().signal;
const DUE = 1000;
/** 10:06:12 in Shanghai, three seconds after the car came to the exit. */
const BANK_TIME = 1_772_413_572;

const taken =
  (changes: object = {}) =>
  (form: Form) => ({
    ...{ status: 0, message: 'success' },
    data: { vpl_number: form['vpl_number'], pay_time: BANK_TIME, channel_order: 'CMB2026030200001', ...changes },
  });
const settled = (changes: object = {}) => ({
  ...{ status: 0, message: 'success' },
  data: { vpl_number: CAR, amount: DUE, parking_duration: 3660, channel_order: 'CMB2026030200001', ...changes },
});
const noSuchOrder = { status: 1, message: '无此订单' };

/** A car that owes 10 yuan stands inside, and its owner agreed to be charged. */
async function signed(settings: object = {}, options: CmbWorldOptions = {}, limit = '50000'): Promise<string> {
  world = await CmbWorld.open({ ...options, settings: { ...settings } });
  const uid = await world.parked(61);
  expect(await world.push('autoPayBind', { vpl_number: CAR, auto_pay_type: '0', limiter: limit })).toMatchObject({
    status: 0,
  });
  return uid;
}
const attempts = (uid: string) => world.read.attempts.ofStay(uid);
const states = (uid: string): string[] => attempts(uid).map(({ state }) => state);
const phase = (): string => world.lanes.state('out1').phase;
const becomes = (uid: string, state: string) => world.comes(state, () => states(uid).includes(state));

describe('a car whose owner agreed', () => {
  it('is charged at the exit, once, and goes', async () => {
    const uid = await signed();
    world.answer('AutoPay', (form) => {
      world.clock.jumpWall(5000);
      return taken()(form);
    });
    world.car('out1');
    await world.comes('out', () => phase() === 'cleared');
    const [attempt] = attempts(uid);
    const { sign, ...fields } = world.sent('AutoPay')[0] ?? {};
    expect(fields).toEqual({
      ...{ appid: APP_ID, park_code: PARK_CODE, vpl_number: CAR, record_id: uid },
      ...{ amount: '1000', request_order: attempt?.id },
    });
    expect(sign).toBe(bankSigns({ ...fields }));
    expect(world.sent('AutoPay')).toHaveLength(1);
    expect(attempt).toMatchObject({ state: 'paid', reference: 'CMB2026030200001', guarantee: null });
    expect(world.read.payments.ofStay(uid)).toMatchObject([
      { method: 'platform', via: 'cmb', paid_fen: DUE, reference: 'CMB2026030200001', paid_at_ms: BANK_TIME * 1000 },
    ]);
    expect(world.sent('PayOrderStatus')).toEqual([]);
  });

  it('is on disk before its request leaves', async () => {
    const uid = await signed();
    const stored: string[] = [];
    world.answer('AutoPay', (form) => {
      stored.push(world.read.attempts.get(form['request_order'] ?? '')?.state ?? 'nothing');
      return taken()(form);
    });
    world.car('out1');
    await becomes(uid, 'paid');
    expect(stored).toEqual(['sent']);
  });

  it.each([
    ['above the limit', {}, '999'],
    ['where it is switched off', { autoPay: { enabled: false } }, '50000'],
  ])('is not asked for %s', async (_what, settings, limit) => {
    const uid = await signed(settings, {}, limit);
    world.answer('AutoPay', taken());
    world.car('out1');
    await world.settled();
    expect([world.sent('AutoPay'), states(uid), phase()]).toEqual([[], [], 'charging']);
  });

  it('is charged up to the very limit', async () => {
    const uid = await signed({}, {}, '1000');
    world.answer('AutoPay', taken());
    world.car('out1');
    await becomes(uid, 'paid');
  });

  it('is not charged together with debts: none of them is of this stay', async () => {
    const uid = await signed();
    world.registry.debts.put({ plate: CAR, amountFen: 500 }, 'other-1', { kind: 'platform', name: 'keytop' });
    world.car('out1');
    await world.settled();
    expect(world.bill(uid).arrears).toHaveLength(1);
    expect(world.sent('AutoPay')).toEqual([]);
  });

  it('is not charged for signing up before the barrier: the driver may be paying by the code already', async () => {
    world = await CmbWorld.open();
    const uid = await world.parked(61);
    world.car('out1');
    await world.settled();
    expect(await world.push('autoPayBind', { vpl_number: CAR, limiter: '50000' })).toMatchObject({ status: 0 });
    await world.pass(60_000);
    expect([world.sent('AutoPay'), states(uid), phase()]).toEqual([[], [], 'charging']);
    // Once the attendant looks anew, for the very same bill.
    const before = world.bill(uid).id;
    world.lanes.order('out1', { type: 'refresh', actor: ANNA });
    await world.heard('AutoPay');
    expect([world.sent('AutoPay').length, world.bill(uid).id]).toEqual([1, before]);
  });

  it('is not charged after its owner took the consent back', async () => {
    const uid = await signed();
    expect(await world.push('autoPayUnbind', { vpl_number: CAR })).toMatchObject({ status: 0 });
    world.car('out1');
    await world.settled();
    expect([world.sent('AutoPay'), states(uid)]).toEqual([[], []]);
  });
});

describe('what the bank answers to a charge', () => {
  it.each([
    ['a refusal', { status: 2, message: '余额不足' }, '招行未扣款：2 余额不足'],
    ['a refusal without words', { status: 9 }, '招行未扣款：9'],
    ['a very long one', { status: 2, message: '余'.repeat(900) }, `招行未扣款：2 ${'余'.repeat(200)}`],
  ])('%s: no money, other ways to pay', async (_what, answer, detail) => {
    const uid = await signed();
    world.answer('AutoPay', answer);
    world.car('out1');
    await becomes(uid, 'declined');
    expect(attempts(uid)).toMatchObject([{ detail }]);
    expect([phase(), world.takenFen(uid), world.sent('PayOrderStatus')]).toEqual(['charging', 0, []]);
  });

  it.each([
    ['another car', taken({ vpl_number: '京B00000' })],
    ['no number of its own', taken({ channel_order: null })],
    ['what is no data', () => ({ status: 0, message: 'success' })],
    ['an order number that is none', taken({ channel_order: { id: 1 } })],
    ['that it is still at it', () => ({ status: 3, message: '支付处理中' })],
    ['that it broke down', () => ({ status: 500, message: '系统内部错误' })],
  ])('%s: nobody knows, and it is asked', async (_what, answer) => {
    const uid = await signed();
    world.answer('AutoPay', answer);
    world.answer('PayOrderStatus', settled());
    world.car('out1');
    await becomes(uid, 'unknown');
    expect([phase(), world.takenFen(uid)]).toEqual(['charging', 0]);
    await world.clock.advance(2000);
    await world.comes('out', () => phase() === 'cleared');
    expect(world.sent('PayOrderStatus').map((form) => form['request_order'])).toEqual([attempts(uid)[0]?.id]);
    expect([world.takenFen(uid), attempts(uid)[0]?.reference]).toEqual([DUE, 'CMB2026030200001']);
  });

  it('HTTP 500 with a body that looks like a refusal says nothing about the money', async () => {
    const uid = await signed();
    world.answerHttp('AutoPay', 500, '{"timestamp":1,"status":500,"error":"Internal Server Error"}');
    world.car('out1');
    await becomes(uid, 'unknown');
  });

  it('a plate in the way of another system is the same plate', async () => {
    const uid = await signed();
    world.answer('AutoPay', taken({ vpl_number: '京a·12311' }));
    world.car('out1');
    await becomes(uid, 'paid');
  });

  it('an order number keeps every digit, and a time that is none is now', async () => {
    const uid = await signed();
    world.answerHttp(
      'AutoPay',
      200,
      `{"status":"0","data":{"vpl_number":"${CAR}","pay_time":"yesterday","channel_order":20260302110506001234}}`,
    );
    world.car('out1');
    await becomes(uid, 'paid');
    expect(world.read.payments.ofStay(uid)).toMatchObject([
      { reference: '20260302110506001234', paid_at_ms: world.clock.now() },
    ]);
  });

  it('no connection: certainly nothing left, and nothing is asked about', async () => {
    const uid = await signed();
    await world.vanish();
    world.car('out1');
    await becomes(uid, 'declined');
    expect([attempts(uid)[0]?.detail, phase()]).toEqual(['未能连接招行，未扣款', 'charging']);
  });
});

describe('a charge that is not answered', () => {
  /** The bank is silent; its patience is over. @returns the stay */
  async function silent(settings: object = {}): Promise<string> {
    const uid = await signed(settings);
    world.answer('AutoPay', () => undefined);
    world.answer('PayOrderStatus', noSuchOrder);
    world.car('out1');
    await world.heard('AutoPay');
    await world.clock.advance(14_900);
    await world.settled();
    expect(states(uid)).toEqual(['sent']);
    await world.clock.advance(200);
    await becomes(uid, 'unknown');
    return uid;
  }

  it('paid when asked, in as few words as the specification allows', async () => {
    const uid = await silent();
    world.answer('PayOrderStatus', { status: 0, data: { amount: DUE } });
    await world.clock.advance(2000);
    await world.comes('out', () => phase() === 'cleared');
    expect(world.takenFen(uid)).toBe(DUE);
  });

  it('is asked about 2, 5 and 10 s later; 无此订单 counts from the last of them', async () => {
    const uid = await silent();
    const asked: string[] = [];
    for (const second of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      await world.pass(1000);
      asked.push(`${second}: ${world.sent('PayOrderStatus').length} ${states(uid).join()}`);
    }
    expect(asked).toEqual([
      ...['1: 0 unknown', '2: 1 unknown', '3: 1 unknown', '4: 1 unknown', '5: 2 unknown', '6: 2 unknown'],
      ...['7: 2 unknown', '8: 2 unknown', '9: 2 unknown'],
    ]);
    await world.pass(1100);
    await becomes(uid, 'declined');
    expect(world.sent('PayOrderStatus')).toHaveLength(3);
    expect([phase(), world.takenFen(uid), world.sent('AutoPay').length]).toEqual(['charging', 0, 1]);
  });

  it('paid when asked: the car goes', async () => {
    const uid = await silent();
    world.answer('PayOrderStatus', settled());
    await world.clock.advance(2000);
    await world.comes('out', () => phase() === 'cleared');
    expect(world.takenFen(uid)).toBe(DUE);
  });

  it.each([
    ['another sum', settled({ amount: DUE - 1 })],
    ['another car', settled({ vpl_number: '京B00000' })],
    ['that it is still at it', { status: 1, message: '支付处理中，请稍后' }],
    ['nothing', undefined],
    ['that our sign is wrong', { status: 1, message: '签名错误' }],
    ['that it does not know us', { status: 401, message: 'appid 无效' }],
    ['that a parameter is missing', { status: 2, message: '参数错误：request_order' }],
    ['that it is asked too often', { status: 3, message: '请求过于频繁' }],
    ['a number that is the network’s', { status: 429, message: '' }],
    ['that something is out of order', { status: 7, message: '系统维护中' }],
    ['an error of its own', { status: 503, message: '' }],
  ])('stays unknown when asked and answered %s', async (_what, answer) => {
    const uid = await silent({ timeouts: { totalMs: 1000 } });
    world.answer('PayOrderStatus', () => answer);
    await world.pass(13_000, 13);
    expect([states(uid), world.takenFen(uid)]).toEqual([['unknown'], 0]);
    expect(attempts(uid)[0]?.setAside).toBe(true);
  });

  it.each([301, 400, 401, 403, 404, 429, 500])('HTTP %i says nothing about the order', async (http) => {
    const uid = await silent();
    world.answerHttp('PayOrderStatus', http, `{"status":${http},"error":"Too Many Requests","message":"无此订单"}`);
    await world.pass(13_000, 13);
    expect([states(uid), attempts(uid)[0]?.setAside]).toEqual([['unknown'], true]);
  });

  it.each(['404 无此订单', '1 该订单不存在', '500 扣款失败', '2 查无此交易'])(
    'a plain no counts, whatever its number: %s',
    async (said) => {
      const uid = await silent();
      const [status, message] = said.split(' ');
      world.answer('PayOrderStatus', { status: Number(status), message });
      await world.pass(13_000, 13);
      expect(states(uid)).toEqual(['declined']);
    },
  );

  it.each([
    { status: 0 },
    { status: '0', message: 'success', data: null },
    { status: 0, data: [] },
    { status: 0, data: '' },
  ])('status 0 is paid, whatever else it says: %j', async (answer) => {
    const uid = await silent();
    world.answer('PayOrderStatus', answer);
    await world.clock.advance(2000);
    await world.comes('out', () => phase() === 'cleared');
    expect([world.takenFen(uid), states(uid)]).toEqual([DUE, ['paid']]);
  });

  it('is asked about in time also where each question hangs, and then set aside', async () => {
    const uid = await silent();
    world.answer('PayOrderStatus', () => undefined);
    const asked: number[] = [];
    for (let second = 1; second <= 13; second += 1) {
      await world.pass(1000);
      asked.push(world.sent('PayOrderStatus').length);
    }
    expect(asked).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3]);
    await world.comes('set aside', () => attempts(uid)[0]?.setAside === true);
    expect(states(uid)).toEqual(['unknown']);
  });

  it('a no while the request is under way decides nothing, however much time has passed', async () => {
    const uid = await signed({ timeouts: { autoPayMs: 60_000 }, autoPay: { askAtMs: [500] } });
    world.answer('AutoPay', () => undefined);
    world.answer('PayOrderStatus', noSuchOrder);
    world.car('out1');
    await world.heard('AutoPay');
    await world.pass(30_000);
    const [channel] = world.platform.channels;
    const [attempt] = attempts(uid);
    if (!channel || !attempt) throw new Error('nothing was asked');
    expect(await channel.query(attempt, never)).toMatchObject({ state: 'unknown' });
    await world.pass(30_100);
    await becomes(uid, 'unknown');
    await world.pass(600);
    await becomes(uid, 'declined');
  });

  it('the addresses that bindings push are kept, and used only where the site allows it', async () => {
    for (const usePostUrl of [false, true]) {
      const uid = await signed({ autoPay: { usePostUrl } });
      const push = { vpl_number: CAR, auto_pay_type: '0', limiter: '50000', serial_no: 'S1' };
      await world.push('autoPayBind', { ...push, post_url: `${world.baseUrl}/elsewhere/AutoPay?x=1` });
      world.answer('AutoPay', taken());
      world.answer('AutoPay?x=1', taken());
      world.car('out1');
      await becomes(uid, 'paid');
      expect([world.sent('AutoPay').length, world.sent('AutoPay?x=1').length]).toEqual(usePostUrl ? [0, 1] : [1, 0]);
      if (!usePostUrl) await world.dispose();
    }
  });
});

it('paid in cash while the bank was charging: its answer counts although nobody waits for it', async () => {
  const uid = await signed();
  world.answer('AutoPay', (form) => {
    world.cash(world.bill(uid));
    return taken()(form);
  });
  // Whatever it would say when asked.
  world.answer('PayOrderStatus', noSuchOrder);
  world.car('out1');
  await world.comes('out', () => phase() === 'cleared');
  await world.pass(60_000, 6);
  expect([world.takenFen(uid), states(uid), world.cases()]).toEqual([DUE, ['paid'], ['paid-twice 1000']]);
});

it('a bank that has been silent is not waited for', async () => {
  const uid = await signed();
  await world.vanish();
  for (const plate of ['京B00001', '京B00002', '京B00003'])
    expect(await world.platform.lookUp(plate, never)).toMatchObject({ kind: 'failed' });
  world.car('out1');
  await world.settled();
  expect([world.sent('AutoPay'), states(uid), phase()]).toEqual([[], [], 'charging']);
});

it('guaranteed: paid on the word of the bank', async () => {
  const uid = await signed({ autoPay: { guaranteed: true } });
  world.answer('AutoPay', taken());
  world.car('out1');
  await world.comes('out', () => phase() === 'cleared');
  expect(attempts(uid)).toMatchObject([{ state: 'paid', guarantee: 'pending' }]);
  expect(world.takenFen(uid)).toBe(DUE);
});
