import { describe, expect, it } from 'vitest';
import type { QingdaoContext } from '../../../../electron/station/platforms/qingdao/context.ts';
import { checkDailyBills } from '../../../../electron/station/platforms/qingdao/daily-bills.ts';
import { checkDailyBill } from '../../../../electron/station/platforms/qingdao/messages/checkDailyBill.ts';
import type { Reply } from '../../../../electron/station/platforms/qingdao/reply.ts';
import { billSchema } from '../../../../shared/domain/money-flow.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { tempStore } from '../../../support/temp-store.ts';
import { deps, LEFT, MemoryStation, paid, settings, stay } from './support.ts';

const DAY = '2026-03-02';
const signal = new AbortController().signal;
const bill = (id: string, state: 'open' | 'paid' | 'void' = 'paid', dueFen = 800) =>
  billSchema.parse({
    ...{ id, uid: '1001120260302080509000', state, scene: 'after-departure', tariffId: 't', minutes: 180 },
    ...{ chargeFen: dueFen, discountFen: 0, paidFen: 0, dueFen, steps: [], createdAt: LEFT },
  });
const theirs = (billID: string, payStatus: 0 | 1 = 1, shouldPay = 800) => ({
  ...{ plateNo: '鲁B01C01', billID, shouldPay, payStatus },
  ...(payStatus === 1
    ? { actualPay: shouldPay, dealTime: `${DAY} 12:00:00`, orderCode: `o_${billID}`, paidType: 2 }
    : {}),
});
const told = (...detail: readonly ReturnType<typeof theirs>[]) => ({
  resultCode: 200,
  dailyCount: detail.length,
  dailyShouldPay: detail.reduce((sum, each) => sum + each.shouldPay, 0),
  dailyActualPay: detail.reduce((sum, { payStatus, shouldPay }) => sum + (payStatus === 1 ? shouldPay : 0), 0),
  detail,
});
type Answer = ReturnType<typeof checkDailyBill.answer.parse>;

/** Compares the bills that are stored with what the platform says; `notified` is the money that the station was told of. */
async function compare(ours: readonly ReturnType<typeof bill>[], says: unknown, reply?: Reply<Answer>) {
  const { store, dispose } = tempStore(new FakeClock());
  const notified: { readonly billId: string }[] = [];
  try {
    store.write((tx) => {
      tx.stays.put(stay());
      for (const each of ours) {
        tx.bills.put(each);
        const { id, dueFen } = each;
        const by = { via: 'qingdao', reference: `o_${id}` } as const;
        const payment = paid({ billId: id, scene: 'after-departure', dueFen, paidFen: dueFen, ...by });
        if (each.state === 'paid' && payment.kind === 'bill-paid') tx.payments.insert(payment.body, 'qingdao');
      }
    });
    const notify = (notice: { readonly billId: string; readonly amountFen: number }) => {
      notified.push(notice);
      const known = bill(notice.billId);
      store.write((tx) => {
        tx.bills.put(known);
        const by = { via: 'qingdao', reference: `o_${known.id}` } as const;
        const payment = paid({ billId: known.id, scene: 'after-departure', paidFen: notice.amountFen, ...by });
        if (payment.kind === 'bill-paid') tx.payments.insert(payment.body, 'qingdao');
      });
      return {};
    };
    const { clock, ids, log, photos } = deps();
    const station = (() => ({ read: store.read, payments: { notices: { notify } } })) as unknown;
    const context = {
      ...{ settings: settings(), clock, ids, log, photos, station, commands: new MemoryStation() },
      ask: async () => reply ?? { kind: 'answered', answer: checkDailyBill.answer.parse(says) },
      noteDrift: () => undefined,
    } as QingdaoContext;
    return { ...(await checkDailyBills(context, DAY, signal)), notified };
  } finally {
    dispose();
  }
}

describe('bills of cars that left first', () => {
  it('agree by count, due and received, bill by bill', async () => {
    const all = await compare(
      [bill('b1'), bill('b2', 'open'), bill('b3', 'void')],
      told(theirs('b1'), theirs('b2', 0)),
    );
    expect(all).toEqual({
      figures: [
        {
          message: 'checkDailyBill',
          ...{ ours: { count: 2, amountFen: 1600 }, theirs: { count: 2, amountFen: 1600 }, agrees: true },
        },
      ],
      ...{ extra: [], notes: [], notified: [] },
    });
  });

  it('that the platform has as paid and we do not are settled, and agree from then on', async () => {
    const { figures, notified, notes } = await compare([bill('b1', 'open')], told(theirs('b1')));
    expect(notified).toMatchObject([{ billId: 'b1', amountFen: 800, reference: 'o_b1', via: 'qingdao' }]);
    expect(figures[0]?.agrees).toBe(true);
    expect(notes.join()).toContain('b1');
  });

  it.each([
    ['only the platform has', [bill('b1')], told(theirs('b1'), theirs('b9'))],
    ['only we have', [bill('b1'), bill('b2')], told(theirs('b1'))],
    ['are paid here and not there', [bill('b1')], told(theirs('b1', 0))],
    ['are of another amount', [bill('b1', 'open')], told(theirs('b1', 0, 900))],
  ])('that %s do not agree, and nothing is settled', async (_what, ours, says) => {
    const { figures, notified, notes, extra } = await compare(ours, says);
    expect([figures[0]?.agrees, notified.length]).toEqual([false, 0]);
    expect(notes.length + extra.length).toBeGreaterThan(0);
  });

  it('that were voided here and that the platform has as paid are told of', async () => {
    const { notified, notes } = await compare([bill('b1', 'void')], told(theirs('b1')));
    expect(notified).toMatchObject([{ billId: 'b1', amountFen: 800 }]);
    expect(notes.join()).toContain('b1');
  });

  it('that only the platform has are named', async () => {
    const { extra } = await compare([bill('b1')], told(theirs('b1'), theirs('b9')));
    expect(extra).toEqual([{ message: 'checkDailyBill', key: '', recordId: 'b9' }]);
  });

  it('are no matter on a day without any, whatever the platform says', async () => {
    const nothing = { figures: [], extra: [], notes: [], notified: [] };
    expect(await compare([], told())).toEqual(nothing);
    for (const kind of ['none', 'refused'] as const)
      expect(await compare([], {}, { kind, reason: 'x' })).toEqual(nothing);
    expect(await compare([], {}, { kind: 'failed', reason: 'x', maybeArrived: true })).toEqual(nothing);
  });

  it('stand as different when the platform has none, or will not tell', async () => {
    const none = await compare([bill('b1')], {}, { kind: 'none', reason: '204 无数据' });
    expect(none.figures).toMatchObject([{ theirs: { count: 0, amountFen: 0 }, agrees: false }]);
    const refused = await compare([bill('b1')], {}, { kind: 'refused', reason: '400' });
    expect(refused.figures).toMatchObject([{ theirs: null, agrees: false }]);
  });

  it('are asked for again when the platform does not answer', async () => {
    const away = { kind: 'failed', reason: 'ECONNREFUSED', maybeArrived: false } as const;
    await expect(compare([bill('b1')], {}, away)).rejects.toThrow('ECONNREFUSED');
  });
});
