import { describe, expect, it } from 'vitest';
import { recordAttempts } from '../../../../electron/station/payments/books.ts';
import { Heard } from '../../../../electron/station/platforms/heard.ts';
import { readEnvelope } from '../../../../electron/station/platforms/shenzhen/envelope.ts';
import { downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import { Receiver } from '../../../../electron/station/platforms/shenzhen/receiver.ts';
import { rememberSiteCode } from '../../../../electron/station/platforms/shenzhen/site-codes.ts';
import type { Attempt, Bill } from '../../../../shared/domain/money-flow.ts';
import { ANNA, type Data } from '../platform-station.ts';
import { MoneyWorld, OK, PARK, withMoney } from './money-world.ts';
import { KEYS, request } from './raw-city.ts';

// 5 yuan for each begun hour, the first ten minutes free.

describe('an order with fields that nobody acts on', () => {
  it.each<[string, Data]>([
    ['a phone number with an extension', { phoneNumber: '+86 13800138000 ext 123456' }],
    ['a colour that no table has', { carColor: '9' }],
    ['another word for a colour', { carColor: '紫' }],
    ['a time in words', { entryTime: '2026年11月23日' }],
    ['a time that never was', { predictExitTime: '2026-13-45 99:99:99' }],
    ['a long name', { cashier: '收'.repeat(40), terminalCode: { no: 1 }, channelCode: [] }],
    ['a plate that is none', { plateNumber: '无'.repeat(40) }],
    ['no sum but the one that is booked', { orderMoney: '' }],
  ])('%s: is booked', async (_what, odd) => {
    await withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.push(uid, 'O1', '15.00', odd)).toMatchObject(OK);
      expect(world.booked(uid)).toEqual([['O1', 1500]]);
      expect(world.cases()).toEqual([]);
    })();
  });

  it.each([4, 0, '', '现金', null])('payType %j: is booked as paid through the platform', async (payType) => {
    await withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.push(uid, 'O1', '15.00', { payType })).toMatchObject(OK);
      expect(world.read.payments.ofStay(uid)).toMatchObject([{ method: 'platform', paid_fen: 1500 }]);
    })();
  });

  it(
    'keeps as much of a long one as fits',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      await world.push(uid, 'O1', '15.00', { cashier: `王${'x'.repeat(60)}` });
      expect(world.read.attempts.byReference('shenzhen', 'O1')?.detail).toBe(`收费人员 王${'x'.repeat(35)}`);
    }),
  );
});

describe('money that cannot be read', () => {
  it.each<[string, Data]>([
    ['no sum', { realPayMoney: '' }],
    ['words for a sum', { realPayMoney: '八元' }],
    ['half a fen', { realPayMoney: '8.005' }],
    ['no number of a car park', { parkId: '' }],
  ])('%s: is refused, and one case with its order and record however often it comes', async (_what, odd) => {
    await withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.push(uid, 'O1', '15.00', odd)).toMatchObject({ code: 400 });
      expect(await world.push(uid, 'O1', '15.00', odd)).toMatchObject({ code: 400 });
      expect([world.takenFen(uid), world.ringing()]).toEqual([0, ['shenzhen-payment-case']]);
      const { items } = world.read.cases.search({ offset: 0, limit: 10 });
      expect(items).toMatchObject([{ kind: 'unknown-payment', uid, plate: '粤B12345' }]);
      expect(items[0]?.detail).toContain('订单 O1 ');
      expect(items[0]?.detail).toContain(world.code(uid));
    })();
  });

  it(
    'also without a number of the order or of the record, and of onlinePay',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      expect(await world.push(uid, '', '15.00')).toMatchObject({ code: 400 });
      expect(await world.push(uid, 'O2', '15.00', { recordCode: '' })).toMatchObject({ code: 400 });
      expect(await world.online(uid, 'O3'.repeat(30))).toMatchObject({ code: 400 });
      expect(world.cases()).toHaveLength(3);
    }),
  );
});

/** The city at the line, as far as answers are kept. */
class LineMoney extends MoneyWorld {
  readonly #receiver: Receiver;

  constructor() {
    super({ settings: { ...KEYS, downlink: { host: '127.0.0.1', port: 1 } } });
    const { downlink } = this.context.settings;
    if (!downlink) throw new Error('no line');
    this.#receiver = new Receiver(this.context, downlink, new Heard('shenzhen', this.context), downMessages);
  }

