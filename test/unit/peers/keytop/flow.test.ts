import { describe, expect, test } from 'vitest';
import { BILL, BILL_ROW, CAME, IN, LEFT, NOW, no, ok, QR, rules, SCAN, type World, world } from './support.ts';

/** A car park that bills 500 fen as K1, takes the payment and says so. */
async function inside(): Promise<World> {
  const w = await world();
  await w.park.says('PostCarInInfo', IN);
  w.park.answers = {
    GetParkingPaymentInfo: ok(BILL_ROW),
    PayParkingFee: ok({ parkingTime: 60 }),
    GetPaymentStatus: ok({ status: '1' }),
  };
  return w;
}

describe('app', () => {
  test('bill, payment, state; then the reports agree to the fen', async () => {
    const { thirdParty, park } = await inside();
    const { charge, status } = await thirdParty.app.prepay({ plateNo: '粤B12345' }, { customer: '李' });
    expect(charge).toMatchObject({ orderNo: 'K1', amount: 500, state: 'settled', via: 'app' });
    expect(status?.row).toEqual({ status: '1' });
    expect(thirdParty.customer('李').balanceFen).toBe(999_500);
    expect(park.fields(2)).toMatchObject({ orderNo: 'K1', amount: 500, payType: 4, payMethod: 4, freeDetail: '' });
    expect(thirdParty.books.differences()).toEqual(['粤B12345: app K1 500 (settled) is in no PostCarBillDetail']);
    await park.says('PostCarBillDetail', { ...BILL, remark: 'K1' });
    await park.says('PostPayDetail', { ...LEFT, preMoney: 500, payMoney: 0, payType: 0 });
    expect(thirdParty.books.differences()).toEqual([]);
    expect(thirdParty.books.totals()).toEqual({ chargedFen: 500, toldFen: 500, elsewhereFen: 0 });
  });

  test('coupons: money with the payment, minutes as seconds without one', async () => {
    const { thirdParty, park } = await inside();
    await thirdParty.app.prepay({ plateNo: '粤B12345' }, { freeMoney: 200 });
    expect(park.fields(2)).toMatchObject({
      ...{ amount: 300, freeMoney: 200 },
      freeDetail: '[{"type":1,"money":"200","time":"0","code":1234567}]',
    });
    park.answers['ParkingFree'] = ok({ orderNo: '1' });
    await thirdParty.app.coupon({ plateNo: '粤B12345' }, { minutes: 60 });
    expect(park.fields()).toMatchObject({ freeTime: 3600, freeMoney: 0 });
    await park.says('PostCarBillDetail', { ...BILL, payMoney: 300, ticketMoney: 0, freeMoney: 200, remark: 'K1' });
    await park.says('PostPayDetail', { ...LEFT, preMoney: 300, payMoney: 0, payType: 0 });
    expect(thirdParty.books.differences()).toEqual(['粤B12345: 0 waived at the exit, 200 in its payments']);
  });

  test('refused: the customer has the money back, and nobody may tell of it', async () => {
    const { thirdParty, park } = await inside();
    park.answers['PayParkingFee'] = no('订单已过期');
    const { charge } = await thirdParty.app.prepay({ plateNo: '粤B12345' }, { customer: '李' });
    expect([charge?.state, thirdParty.customer('李').balanceFen]).toEqual(['refunded', 1_000_000]);
    await park.says('PostCarBillDetail', { ...BILL, remark: 'K1' });
    expect(thirdParty.books.differences()).toEqual(['粤B12345: 500 is only in PostCarBillDetail']);
  });

  test('unanswered: told again until the tries are over, and settled later', async () => {
    const { thirdParty, clock } = await inside();
    const fault = thirdParty.fault({ kind: 'answer-lost' }, { interface: 'PayParkingFee' });
    const paying = thirdParty.app.prepay({ plateNo: '粤B12345' });
    await thirdParty.waitFor(() => thirdParty.called('PayParkingFee').length === 1, 'a first try');
    for (let n = 2; n <= 3; n += 1) {
      await clock.advance(2_000);
      await thirdParty.waitFor(() => thirdParty.called('PayParkingFee').length === n, 'another try');
    }
    expect((await paying).charge?.state).toBe('unknown');
    fault.clear();
    await thirdParty.app.settle();
    expect(thirdParty.state.charges.all[0]?.state).toBe('settled');
  });

  test('callbacks that are doubled, of another amount, late', async () => {
    const { thirdParty, park } = await inside();
    thirdParty.telling.echoes = 1;
    const { charge } = await thirdParty.app.prepay({ plateNo: '粤B12345' });
    expect(thirdParty.called('PayParkingFee')).toHaveLength(2);
    if (!charge) throw new Error('no charge');
    await thirdParty.app.retell(charge, { amount: 400 });
    expect(park.fields()).toMatchObject({ amount: 400 });
    expect(charge).toMatchObject({ amount: 500, state: 'settled' });
    const late = await thirdParty.app.prepay({ plateNo: '粤B12345' }, { silent: true });
    expect([late.payment, late.charge?.state]).toEqual([null, 'open']);
  });

  test('without a plate: in by a card of more than twelve characters, out once it is paid', async () => {
    const { thirdParty, park } = await world();
    const card = thirdParty.app.openId('赵');
    expect(card.length).toBeGreaterThan(12);
    await thirdParty.app.scanLane('赵', '300');
    expect(park.fields()).toMatchObject({ deviceCode: '300', deviceType: 0, cardNo: card });
    await park.says('PostCarInInfo', { ...IN, plateNo: '无牌车', cardNo: card });
    park.answers['GetParkingPaymentInfo'] = ok({ ...BILL_ROW, plateNo: '', cardNo: card });
    park.answers['PayParkingFee'] = ok({ parkingTime: 60 });
    const { charge, gate } = await thirdParty.app.leave('赵', '301');
    expect([charge?.state, gate?.ok]).toEqual(['settled', true]);
    await park.says('PostCarBillDetail', { ...BILL, plateNo: '无牌车', cardNo: card, remark: 'K1' });
    await park.says('PostPayDetail', { ...LEFT, plateNo: '无牌车', cardNo: card });
    expect([thirdParty.violations, thirdParty.books.differences()]).toEqual([[], []]);
  });
});

