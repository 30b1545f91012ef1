import { describe, expect, test, vi } from 'vitest';
import type { CallOptions, JsonObject } from '../../../peers/shenzhen/index.ts';
import type { Caller } from './caller.ts';
import { FEE, GATE, parked } from './parked.ts';
import { RECORD } from './samples.ts';
import { broken, rules, type World } from './support.ts';
import { MINUTE, NOW, sign } from './wire.ts';

type Online = World & { readonly caller: Caller };

/** The last request that the car park heard, its signature checked. */
function lastData({ caller }: Online): JsonObject {
  const data = caller.heard.findLast((frame) => frame['type'] === 'request')?.['data'];
  if (typeof data !== 'object' || data === null) throw new Error('no data');
  const { signature, ...fields } = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
  expect(String(signature).toUpperCase()).toBe(sign(fields));
  return { ...data };
}

test('each of the ten is asked and answered', async () => {
  const w = await parked();
  const { answers } = w.caller;
  answers['onlinePay'] = ({ recordCode }) => ({ data: { recordCode } });
  answers['orderPush'] = ({ orderCode }) => ({ data: { orderCode } });
  answers['prepaidOrderChange'] = { data: { results: [{ orderId: 'P1', code: 0, msg: 'success' }] } };
  answers['parkConfig'] = { data: { applied: ['allOfParkingSpace'], ignored: ['chargeWinKey'] } };
  answers['blackWhiteDown'] = ({ plateNumber }) => ({ data: { plateNumber } });
  answers['freeTimeDown'] = ({ recordCode }) => ({ data: { recordCode, shouldPay: 0 } });
  answers['monthCard'] = ({ msRecordId }) => ({ data: { msRecordId } });
  answers['recordUploadNotice'] = ({ recordCode }) => ({ data: { recordCode, found: true } });
  const items = [{ operateType: 2, endTime: '2017-10-31 23:59:59', beginTime: '2017-10-01 00:00:00' }];
  const { cloud } = w;
  const calls = [
    await cloud.feeQuery(RECORD, [cloud.app.coupons.cash(500), cloud.app.coupons.time(1, 60)]),
    await cloud.onlinePay({ orderNum: 'O1', recordCode: RECORD }),
    await cloud.orderPush({ orderCode: 'O1', recordCode: RECORD, fen: 1000 }),
    await cloud.gateStatus(GATE),
    await cloud.prepaidOrderChange({
      orderList: [{ ppsType: 3, plateNumber: '粤B1', plateColor: '0', orderId: 'P1', items }],
    }),
    await cloud.parkConfig({ allOfParkingSpace: 700, chargeWinKey: 'F8' }),
    await cloud.blackWhiteDown({ plateNumber: '粤B1', blacklistType: 2 }),
    await cloud.freeTimeDown({ recordCode: RECORD, freeHour: '2' }),
    await cloud.monthCard({ msRecordId: 'M1', plateNumber: '粤B1', beginTime: NOW, endTime: NOW + MINUTE }),
    await cloud.recordUploadNotice(RECORD),
  ];
  expect(calls.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 0));
  expect([broken(w), calls.flatMap(({ violations }) => violations)]).toEqual([[], []]);
  expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(10);
  expect(lastData(w)['recordCode']).toBe(RECORD);
});

describe('spellings', () => {
  test.each<[CallOptions, JsonObject]>([
    [{ lowerCase: true }, {}],
    [{ seconds: true }, { timestamp: NOW / 1_000 }],
    [{ numbers: 'string' }, { status: '1', timestamp: String(NOW) }],
    [{ strings: 'number' }, { carColor: 0, amount: 300 }],
    [{ colours: 'short' }, { carColor: '蓝' }],
    [{ colours: 'english' }, { carColor: 'blue' }],
    [{ plate: 'dotted' }, { plateNumber: '粤B·12345' }],
    [{ plate: 'spaced' }, { plateNumber: '粤B 12345' }],
    [{ nulls: true }, { ownerPhone: null }],
    [{ extra: true }, { newField: '扩展' }],
    [{ blanks: true, escapes: true, reversed: true, headExtra: true }, { plateNumber: '粤B12345' }],
  ])('%j', async (options, expected) => {
    const w = await parked();
    const card = { msRecordId: 'M1', plateNumber: '粤B12345', beginTime: NOW, endTime: NOW };
    w.caller.answers['monthCard'] = ({ msRecordId }) => ({ data: { msRecordId } });
    const call = await w.cloud.monthCard(card, options);
    expect(call).toMatchObject({ code: 0, legal: true, violations: [] });
    const data = w.caller.heard.at(-1)?.['data'];
    expect(data).toMatchObject(expected);
    // 300.00 is signed as it was written, which a number does not remember.
    if (!options.strings) lastData(w);
  });
});

