import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isUnderWay } from '../../electron/station/payments/settlement.ts';
import { attemptViewSchema, caseViewSchema, refundViewSchema, stayBillSchema } from '../../shared/contract/payments.ts';
import { CarPark } from '../support/car-park.ts';
import { seeded } from '../support/random.ts';
import { ANNA, Bank, type Fault, PayWorld } from '../unit/payments/pay-world.ts';

const DAY = 86_400_000;

describe('whatever goes wrong', () => {
  type Act = 'wait' | 'long' | 'crash' | 'cash' | 'release' | 'owe' | 'scan' | 'qr' | 'notice' | 'driver';
  const acts = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Act[]>('wait', 'long', 'driver') },
      { weight: 3, arbitrary: fc.constantFrom<Act[]>('crash', 'notice', 'scan', 'qr') },
      { weight: 1, arbitrary: fc.constantFrom<Act[]>('cash', 'release', 'owe') },
    ),
    { minLength: 3, maxLength: 14 },
  );

  /** The station may die under the hand of whoever asks. */
  const attempted = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      expect(String(error)).toBe('Error: killed');
    }
  };

  it('money that came equals money in the books and in cases; a bill is paid once; every try comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(), fc.boolean(), async (steps, seed, reverses) => {
        const random = seeded(seed);
        const banks = [new Bank('cmb'), new Bank('qingdao'), new Bank('scan', 'scan'), new Bank('qr', 'qr')];
        const faults: Fault[] = [
          'none',
          'none',
          'lost-question',
          'lost-answer',
          'error',
          'death-before',
          'death-after',
        ];
        const drivers: Bank['driver'][] = ['pays', 'declines', 'waits'];
        for (const bank of banks) {
          bank.reverses = reverses;
          bank.driver = drivers[Math.floor(random() * drivers.length)] ?? 'pays';
          bank.fault = () => faults[Math.floor(random() * faults.length)] ?? 'none';
        }
        const world = new PayWorld(banks);
        world.diesInPay = () => random() < 0.2;
        const bill = world.arrive();
        const charge = (channel: string): void => {
          world.payments.desk
            .charge(bill.id, { channel, authCode: '1300000000000', despiteUnknown: random() < 0.5 }, ANNA)
            .catch(() => undefined);
        };
        for (const act of steps) {
          // Any number of promises may have run when the next thing happens.
          if (act === 'wait') await world.clock.advance(Math.floor(random() * 4_000));
          else if (act === 'long') await world.clock.advance(Math.floor(random() * 3_600_000));
          else if (act === 'crash') world.restart();
          else if (act === 'cash') attempted(() => world.cash());
          else if (act === 'release' || act === 'owe') world.letGo(act === 'owe');
          else if (act === 'scan' || act === 'qr') charge(act);
          else
            for (const bank of banks)
              for (const [attemptId, order] of bank.orders) {
                if (act === 'driver' && random() < 0.7) bank.pay(attemptId);
                if (act === 'notice' && order.paid)
                  attempted(() =>
                    world.payments.notices.notify({
                      attemptId,
                      reference: `${bank.id}-${attemptId}`,
                      amountFen: order.amountFen,
                      method: 'wechat',
                      via: bank.id,
                      paidAt: world.clock.now(),
                    }),
                  );
              }
        }
        world.diesInPay = () => false;
        for (const bank of banks) {
          bank.fault = () => 'none';
          for (const order of bank.orders.values()) if (!order.paid) order.closed = true;
          bank.shut = true;
        }
        await world.clock.advance(2 * DAY);
        const { read } = world.store;
        expect(read.attempts.ofStay('u1').filter(isUnderWay)).toEqual([]);
        const came = world.cashFen + banks.reduce((sum, bank) => sum + bank.keptFen(), 0);
        const reported = world.cases().reduce((sum, each) => sum + each.amountFen, 0);
        expect(came).toBe(read.payments.sumOfStay('u1') + reported);
        expect(read.payments.ofStay('u1').length).toBeLessThanOrEqual(1);
        expect(world.log.lines.filter((line) => line.level === 'error' && line.fields['error'] !== 'killed')).toEqual(
          [],
        );
        world.dispose();
      }),
      { numRuns: 100 },
    );
  });
});