describe('at the exit', () => {
  test('a code is shown, scanned and paid: told with our own order', async () => {
    const { thirdParty, park } = await inside();
    const row = await park.row('GetPayQRCode', QR);
    const { qrcode } = [...thirdParty.state.offers.values()][0] ?? { qrcode: '' };
    expect(row).toMatchObject({ qrcode });
    thirdParty.customer('钱').wallet = 'alipay';
    const { charge } = await thirdParty.app.payQr(qrcode, { customer: '钱' });
    expect(charge).toMatchObject({ orderNo: 'K1', amount: 500, state: 'settled', enteredAt: NOW - 3_600_000 });
    expect(park.fields()).toMatchObject({ orderNo: 'K1', payMethod: 5 });
    await park.says('PostCarBillDetail', { ...BILL, remark: 'K1' });
    expect(thirdParty.books.differences()).toEqual(['粤B12345: qr K1 500 was told as payType 111 instead of 112']);
  });

  test('the scan gun: paid now, later, never, refused, with an empty purse', async () => {
    const { thirdParty, park, clock } = await inside();
    const scan = async (name: string, orderNo: string) =>
      park.says('PayScanCode', { ...SCAN, orderNo, authCode: thirdParty.authCode(name) });
    const told = () => thirdParty.called('PayParkingFee').map(({ fields }) => fields['orderNo']);
    expect(await scan('甲', 'S1')).toBe(0);
    await thirdParty.waitFor(() => told().length === 1, 'payment');
    thirdParty.customer('乙').scan = { kind: 'pay', afterMs: 60_000 };
    expect(await scan('乙', 'S2')).toBe(0);
    expect(told()).toEqual(['S1']);
    await clock.advance(60_000);
    await thirdParty.waitFor(() => told().length === 2, 'payment');
    thirdParty.customer('丙').scan = { kind: 'silent' };
    expect(await scan('丙', 'S3')).toBe(0);
    thirdParty.customer('丁').scan = { kind: 'refuse' };
    expect(await scan('丁', 'S4')).toBe(1);
    thirdParty.customer('戊').balanceFen = 499;
    expect(await scan('戊', 'S5')).toBe(1);
    expect(await park.says('PayScanCode', { ...SCAN, orderNo: 'S6', authCode: '139999999999999999' })).toBe(1);
    expect([told(), thirdParty.state.charges.all.length]).toEqual([['S1', 'S2'], 2]);
  });

  test('fees by will', async () => {
    const { thirdParty, park } = await inside();
    const ask = () =>
      park.send('AutonomousCalfee', {
        ...{ plateNo: '粤B12345', cardNo: '', entryTime: CAME, entryPlace: '入口1' },
        ...{ leaveTime: '2026-03-02 10:00:00', leavePlace: '出口1' },
      });
    thirdParty.fee = (_fields, nth) =>
      [{ kind: 'fen', fen: 700, as: 'string' } as const, { kind: 'refuse' } as const, { kind: 'missing' } as const][
        nth - 1
      ];
    const said = [];
    for (let n = 0; n < 4; n += 1) said.push((await ask()).json?.['data']);
    expect(said).toEqual([[{ payMoney: '700' }], null, [{}], [{ payMoney: 300 }]]);
  });

  test('pages on paper are opened without headers, with their parameters alone', async () => {
    const { thirdParty } = await world();
    expect(await thirdParty.openPage(`${thirdParty.entryPageUrl}?parkCode=123`)).toBe(200);
    expect(await thirdParty.openPage(`${thirdParty.changePageUrl}?parkCode=123&orderNo=C1`)).toBe(200);
    expect(thirdParty.visits.map(({ page, orderNo }) => [page, orderNo])).toEqual([
      ['EntryTicketPage', ''],
      ['ChangeTicketPage', 'C1'],
    ]);
    expect(thirdParty.violations).toEqual([]);
    expect(await thirdParty.openPage(`${thirdParty.changePageUrl}?parkCode=124&x=1`)).toBe(400);
    expect(rules(thirdParty.violations)).toEqual(['park-code', 'presence', 'unknown-field']);
  });
});

