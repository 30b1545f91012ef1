import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { feeQuery } from '../../../../electron/station/platforms/shenzhen/messages/feeQuery.ts';
import { monthCard } from '../../../../electron/station/platforms/shenzhen/messages/monthCard.ts';
import { orderPush } from '../../../../electron/station/platforms/shenzhen/messages/orderPush.ts';
import { inTableUnits } from '../../../../electron/station/platforms/shenzhen/units.ts';
import { until } from '../../../support/until.ts';
import { LinkWorld } from './link-world.ts';
import { framed, KEYS, type RawEnd, request, sign } from './raw-city.ts';

/** What a city may have decided otherwise about the line. */

const CAR = { plate: '粤B12345' };
let world: LinkWorld | undefined;
afterEach(async () => {
  await world?.dispose();
  world = undefined;
});
async function open(options: Parameters<typeof LinkWorld.open>[0]): Promise<RawEnd> {
  world = await LinkWorld.open(options);
  return world.end();
}
async function send(end: RawEnd, payload: object) {
  const before = end.answers.length;
  end.write(framed(JSON.stringify(payload)));
  return (await end.answered(before + 1)).at(-1);
}

describe('the number of the car park within the data', () => {
  it('may be any where the city has numbers of its own; that of the header is ours', async () => {
    const city = await open({ downlink: { parkIds: 'any' } });
    const other = { ...CAR, parkId: 'a3f8-internal', parkCode: '7' };
    expect(await city.ask('orderPush', other)).toMatchObject({ code: 0 });
    expect(await city.ask('orderPush', other, { parkCode: '80019999' })).toMatchObject({ code: 404 });
  });
});

describe('the field of the signature', () => {
  it('has the name of the settings, whoever signs', async () => {
    const city = await open({ settings: { wire: { signatureField: 'sign' } }, downlink: { signReplies: true } });
    const login = await (world?.city?.ends[0] ?? city).asked('login');
    expect(Object.keys(login.data)).toEqual(['accessKey', 'timestamp', 'parkCode', 'noncestr', 'sign']);
    const { sign: proof, ...words } = login.data;
    expect(proof).toBe(sign(words));
    const frame = JSON.parse(request('orderPush', CAR));
    expect(await send(city, frame)).toMatchObject({ code: 401 });
    const { signature, ...data } = frame.data;
    const answer = await send(city, { ...frame, data: { ...data, sign: signature } });
    expect(answer).toMatchObject({ code: 0, sign: expect.any(String) });
    // The same once more, signed at another time: key, time and signature are no part of what is asked.
    const at = data.timestamp + 1;
    const again = { ...data, timestamp: at };
    expect(await send(city, { ...frame, data: { ...again, sign: sign(again) } })).toMatchObject({ code: 0 });
    expect(world?.done).toHaveLength(1);
  });
});

describe('the words for requests and answers', () => {
  it('are those of the settings', async () => {
    const fields = { request: 'REQ', response: 'RSP' };
    world = await LinkWorld.open({ role: 'server', downlink: { fields } });
    const end = await world.end();
    end.write(framed(JSON.stringify({ ...JSON.parse(request('orderPush', CAR)), type: 'REQ' })));
    await until('login and answer', () => end.frames.length === 2);
    expect(end.frames.map(({ type, method, code }) => [type, method, code])).toEqual([
      ['REQ', 'login', undefined],
      ['RSP', 'orderPush', 0],
    ]);
  });
});

describe('units', () => {
  const settings = (payments: object) => shenzhenSettingsSchema.parse({ ...KEYS, baseUrl: 'http://a', payments });
  const sampleOf = ({ sample }: { readonly sample: unknown }) => z.record(z.string(), z.unknown()).parse(sample);
  const inFen = settings({ unit: 'fen' });
  const inHours = settings({ parkingTime: 'hours' });

  it('orders in fen are read as the sums that they are', () => {
    const told = { ...sampleOf(orderPush), orderMoney: 800, realPayMoney: '750' };
    expect(orderPush.schema.parse(inTableUnits(told, inFen))).toMatchObject({ orderMoney: 800, realPayMoney: 750 });
    expect(orderPush.schema.parse(inTableUnits(told, settings({})))).toMatchObject({ orderMoney: 80_000 });
  });

  it('so are cards and coupons', () => {
    const card = { ...sampleOf(monthCard), amount: '30000' };
    expect(monthCard.schema.parse(inTableUnits(card, inFen))).toMatchObject({ amount: 30_000 });
    const coupon = {
      usercouponId: 'C',
      couponType: 0,
      discountAmount: 500,
      minimumConsumption: '',
      parkingTime: '1.5',
    };
    const query = { ...sampleOf(feeQuery), couponList: [coupon] };
    const both = settings({ unit: 'fen', parkingTime: 'hours' });
    expect(feeQuery.schema.parse(inTableUnits(query, both))).toMatchObject({
      couponList: [{ amountFen: 500, minimumFen: 0, longestMinutes: 90 }],
    });
  });

  it('hours of a coupon are minutes of its stay, and its money is left alone', () => {
    const coupon = { usercouponId: 'C', couponType: 0, discountAmount: '5.00', parkingTime: 2 };
    const query = { ...sampleOf(feeQuery), couponList: [coupon] };
    expect(feeQuery.schema.parse(inTableUnits(query, inHours))).toMatchObject({
      couponList: [{ amountFen: 500, longestMinutes: 120 }],
    });
  });

  it.each(['8.50', '-1', 'x', '1e3'])('%s fen are no amount, and not read as yuan', (amount) => {
    const card = inTableUnits({ ...sampleOf(monthCard), amount }, inFen);
    expect(monthCard.schema.safeParse(card).success).toBe(false);
    const order = inTableUnits({ ...sampleOf(orderPush), realPayMoney: amount }, inFen);
    expect(orderPush.schema.parse(order)).toMatchObject({ realPayMoney: undefined });
  });

  it('whole fen with zeros behind them are whole', async () => {
    const city = await open({ settings: { payments: { unit: 'fen' } } });
    expect((await city.ask('orderPush', { ...CAR, realPayMoney: '800.00' })).data).toMatchObject({ fen: 800 });
  });
});
