import { describe, expect, test } from 'vitest';
import {
  BILL,
  broken,
  CARD,
  CORRECT,
  DEVICE,
  FEE,
  IN,
  LEFT,
  OUT,
  QR,
  rules,
  SCAN,
  STATE,
  type World,
  world,
} from './support.ts';

const lost = async ({ thirdParty, park }: World, name: string, fields: object): Promise<void> => {
  const fault = thirdParty.fault({ kind: 'answer-lost' }, { interface: name });
  await park.tries(name, { ...fields });
  fault.clear();
};

describe('reports are told until they are answered, and not again', () => {
  test('answered, and told again', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    expect(await w.park.says('PostCarInInfo', IN)).toBe(1);
    expect(broken(w)).toEqual(['repeat']);
  });

  test('lost, and told again after five seconds: done once', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    await lost(w, 'PostPayDetail', LEFT);
    expect(w.thirdParty.waiting()).toHaveLength(1);
    await w.clock.advance(5_000);
    expect(await w.park.says('PostPayDetail', LEFT)).toBe(0);
    expect(broken(w)).toEqual([]);
    expect(w.thirdParty.books.all()[0]?.stay.exits).toHaveLength(1);
    expect(w.thirdParty.waiting()).toEqual([]);
  });

  test('sooner than five seconds, and with other contents', async () => {
    const w = await world();
    await lost(w, 'PostCarInInfo', IN);
    await w.clock.advance(3_000);
    await w.park.says('PostCarInInfo', { ...IN, entryPlace: '入口2' });
    expect(broken(w)).toEqual(['changed', 'pace']);
  });

  test('a pause of more than five minutes is doubted', async () => {
    const w = await world();
    await lost(w, 'PostCarInInfo', IN);
    await w.clock.advance(301_000);
    await w.park.says('PostCarInInfo', IN);
    expect([broken(w), rules(w.thirdParty.doubts)]).toEqual([[], ['pace']]);
  });

  test('a newer one before an older one of the same stay; of another stay it is doubted', async () => {
    const w = await world();
    await lost(w, 'PostCarInInfo', IN);
    await w.park.says('PostCarInInfo', { ...IN, plateNo: '粤B54321' });
    expect([broken(w), rules(w.thirdParty.doubts)]).toEqual([[], ['order']]);
    await w.park.says('PostPayDetail', LEFT);
    expect(broken(w)).toEqual(['order']);
  });

  test('another kind of another stay need not wait', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', { ...IN, plateNo: '粤B54321' });
    await lost(w, 'PostCarInInfo', IN);
    await w.park.says('PostPayDetail', { ...LEFT, plateNo: '粤B54321' });
    expect(broken(w)).toEqual([]);
  });

  test('a refused one is doubted only', async () => {
    const w = await world();
    const fault = w.thirdParty.fault({ kind: 'refused' }, { interface: 'PostCarInInfo' });
    expect(await w.park.says('PostCarInInfo', IN)).toBe(1);
    fault.clear();
    await w.park.says('PostCarInInfo', { ...IN, plateNo: '粤B54321' });
    expect([broken(w), rules(w.thirdParty.doubts)]).toEqual([[], ['order']]);
  });

  test('whoever died may tell again what was answered a moment before', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    w.thirdParty.carParkDied();
    expect(await w.park.says('PostCarInInfo', IN)).toBe(0);
    await w.clock.advance(60_000);
    w.thirdParty.carParkDied();
    await w.park.says('PostCarInInfo', IN);
    expect(broken(w)).toEqual(['repeat']);
  });

  test('daily reports once a day, states when they change or the program starts', async () => {
    const w = await world();
    const info = { parkName: '测试车场', parkArea: 1, placeCount: 100 };
    await w.park.says('PostParkingInfo', info);
    await w.park.says('PostParkingInfo', info);
    expect(broken(w)).toEqual(['repeat']);
    await w.clock.advance(86_400_000);
    await w.park.says('PostParkingInfo', info);
    for (const status of ['0', '1', '0']) {
      await w.park.says('PostParkingDevice', { ...DEVICE, deviceName: `入口${status}` });
      await w.park.says('PostDeviceState', {
        ...STATE,
        deviceName: `入口${status}`,
        status,
        remark: status === '0' ? '' : '断线',
      });
    }
    await w.park.says('PostCarCard', CARD);
    expect([broken(w), w.thirdParty.doubts]).toEqual([['repeat'], []]);
    await w.park.says('PostCarCard', CARD);
    expect(rules(w.thirdParty.doubts)).toEqual(['repeat']);
    w.thirdParty.carParkStarted();
    await w.park.says('PostCarCard', CARD);
    expect(rules(w.thirdParty.doubts)).toEqual(['repeat']);
  });
});

