import { afterEach, describe, expect, it } from 'vitest';
import { ANNA, KeytopWorld, MINUTE, OK } from './keytop-world.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

type Data = Readonly<Record<string, unknown>>;
const DUE = 1000;
const CODE = '134500000000000001';

async function atExit(settings: Data = {}): Promise<string> {
  world = await KeytopWorld.open({ settings });
  const uid = await world.parked(61);
  world.car('out1');
  await world.settled();
  return uid;
}
const scan = async (uid: string, authCode = CODE, despiteUnknown = false) => {
  const what = { channel: 'keytop-scan', authCode, despiteUnknown };
  const charged = world.payments.desk.charge(world.bill(uid).id, what, ANNA);
  charged.catch(() => undefined);
  await world.settled();
  return (await charged).attempt;
};
const told = (id: string) => {
  const attempt = world.read.attempts.get(id);
  return `${attempt?.state}${attempt?.setAside ? ' aside' : ''}`;
};
const pay = (orderNo: string) =>
  world.call('PayParkingFee', {
    ...{ orderNo, amount: DUE, discount: 0, payType: 5, payMethod: 5, freeMoney: 0, freeTime: 0, freeDetail: '' },
  });
const phase = (): string => world.lanes.state('out1').phase;

describe('the scan gun', () => {
  it('sends the code with what the table says; the arm waits until the third party tells of the payment', async () => {
    const uid = await atExit();
    const attempt = await scan(uid);
    expect(world.sent('PayScanCode')).toEqual([
      {
        ...{ parkCode: '1', orderNo: attempt.id, deviceId: 'out1', carNo: '%E9%97%BDD02000' },
        ...{ inTime: '2026-03-02 08:05:09', elapsedTime: 61, amount: DUE, authCode: CODE },
        outTime: '2026-03-02 09:06:09',
      },
    ]);
    await world.pass(MINUTE, 6);
    expect([told(attempt.id), phase()]).toEqual(['sent', 'charging']);
    expect(await pay(attempt.id)).toMatchObject({ resCode: 0 });
    expect([told(attempt.id), phase(), world.takenFen(uid)]).toEqual(['paid', 'cleared', DUE]);
    expect(world.read.payments.ofStay(uid)).toMatchObject([{ method: 'alipay', via: 'keytop' }]);
  });

  it('is over when the third party says no: the next try is open', async () => {
    const uid = await atExit();
    world.answer('PayScanCode', { resCode: 1, resMsg: '付款码已失效', data: null });
    const attempt = await scan(uid);
    expect(attempt).toMatchObject({ state: 'declined', detail: '第三方未收款：付款码已失效' });
    world.answer('PayScanCode', OK);
    expect(await scan(uid)).toMatchObject({ state: 'sent' });
  });

  it.each([
    ['HTTP 500', () => world.answerHttp('PayScanCode', 500, '')],
    ['a page', () => world.answerHttp('PayScanCode', 200, '<html>')],
    ['another code', () => world.answer('PayScanCode', { resCode: 9, resMsg: '', data: null })],
  ])(
    'may be paying where nobody knows: other ways are open, and it is over with its order: %s',
    async (_what, answers) => {
      const uid = await atExit();
      answers();
      const attempt = await scan(uid);
      await world.settled();
      expect(told(attempt.id)).toBe('unknown aside');
      await world.pass(5 * MINUTE - 1000, 10);
      expect(told(attempt.id)).toBe('unknown aside');
      await world.pass(5 * MINUTE, 10);
      expect([told(attempt.id), world.sent('PayScanCode').length]).toEqual(['declined', 1]);
      expect(await pay(attempt.id)).toMatchObject({ resCode: 1 });
    },
  );

  it('is paid by a notice where nobody knew', async () => {
    const uid = await atExit();
    world.answerHttp('PayScanCode', 500, '');
    const attempt = await scan(uid);
    expect(await pay(attempt.id)).toMatchObject({ resCode: 0 });
    expect([told(attempt.id), phase()]).toEqual(['paid', 'cleared']);
  });

  it('that was taken is over with its order, and refused after it', async () => {
    const uid = await atExit();
    const attempt = await scan(uid);
    await world.pass(5 * MINUTE + 15_000, 12);
    expect(told(attempt.id)).toBe('declined');
    expect(await pay(attempt.id)).toMatchObject({ resCode: 1 });
    expect([phase(), world.takenFen(uid)]).toEqual(['charging', 0]);
  });

  it('is followed until its order ends where cash was taken meanwhile; what it brings then goes back', async () => {
    const uid = await atExit();
    const attempt = await scan(uid);
    world.cash(world.bill(uid));
    await world.settled();
    expect(told(attempt.id)).toBe('reversing aside');
    expect(await pay(attempt.id)).toMatchObject({ resCode: 1 });
    await world.pass(15 * MINUTE, 12);
    expect([told(attempt.id), world.takenFen(uid)]).toEqual(['reversed', DUE]);
  });

  it.each(['12345', 'https://qr.alipay.com/x', '１３４５０００００００００００００１'])(
    'sends nothing that is no code: %s',
    async (code) => {
      const uid = await atExit();
      const attempt = await scan(uid, code);
      expect(attempt).toMatchObject({ state: 'declined', detail: '付款码无法识别，未收款，请重新扫码' });
      expect(world.sent('PayScanCode')).toEqual([]);
    },
  );

  it('keeps its code nowhere', async () => {
    const uid = await atExit();
    const attempt = await scan(uid);
    await pay(attempt.id);
    await world.pass(MINUTE);
    expect(world.sent('PayScanCode')).toMatchObject([{ authCode: CODE }]);
    const journal = world.read.journal.after(0, 10_000);
    expect(journal.length).toBeGreaterThan(5);
    expect(JSON.stringify(journal)).not.toContain(CODE);
    expect(JSON.stringify(world.read.attempts.get(attempt.id))).not.toContain(CODE);
    expect(JSON.stringify(world.log.lines)).not.toContain(CODE);
  });

  it('is not offered where it is switched off', async () => {
    const uid = await atExit({ codes: { scanner: false } });
    await expect(scan(uid)).rejects.toThrow('没有这个支付渠道');
  });
});