  async line(method: string, data: Data, requestId: string) {
    const { downlink } = this.context.settings;
    const text = request(method, { ...data, timestamp: this.clock.now() }, { requestId });
    const read = downlink && readEnvelope(Buffer.from(text), downlink);
    if (!read || !('envelope' in read)) throw new Error('not read');
    return (await this.#receiver.receive(read.envelope, '127.0.0.1')).reply;
  }

  /** Somebody's code was scanned, and nobody knows yet whether it was paid. */
  underWay({ id, uid }: Bill): Attempt {
    const now = this.clock.now();
    const attempt: Attempt = {
      ...{ id: 'att_1', billId: id, uid, laneId: null, channel: 'else', kind: 'scan', method: 'wechat' },
      ...{ amountFen: 1500, discountFen: 0, state: 'unknown', setAside: false, guarantee: null, reference: null },
      ...{ detail: '', createdAt: now, updatedAt: now },
    };
    this.put(attempt);
    return attempt;
  }

  put(attempt: Attempt): void {
    this.store.write((tx) => recordAttempts(tx, [attempt], ANNA));
  }
}

describe('a refusal that passes', () => {
  it('is not the answer for ever: the same request is carried out once it can be', async () => {
    const world = new LineMoney();
    const uid = await world.parked(125);
    await world.quote(uid);
    const attempt = world.underWay(world.bill(uid));
    const data = { recordCode: world.code(uid), plateNumber: '粤B12345', plateColor: '0', parkId: PARK, freeHour: '1' };
    const fee = { recordCode: world.code(uid), parkId: PARK };
    expect(await world.line('freeTimeDown', data, 'r-1')).toMatchObject({
      code: 1,
      msg: expect.stringContaining('支付'),
    });
    expect(await world.line('feeQuery', fee, 'r-2')).toMatchObject({ code: 1 });
    world.put({ ...attempt, state: 'declined' });
    await world.clock.advance(1);
    expect(await world.line('freeTimeDown', data, 'r-1')).toMatchObject({ ...OK, data: { shouldPay: 1000 } });
    expect(await world.line('freeTimeDown', data, 'r-1')).toMatchObject(OK);
    expect(await world.line('feeQuery', fee, 'r-2')).toMatchObject({ ...OK, data: { needPay: 1000 } });
    expect(world.stay(uid).discounts).toHaveLength(1);
    // One that does not pass is kept.
    const other = { ...data, plateColor: '1' };
    expect(await world.line('freeTimeDown', other, 'r-3')).toMatchObject({ code: 1 });
    world.correct(uid, { plate: { ...world.stay(uid).plate, color: 'yellow' } });
    await world.clock.advance(1);
    expect(await world.line('freeTimeDown', other, 'r-3')).toMatchObject({ code: 1 });
    await world.dispose();
  });
});

it(
  'freeTimeDown grants nothing where nobody can tell what is left to pay',
  withMoney(async (world) => {
    const uid = await world.parked(125);
    world.prices.use({ platform: 'elsewhere', ask: async () => ({ kind: 'failed', reason: '' }) });
    expect(await world.free(uid, 'r-1', '1')).toMatchObject({ code: 1, again: true, data: {} });
    expect(world.stay(uid).discounts).toEqual([]);
    world.prices.use(undefined);
    expect(await world.free(uid, 'r-1', '1')).toMatchObject({ ...OK, data: { shouldPay: 1000 } });
  }),
);

describe('a car park that got another code', () => {
  it(
    'still knows the records from before, and only those of its own codes',
    withMoney(async (world) => {
      const uid = await world.parked(125);
      const { commands, site } = world.context;
      const order = { recordCode: world.code(uid), parkId: PARK };
      rememberSiteCode({ commands, site });
      const now = { ...world.context, site: { ...site, code: '2002' } };
      rememberSiteCode({ commands, site: now.site });
      const message = downMessages.find(({ name }) => name === 'feeQuery');
      const ask = async (data: Data, context: typeof now) =>
        message?.receive(data, { at: world.clock.now(), requestId: 'r' }, context);
      expect(await ask(order, now)).toMatchObject({ ...OK, data: { needPay: 1500 } });
      expect(await ask({ ...order, recordCode: uid }, now)).toMatchObject(OK);
      // And back again, after which it is written down no more.
      rememberSiteCode({ commands, site });
      const before = commands.recall('shenzhen', 'site-codes');
      rememberSiteCode({ commands, site });
      expect(commands.recall('shenzhen', 'site-codes')).toBe(before);
      expect(JSON.parse(before ?? '')).toEqual({ codes: ['1001', '2002'] });
    }),
  );
});
