import { describe, expect, test } from 'vitest';
import type { JsonObject, Order } from '../../../peers/shenzhen/index.ts';
import type { Caller } from './caller.ts';
import { ENTRY, EXIT, PARK, RECORD, UPDATE } from './samples.ts';
import { broken, onlineWorld, type World } from './support.ts';
import { MINUTE, NOW } from './wire.ts';

type Online = World & { readonly caller: Caller };

/** A car park that quotes ten yuan, and keeps what it is told by order number. */
async function paying(): Promise<Online & { readonly orders: Set<string> }> {
  const w = await onlineWorld();
  const orders = new Set<string>();
  await w.park.says('park', PARK);
  await w.park.says('parkRecordEntry', ENTRY);
  const credit = (order: unknown, data: JsonObject) => {
    orders.add(String(order));
    return { data };
  };
  const quote = { agioMoney: 0, paidMoney: 0, needPay: 1000, shouldPay: 1000, freeLeaveMinutes: 15, usedCoupons: [] };
  Object.assign(w.caller.answers, {
    feeQuery: {
      data: { recordCode: RECORD, plateNumber: '粤B12345', entryTime: NOW - 120 * MINUTE, queryTime: NOW, ...quote },
    },
    onlinePay: ({ orderNum, recordCode }: JsonObject) => credit(orderNum, { recordCode }),
    orderPush: ({ orderCode }: JsonObject) => credit(orderCode, { orderCode }),
  });
  return { ...w, orders };
}

const LEFT = { ...EXIT, shouldPay: 1000, actualPay: 1000, agioMoney: 0 };

describe('a payment', () => {
  test.each<[Order, string[]]>([
    ['online-first', ['onlinePay', 'orderPush']],
    ['order-first', ['orderPush', 'onlinePay']],
    ['both-at-once', ['onlinePay', 'orderPush']],
    ['online-only', ['onlinePay']],
    ['order-only', ['orderPush']],
  ])('%s, told twice', async (order, ways) => {
    const w = await paying();
    const { charge, told } = await w.cloud.app.pay(RECORD, { order, repeat: 1, customer: '李' });
    expect(told.map((call) => call.interface)).toEqual([...ways, ...ways]);
    expect([charge?.fen, w.orders.size, w.cloud.app.charges.spent('李')]).toEqual([1000, 1, 1000]);
    const push = w.caller.heard.find((frame) => frame['method'] === 'orderPush');
    if (ways.includes('orderPush'))
      expect(push).toMatchObject({ data: { orderMoney: '10.00', plateNumber: '粤B12345' } });
    expect(w.cloud.books.differences()).toEqual([`${charge?.orderNum} of ${RECORD} (1000 fen) has no exit`]);
    await w.park.says('parkRecordExit', LEFT);
    expect([w.cloud.books.differences(), broken(w)]).toEqual([[], []]);
    expect(w.cloud.books.totals()).toMatchObject({ exits: 1, actualPay: 1000, charged: 1000 });
  });

  test('that nobody heard of is told until somebody does', async () => {
    const w = await paying();
    w.caller.answers['onlinePay'] = { code: 500, msg: '内部错误', data: {} };
    const late = async () => w.park.says('parkRecordExit', { ...LEFT, actualPay: 999, agioMoney: 1 });
    await w.cloud.app.pay(RECORD, { order: 'online-only', late });
    expect(w.cloud.books.differences()).toHaveLength(2);
    await w.cloud.app.settle('order-only');
    expect(w.cloud.books.differences()).toEqual([`${RECORD}: the exit tells 999 fen, 1000 were paid`]);
    expect(w.cloud.books.differences({ otherwise: { [RECORD]: -1 } })).toEqual([]);
  });
});

describe('a record that is asked for again', () => {
  async function left(): Promise<Online> {
    const w = await paying();
    await w.park.says('parkRecordUpdate', UPDATE);
    await w.park.says('parkRecordExit', { ...LEFT, plateNumber: '粤B12346' });
    await w.clock.advance(MINUTE);
    return w;
  }
  const again = (w: Online, entry: JsonObject, exit: JsonObject | null): void => {
    w.caller.answers['recordUploadNotice'] = ({ recordCode }) => {
      const tell = async (): Promise<void> => {
        await w.park.says('parkRecordEntry', entry);
        if (exit) await w.park.says('parkRecordExit', exit);
      };
      setTimeout(() => void tell(), 5);
      return { data: { recordCode, found: true } };
    };
  };

  test('comes as it was, once', async () => {
    const w = await left();
    again(w, ENTRY, { ...LEFT, plateNumber: '粤B12346' });
    const asked = await w.cloud.askFor(RECORD);
    expect([asked.differences, broken(w)]).toEqual([[], []]);
    expect(asked.exit?.fields['actualPay']).toBe('1000');
    await w.park.says('parkRecordExit', { ...LEFT, plateNumber: '粤B12346' });
    expect(broken(w)).toEqual(['second-exit']);
  });

  test('or as it was corrected, but not otherwise', async () => {
    const w = await left();
    again(
      w,
      { ...ENTRY, plateNumber: '粤B12346' },
      { ...LEFT, plateNumber: '粤B12346', actualPay: 900, agioMoney: 100 },
    );
    const { differences } = await w.cloud.askFor(RECORD);
    expect(differences).toHaveLength(2);
    expect(broken(w)).toEqual(['record', 'record']);
  });

  test('or does not come', async () => {
    const w = await left();
    again(w, ENTRY, null);
    expect((await w.cloud.askFor(RECORD, { arriveMs: 50 })).differences).toEqual([
      `parkRecordExit of ${RECORD} never came`,
    ]);
    w.caller.answers['recordUploadNotice'] = ({ recordCode }) => ({ data: { recordCode, found: false } });
    expect((await w.cloud.askFor(RECORD)).differences).toEqual([`${RECORD} is not found (0)`]);
    expect(broken(w)).toEqual(['record']);
  });
});
