import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, KeytopWorld, MINUTE } from './keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

type Data = Readonly<Record<string, unknown>>;
const DUE = 1000;
const given = (qrcode: unknown): Data => ({ resCode: 0, resMsg: '', data: [{ qrcode, orderNo: 'P1', payType: 6 }] });

async function atExit(settings: Data = {}): Promise<string> {
  world = await KeytopWorld.open({ settings });
  let codes = 0;
  world.answer('GetPayQRCode', () => {
    codes += 1;
    return given(`http://third.example/s/${codes}`);
  });
  const uid = await world.parked(61);
  world.car('out1');
  await world.settled();
  return uid;
}
const show = async (billId: string) => {
  const charged = world.payments.desk.charge(billId, { channel: 'keytop-qr' }, ANNA);
  charged.catch(() => undefined);
  await world.settled();
  return await charged;
};
const stateOf = (id: string) => world.read.attempts.get(id)?.state;
const paid = (orderNo: string, amount = DUE) => ({
  ...{ orderNo, amount, discount: 0, payType: 4, payMethod: 4, freeMoney: 0, freeTime: 0, freeDetail: '' },
});
const phase = (): string => world.lanes.state('out1').phase;

describe('the code of the third party', () => {
  it('is asked for with what the table says, shown, and shown again without being asked for anew', async () => {
    const uid = await atExit({ devices: { out1: '300' } });
    const bill = world.bill(uid);
    const shown = await show(bill.id);
    expect(shown).toMatchObject({ text: 'http://third.example/s/1', attempt: { channel: 'keytop-qr', state: 'sent' } });
    expect(world.sent('GetPayQRCode')).toEqual([
      {
        ...{ parkCode: '1', orderNo: shown.attempt.id, deviceCode: '300', deviceId: '300' },
        ...{ plateNum: '%E9%97%BDD02000', cardNo: '', inTime: '2026-03-02 08:05:09', elapsedTime: 61, amount: DUE },
        outTime: '2026-03-02 09:06:09',
      },
    ]);
    const again = await show(bill.id);
    expect([again.text, again.attempt.id]).toEqual([shown.text, shown.attempt.id]);
    await world.pass(MINUTE, 6);
    expect([world.sent('GetPayQRCode').length, stateOf(shown.attempt.id)]).toEqual([1, 'sent']);
  });

  it('of a bill inside is that of this workstation, by one spelling where the site wants it so', async () => {
    world = await KeytopWorld.open({ settings: { boothDevice: '7', bothSpellings: false } });
    world.answer('GetPayQRCode', given('http://third.example/s/1'));
    const uid = await world.parked(61);
    world.payments.prepayments.bill({ uid }, ANNA);
    await show(world.bill(uid).id);
    const [asked] = world.sent('GetPayQRCode');
    expect(asked).toMatchObject({ deviceCode: '7' });
    expect(asked).not.toHaveProperty('deviceId');
  });

  it('opens when the third party tells of the payment, not before', async () => {
    const uid = await atExit();
    const { attempt } = await show(world.bill(uid).id);
    expect(phase()).toBe('charging');
    expect(await world.call('PayParkingFee', paid(attempt.id))).toMatchObject({ resCode: 0 });
    expect([stateOf(attempt.id), phase(), world.takenFen(uid)]).toEqual(['paid', 'cleared', DUE]);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ method: 'wechat', via: 'keytop' }]);
  });

  it('makes way for the next before its order ends; the old one can be paid until then', async () => {
    const uid = await atExit();
    const bill = world.bill(uid);
    const first = await show(bill.id);
    expect(first.shownUntil).toBe(first.attempt.createdAt + 4.5 * MINUTE);
    await world.pass(4.5 * MINUTE, 3);
    const second = await show(bill.id);
    expect([second.text, stateOf(first.attempt.id)]).toEqual(['http://third.example/s/2', 'reversed']);
    expect(second.attempt.id).not.toBe(first.attempt.id);
    await world.pass(20_000);
    expect(await world.call('PayParkingFee', paid(first.attempt.id))).toMatchObject({ resCode: 0 });
    expect([phase(), world.takenFen(uid)]).toEqual(['cleared', DUE]);
    await world.settled();
    expect(await world.call('PayParkingFee', paid(second.attempt.id))).toMatchObject({ resCode: 1 });
    expect(world.takenFen(uid)).toBe(DUE);
  });

  it('that nobody paid is over with its order: what comes then is refused', async () => {
    const uid = await atExit();
    const { attempt } = await show(world.bill(uid).id);
    await world.pass(5 * MINUTE + 15_000, 10);
    expect(world.read.attempts.get(attempt.id)).toMatchObject({ state: 'declined', detail: '订单已过期，未收到付款' });
    expect(await world.call('PayParkingFee', paid(attempt.id))).toMatchObject({ resCode: 1 });
    expect([phase(), world.takenFen(uid)]).toEqual(['charging', 0]);
  });

  it('is over when the bill is paid in cash', async () => {
    const uid = await atExit();
    const { attempt } = await show(world.bill(uid).id);
    world.cash(world.bill(uid));
    await world.comes('reversed', () => stateOf(attempt.id) === 'reversed');
    expect(await world.call('PayParkingFee', paid(attempt.id))).toMatchObject({ resCode: 1 });
    expect(world.takenFen(uid)).toBe(DUE);
  });

  it('can be paid after a start', async () => {
    const uid = await atExit();
    const { attempt } = await show(world.bill(uid).id);
    world.payments.recover();
    expect(stateOf(attempt.id)).toBe('unknown');
    await world.pass(11_000);
    expect(stateOf(attempt.id)).toBe('sent');
    expect(await world.call('PayParkingFee', paid(attempt.id))).toMatchObject({ resCode: 0 });
    expect(phase()).toBe('cleared');
  });

  it.each([
    ['refused', () => world.answer('GetPayQRCode', { resCode: 1, resMsg: '商户未开通', data: null }), '商户未开通'],
    ['without a code', () => world.answer('GetPayQRCode', given('')), '没有取到付款码'],
    ['a page', () => world.answerHttp('GetPayQRCode', 502, '<html>'), '没有取到付款码'],
  ])('that does not come says why, and the way stays open: %s', async (_what, answers, words) => {
    const uid = await atExit();
    answers();
    const { attempt, text } = await show(world.bill(uid).id);
    expect([text, attempt.state]).toEqual([null, 'declined']);
    expect(attempt.detail).toContain(words);
    await world.pass(MINUTE, 6);
    expect(world.sent('GetPayQRCode')).toHaveLength(1);
    const again = await show(world.bill(uid).id);
    expect(again.attempt.id).not.toBe(attempt.id);
    world.cash(world.bill(uid));
    expect(phase()).toBe('cleared');
  });

  it('is not offered where it is switched off', async () => {
    const uid = await atExit({ codes: { enabled: false } });
    expect(world.platform.channels.map(({ id }) => id)).toEqual(['keytop', 'keytop-scan']);
    await expect(show(world.bill(uid).id)).rejects.toThrow('没有这个支付渠道');
  });

  it('of a car without a plate goes by its card number', async () => {
    world = await KeytopWorld.open();
    world.answer('GetPayQRCode', given('http://third.example/s/1'));
    await world.call('OnlineCarInOut', { cardNo: 'openId-1234567890', deviceCode: 'in1', deviceType: 0 });
    const stay = world.read.stays.insideIdentity('openId-1234567890');
    if (!stay) throw new Error('no stay');
    world.clock.jumpWall(61 * MINUTE);
    world.payments.prepayments.bill({ uid: stay.uid }, ANNA);
    await show(world.bill(stay.uid).id);
    expect(world.sent('GetPayQRCode')).toMatchObject([{ plateNum: '', cardNo: 'openId-1234567890' }]);
  });
});