describe('over the API', () => {
  const attendant = { name: '小王', password: 'a long night shift', role: 'attendant' };
  const manager = { name: '老陈', password: 'a short day shift', role: 'manager' };
  const prepaid = z.object({ bill: stayBillSchema.nullable(), graceUntil: z.string().nullable() });
  let park: CarPark;
  let token = '';
  let managerToken = '';
  const call = (path: string, body?: object, as = token): Promise<Response> =>
    park.station.raw(`/api/v1${path}`, { method: body ? 'POST' : 'GET', ...(body ? { body } : {}), token: as });

  beforeAll(async () => {
    park = await CarPark.open({ provision: { users: [attendant, manager] } });
    token = await park.station.signIn(attendant.name, attendant.password);
    managerToken = await park.station.signIn(manager.name, manager.password);
  });
  afterAll(() => park.close());

  it('a car pays inside with change, drives out free of charge, and gets money back from a second person', async () => {
    const { uid } = await park.register('鲁B70001', 30);
    const { bill } = prepaid.parse(await (await call(`/sessions/${uid}/bill`, {})).json());
    expect(bill).toMatchObject({ uid, scene: 'prepaid', state: 'open', dueFen: 500 });
    const paid = await call(`/bills/${bill?.id}/pay`, { method: 'cash', receivedFen: 1000 });
    expect(await paid.json()).toMatchObject({ amountFen: 500, changeFen: 500, rest: null });
    expect(await (await call(`/bills/${bill?.id}/pay`, { method: 'cash', receivedFen: 500 })).json()).toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'bill-over' },
    });
    const again = prepaid.parse(await (await call(`/sessions/${uid}/bill`, {})).json());
    expect(again.bill).toBeNull();
    expect(again.graceUntil).not.toBeNull();
    await park.exit.push('鲁B70001');
    await park.laneWhen('out1', 'cleared', ({ phase }) => phase === 'cleared');

    const asked = await call('/refunds', { billId: bill?.id, amountFen: 200, reason: '多收' });
    expect(asked.status).toBe(201);
    const refund = refundViewSchema.parse(await asked.json());
    expect((await call(`/refunds/${refund.id}/approve`, {})).status).toBe(403);
    expect((await call(`/refunds/${refund.id}/approve`, {}, managerToken)).status).toBe(200);
    const done = refundViewSchema.parse(await (await call(`/refunds/${refund.id}/done`, {})).json());
    expect(done).toMatchObject({ state: 'done', requestedBy: attendant.name, decidedBy: manager.name, method: 'cash' });
    const bills = z.array(stayBillSchema).parse(await (await call(`/bills?uid=${uid}`)).json());
    expect(bills.map((each) => each.state)).toEqual(['paid']);
  });

  it('a discount by a manager changes the bill at the lane; an attendant may not', async () => {
    const { uid } = await park.register('鲁B70002', 30);
    await park.exit.push('鲁B70002');
    await park.laneWhen('out1', 'charging', ({ bill }) => bill?.dueFen === 500);
    const grant = { kind: 'amount', value: 200, reason: '投诉' };
    expect(await (await call(`/sessions/${uid}/discounts`, grant)).json()).toMatchObject({
      data: { reason: 'discount-too-much' },
    });
    expect((await call(`/sessions/${uid}/discounts`, grant, managerToken)).status).toBe(200);
    await park.laneWhen('out1', 'lower bill', ({ bill }) => bill?.dueFen === 300);
    await park.collect(300);
  });

  it('says which channels there are, what is under way and what a person must look at', async () => {
    expect(await (await call('/channels')).json()).toEqual([]);
    expect(z.array(attemptViewSchema).parse(await (await call('/attempts')).json())).toEqual([]);
    const cases = z.object({ items: z.array(caseViewSchema) }).parse(await (await call('/cases?open=true')).json());
    expect(cases.items).toEqual([]);
    expect((await call('/cases/none/close', { resolution: '无' })).status).toBe(404);
    expect((await call('/lanes/out1/charge', { channel: 'qr' })).status).toBe(409);
  });
});
