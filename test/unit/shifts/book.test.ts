import { expect, it } from 'vitest';
import { Replica } from '../../../electron/station/store/replica.ts';
import { Booth, cashier } from './booth.ts';

it('the book of the drawers is what the journal adds up to, and tells each movement once', () => {
  const booth = new Booth();
  const replica = new Replica(booth.clock);
  try {
    const shift = booth.shifts.open({ booth: 'A', floatFen: 0 }, cashier('小王'));
    const paid = booth.car(1_000);
    booth.refund(paid, 300, shift.id);
    booth.recharge(5_000, shift.id);
    booth.recharge(7_000, shift.id, 'wechat');
    booth.recharge(8_000, null);
    booth.reverse(booth.pay(booth.enter(), 400), 400, shift.id);
    booth.shifts.payOut(shift.id, { amountFen: 50, remark: '买水' }, cashier('小王'));
    const rows = booth.temp.db.prepare('SELECT what, amount_fen FROM shift_cash ORDER BY what, ref').raw().all();
    expect(rows).toEqual([
      ['card', 5_000],
      ['paid-out', -50],
      ['payment', 1_000],
      ['payment', 400],
      ['refund', -300],
      ['reversal', -400],
    ]);
    replica.apply(booth.store.read.journal.after(0, 1_000), (_, error) => {
      throw error;
    });
    const table = replica.derivedTables().find(({ name }) => name === 'shift_cash');
    if (!table) throw new Error('shift_cash is not compared');
    const again = [...replica.iterate(table, ['what', 'amount_fen'])].map((row) => Object.values(row));
    expect(again).toHaveLength(rows.length);
    expect(again).toEqual(expect.arrayContaining(rows));
  } finally {
    replica.close();
    booth.temp.dispose();
  }
});