describe('exits and entries belong together', () => {
  test('an exit and a payment of nobody are doubted, a second exit is wrong', async () => {
    const w = await world();
    await w.park.says('PostCarBillDetail', BILL);
    await w.park.says('PostPayDetail', LEFT);
    await w.park.says('PostPayDetail', { ...LEFT, leaveTime: '2026/03/02 10:00:01' });
    expect(rules(w.thirdParty.doubts)).toEqual(['unknown-stay', 'unknown-stay', 'unknown-stay']);
    expect(broken(w)).toEqual(['second-exit']);
  });
});

describe('seamless payment', () => {
  const signed = async (will: object = {}): Promise<World> => {
    const w = await world();
    w.thirdParty.plate('粤B12345').set({ signed: true, ...will });
    await w.park.says('PostCarInInfo', IN);
    return w;
  };

  test('only who signed, and only if something is owed', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    expect(await w.park.says('PostCarOutInfo', OUT)).toBe(1);
    await w.thirdParty.recordDensityPay('粤B12345');
    expect(await w.park.row('PostCarOutInfo', { ...OUT, totalMoney: 600 })).toEqual({ densityMoney: 600 });
    expect(await w.park.says('PostCarOutInfo', { ...OUT, totalMoney: 0 })).toBe(1);
    expect(broken(w)).toEqual(['unsigned', 'unsigned']);
  });

  test.each([
    [{ limitFen: 300 }, { densityMoney: 300 }],
    [{ spelling: 'deductMoney' }, { deductMoney: 500 }],
    [{ spelling: 'both' }, { densityMoney: 500, deductMoney: 500 }],
    [{ spelling: 'unequal' }, { densityMoney: 500, deductMoney: 600 }],
    [{ answerFen: 100 }, { densityMoney: 600 }],
    [{ refuse: true }, null],
  ])('%j', async (will, row) => {
    const w = await signed(will);
    expect(await w.park.row('PostCarOutInfo', OUT)).toEqual(row);
    expect(broken(w)).toEqual([]);
  });

  test('never twice: the same again, or soon with another time', async () => {
    const w = await signed();
    await lost(w, 'PostCarOutInfo', OUT);
    expect(await w.park.says('PostCarOutInfo', OUT)).toBe(1);
    expect(await w.park.says('PostCarOutInfo', { ...OUT, leaveTime: '2026/03/02 10:00:01' })).toBe(1);
    expect(broken(w)).toEqual(['repeat', 'repeat', 'repeat']);
    expect(w.thirdParty.state.charges.all).toHaveLength(1);
  });

  test('a reversal takes back what nobody could know of', async () => {
    const w = await signed();
    await lost(w, 'PostCarOutInfo', OUT);
    await w.park.says('PostPayDetail', { ...LEFT, payType: 0 });
    await w.park.says('PostCarBillDetail', { ...BILL, payType: 100, terminalType: 2 });
    expect(w.thirdParty.books.differences()).toEqual([expect.stringContaining('is in no PostCarBillDetail')]);
    expect(await w.park.says('PostCarCorrect', CORRECT)).toBe(0);
    expect([broken(w), w.thirdParty.books.differences()]).toEqual([[], []]);
    expect(w.thirdParty.state.charges.all[0]?.state).toBe('reversed');
  });

  test('a reversal of what was plain, of another amount, and before the exit', async () => {
    const w = await signed();
    await w.park.says('PostCarOutInfo', OUT);
    expect(await w.park.says('PostCarCorrect', CORRECT)).toBe(1);
    expect(await w.park.says('PostCarCorrect', { ...CORRECT, totalMoney: 400 })).toBe(1);
    expect(broken(w)).toEqual(['reversal', 'reversal']);
    const other = await signed();
    const fault = other.thirdParty.fault({ kind: 'request-lost' }, { interface: 'PostCarOutInfo' });
    await other.park.tries('PostCarOutInfo', OUT);
    fault.clear();
    expect(await other.park.says('PostCarCorrect', CORRECT)).toBe(0);
    expect(broken(other)).toEqual([]);
  });

  test.each(['unequal', 'none'] as const)('an answer that is %s may be reversed', async (spelling) => {
    const w = await signed({ spelling });
    await w.park.says('PostCarOutInfo', OUT);
    await w.park.says('PostPayDetail', { ...LEFT, payType: 0 });
    expect(await w.park.says('PostCarCorrect', CORRECT)).toBe(0);
    expect(broken(w)).toEqual([]);
  });
});

describe('questions are asked again by people only', () => {
  test.each([
    ['GetPayQRCode', QR],
    ['PayScanCode', { ...SCAN, authCode: '134500000000000000' }],
    ['AutonomousCalfee', FEE],
  ])('%s', async (name, fields) => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    const fault = w.thirdParty.fault({ kind: 'http-status', status: 500 }, { interface: name });
    await w.park.tries(name, fields);
    fault.clear();
    await w.clock.advance(1_000);
    await w.park.says(name, fields);
    expect(broken(w)).toEqual(['repeat']);
    await w.clock.advance(5_000);
    await w.park.says(name, fields);
    expect(broken(w)).toEqual(['repeat']);
  });
});