describe('calls that are wrong', () => {
  test.each<[CallOptions, number]>([
    [{ accessKey: 'x' }, 401],
    [{ signature: 'absent' }, 401],
    [{ tampered: { barCode: 'X' } }, 401],
    [{ clockOffsetMs: -600_000 }, 408],
    [{ parkCode: '8' }, 404],
    [{ method: 'openGate' }, 405],
    [{ type: 'absent' }, 400],
    [{ omit: ['barCode'] }, 400],
    [{ set: { barCode: 7 } }, 400],
    [{ requestId: 'x'.repeat(37) }, 400],
    [{ data: 'x' }, 400],
  ])('%j', async (options, code) => {
    const w = await parked();
    w.caller.answers['gateStatus'] = { code, msg: '不行', data: {} };
    w.caller.answers['openGate'] = { code, msg: '不行', data: {} };
    if (options.type) {
      const call = await w.cloud.gateStatus(GATE, { ...options, timeoutMs: 100 });
      expect(call).toMatchObject({ outcome: 'none', legal: false, violations: [] });
      return;
    }
    expect(await w.cloud.gateStatus(GATE, options)).toMatchObject({ code, legal: false, violations: [] });
    w.caller.answers['gateStatus'] = { data: { barCode: GATE, state: 1, gateState: 0 } };
    if (options.method) return;
    expect(rules((await w.cloud.gateStatus(GATE, options)).violations)).toContain('accepted');
  });

  test('noise, and an answer to it', async () => {
    const w = await parked();
    expect(await w.cloud.gateStatus(GATE, { payload: 'hello' })).toMatchObject({
      code: 400,
      legal: false,
      violations: [],
    });
    expect(await w.cloud.gateStatus(GATE, { payload: Buffer.from([0xff, 0]), timeoutMs: 200 })).toMatchObject({
      legal: false,
    });
    expect(broken(w)).toEqual([]);
  });
});

describe('answers that are wrong', () => {
  test.each<[JsonObject, string]>([
    [{ code: '0' }, 'type'],
    [{ code: 7 }, 'code'],
    [{ code: 1, msg: '' }, 'answer'],
    [{ method: 'x' }, 'answer'],
    [{ timestamp: 1506496739 }, 'type'],
    [{ timestamp: NOW - 600_000 }, 'timestamp'],
    [{ data: null }, 'type'],
    [{ data: { ...FEE, needPay: 900 } }, 'sum'],
    [{ data: { ...FEE, needPay: '1000' } }, 'type'],
    [{ data: { ...FEE, usedCoupons: ['C9'] } }, 'answer'],
    [{ data: { ...FEE, plateNumber: '粤B0' } }, 'answer'],
    [{ data: { ...FEE, more: 1 } }, 'unknown-field'],
    [{ more: 1 }, 'unknown-field'],
    [{ type: 'answer' }, 'frame'],
    [{ requestId: 'other' }, 'answer'],
  ])('%j', async (change, rule) => {
    const w = await parked();
    w.caller.answers['feeQuery'] = { data: FEE, ...change };
    await w.cloud.feeQuery(RECORD, [], { timeoutMs: 150 });
    expect(broken(w)).toContain(rule);
  });

  test('a parameter that opens gates, and one that is nowhere', async () => {
    const w = await parked();
    w.caller.answers['parkConfig'] = { data: { applied: ['chargeOverTimeAutoOpen'], ignored: [] } };
    const parameters = { chargeOverTimeAutoOpen: 0, checkCharge: true };
    expect(rules((await w.cloud.parkConfig(parameters)).violations)).toEqual(['answer', 'answer']);
    w.cloud.state.autoOpenAllowed = true;
    expect((await w.cloud.parkConfig(parameters)).violations).toHaveLength(1);
  });

  test('late, and then all the same', async () => {
    const w = await parked();
    w.cloud.pace.replyMs = 20;
    w.caller.answers['gateStatus'] = (_, frame) => {
      setTimeout(() => w.caller.answer(frame, { data: { barCode: GATE, state: 1, gateState: 0 } }), 60);
      return null;
    };
    expect(rules((await w.cloud.gateStatus(GATE)).violations)).toEqual(['late']);
    expect(await w.cloud.gateStatus(GATE, { timeoutMs: 20 })).toMatchObject({ outcome: 'none' });
    await vi.waitFor(() => expect(w.cloud.downlink.strays).toHaveLength(1));
    expect(broken(w)).toEqual(['late', 'late', 'late']);
  });
});