describe('the rest of the mall', () => {
  test('change is paid out once and told, also late and again', async () => {
    const { thirdParty, park } = await world();
    const info = { orderNo: 'C1', plateNo: '粤B1', cardNo: '', comeTime: CAME, payMoney: 1100, paidAmount: 15_000 };
    park.answers = { GetPayChargeInfo: ok({ ...info, ifCharge: 0 }), PayChargeNotice: ok({ orderNo: 'C1' }) };
    const { payout } = await thirdParty.change.collect('C1', { silent: true });
    expect(payout).toMatchObject({ fen: 13_900, told: false });
    if (!payout) throw new Error('nothing was paid out');
    expect((await thirdParty.change.collect('C1')).payout).toBeNull();
    expect((await thirdParty.change.tell(payout)).ok).toBe(true);
    expect((await thirdParty.change.tell(payout)).ok).toBe(true);
    const row = {
      ...{ orderNo: 'C1', plateNo: '粤B1', cardNo: '', entryTime: CAME, payMoney: 1100, paidAmount: 15_000 },
      ...{ ifCharge: 1, chargeType: '0', UserAccount: 'wx-openid', userAccount: 'wx-openid' },
      ...{ paidTime: '2026-03-02 09:00:00', chargeTime: '2026-03-02 09:10:00', remark: '' },
    };
    park.answers['PayChargeReport'] = (asked) => (asked['pageIndex'] === 1 ? ok(row) : { ...ok(), data: [] });
    const pages = await thirdParty.change.report('2026-03-02 00:00:00', '2026-03-02 23:59:59', 1);
    expect([pages.length, thirdParty.change.differences(pages), thirdParty.violations]).toEqual([2, [], []]);
    park.answers['PayChargeReport'] = ok({ ...row, ifCharge: 0, chargeType: '', chargeTime: '' });
    const open = await thirdParty.change.report('2026-03-02 00:00:00', '2026-03-02 23:59:59');
    expect(thirdParty.change.differences(open)).toEqual(['C1 was paid out and is still open']);
  });

  test('members as the mall has them and as the car park has them', async () => {
    const { thirdParty, park } = await world();
    const times = { validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 23:59:59' };
    park.answers['AddCarCardNo'] = ok({ cardId: 5 });
    await thirdParty.members.add({ name: '张三', plates: ['粤B1', '粤B2'], ...times });
    await thirdParty.members.changePlate(5, '粤B1', '粤B3');
    const row = {
      ...{ cardId: 5, carType: 2, cardName: '张三', tel: '', roomId: '', areaList: [], validForm: times.validFrom },
      ...{ ...times, validValue: 0, spaceNum: '1', lastUpdateTime: '2026-03-02 10:00:00' },
      plateDetails: '[{"plateNo":"粤B3","etcNo":null},{"plateNo":"粤B2","etcNo":null}]',
    };
    park.answers['GetCarCardInfo'] = ok(row);
    expect([await thirdParty.members.differences(), thirdParty.violations]).toEqual([[], []]);
    await thirdParty.members.removePlate(5, '粤B2');
    expect(await thirdParty.members.differences()).toEqual(['5 has 粤B3,粤B2 instead of 粤B3']);
    await thirdParty.members.remove(5);
    expect(thirdParty.members.cards.size).toBe(0);
  });

  test('a guard afar', async () => {
    const { thirdParty, park } = await world();
    await thirdParty.guard.hold('300');
    expect(park.fields()).toMatchObject({ deviceCode: '300', deviceType: 0, controlType: 11 });
    await thirdParty.guard.show('300', ['ABC', '欢迎']);
    expect(park.fields()).toMatchObject({ showInfo: 'ABC|欢迎' });
    park.answers['GetPhoto'] = ok({ imageUrl: `${park.address}/a.jpg` });
    expect(await thirdParty.guard.photo('300')).toMatchObject({ http: 200, isJpeg: false });
    await thirdParty.guard.freeSpaces(7);
    expect(park.fields()).toEqual({ parkCode: '123', freeSpaceNum: 7 });
  });
});

describe('books', () => {
  test('what the exit says must be what its payments say', async () => {
    const w = await inside();
    await w.park.says('PostCarBillDetail', { ...BILL, payType: 100, terminalType: 2, payMoney: 500 });
    await w.park.says('PostPayDetail', { ...LEFT, payMoney: 400, payType: 4 });
    expect(w.thirdParty.books.differences()).toEqual([
      '粤B12345: PostPayDetail has 400, PostCarBillDetail has 500',
      '粤B12345: payType 4 at the exit, 0 by its payment',
    ]);
  });

  test('who is inside', async () => {
    const { thirdParty } = await inside();
    const row = { plateNo: '粤B54321', cardNo: '', entryTime: CAME };
    expect(thirdParty.books.insideDifferences([row])).toEqual([
      '粤B12345 is inside and not in the list',
      '粤B54321 is in the list, and nobody told of it',
    ]);
  });
});
