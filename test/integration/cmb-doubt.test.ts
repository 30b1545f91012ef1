import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import {
  type AttemptView,
  attemptViewSchema,
  caseViewSchema,
  refundViewSchema,
} from '../../shared/contract/payments.ts';
import type { Logged, Owner, OwnerOptions } from '../peers/cmb/index.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { faultsInTheMoney } from '../support/bank-books.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const OUT = 2;
/** As short as settings allow; what happens between them is the same as with 15 s and 2, 5, 10 s. */
const AUTO_PAY_MS = 1000;
const ASK_AT_MS = [500, 1000, 1300];
const image = jpegOfSize(4_000);
const attempts = z.array(attemptViewSchema);
const cases = pageOf(caseViewSchema);
const refunds = pageOf(refundViewSchema);

/** Payments whose end somebody does not know: the bank, the station, or both. */
describe('money in doubt', () => {
  let park: CarPark;
  const cash = new Map<string, number>();
  beforeAll(async () => {
    park = await CarPark.open({
      bank: {
        settings: {
          timeouts: { autoPayMs: AUTO_PAY_MS, connectMs: 400, headersMs: 400, bodyMs: 400, totalMs: 400 },
          autoPay: { askAtMs: ASK_AT_MS, confirmHours: 0.1 },
        },
      },
    });
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { bank } = park;
    bank.clearFaults();
    // Whoever a failed test left there is in nobody's way.
    const { phase, passage } = await park.lane('out1');
    if (phase === 'charging') await park.order('out1', 'cancel', { passageId: passage?.id, reason: '掉头' });
    await park.outboxEmpty();
    // Refused or not, no order was ever given a second time while the first could still be money.
    expect(bank.violations).toEqual([]);
    expect(bank.doubts).toEqual([]);
    expect(bank.failures).toEqual([]);
    const unanswered = () => bank.unanswered().map(({ interface: name, fields }) => `${name} ${fields['vpl_number']}`);
    // What the bank tells by itself may still be under way when the car is long gone.
    await expect.poll(unanswered, { timeout: 5_000 }).toEqual([]);
    expect(await faultsInTheMoney(park, cash)).toEqual([]);
  });

  const asked = (name: string, requestOrder: string): Logged[] =>
    park.bank.received(name).filter(({ fields }) => fields['request_order'] === requestOrder);
  const attemptsOf = (uid: string) => park.station.get(attempts, `/attempts?uid=${uid}`);
  const casesOf = async (uid: string) => (await park.station.get(cases, `/cases?uid=${uid}`)).items;
  const refundsOf = async (uid: string) =>
    (await park.station.get(refunds, '/refunds?pageSize=200')).items.filter((refund) => refund.uid === uid);
  const gone = (plate: string) =>
    until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);
  /** The only AutoPay of a stay, once it looks as wanted. */
  const autoPay = (uid: string, what: string, wanted: (attempt: AttemptView) => boolean): Promise<AttemptView> =>
    until(
      `AutoPay of ${uid}: ${what}`,
      async () => {
        const [only, ...others] = (await attemptsOf(uid)).filter(({ channel }) => channel === 'cmb');
        expect(others).toEqual([]);
        return only && wanted(only) ? only : undefined;
      },
      10_000,
    );
  const calm = (uid: string) => expect(Promise.all([casesOf(uid), refundsOf(uid)])).resolves.toEqual([[], []]);

  interface Come {
    readonly uid: string;
    readonly owner: Owner;
    readonly opened: () => Promise<void>;
    readonly openings: () => number;
  }
  /** A 无感 car that has been inside for an hour and a half comes to the exit; `before` runs while it is inside. */
  async function comes(plate: string, options: OwnerOptions = {}, before: () => void = () => undefined): Promise<Come> {
    const owner = park.bank.owner(plate).set({ autopay: { limit: 5000 }, ...options });
    const { uid } = await park.register(plate, 90);
    await park.bank.waitFor(() => park.bank.records.has(uid), `Indata of ${plate}`);
    await park.outboxEmpty();
    before();
    const had = park.exit.arm.openings.length;
    await park.exit.push(plate, { image });
    const openings = () => park.exit.arm.openings.length - had;
    const opened = async () => {
      await park.exit.waitFor(() => openings() > 0, `opening for ${plate}`);
      await gone(plate);
      expect(openings()).toBe(1);
    };
    return { uid, owner, opened, openings };
  }
  async function pays(plate: string): Promise<void> {
    const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await park.collect(FEE, passage?.id);
    cash.set(plate, (cash.get(plate) ?? 0) + FEE);
  }

  describe('the answer', () => {
    test('comes too late: the order is asked about, and found', async () => {
      const plate = '京A10101';
      const car = await comes(plate, {}, () =>
        park.bank.fault({ kind: 'late', ms: AUTO_PAY_MS + 800 }, { interface: 'AutoPay', times: 1 }),
      );
      await car.opened();
      const { id } = await autoPay(car.uid, 'paid', ({ state }) => state === 'paid');
      expect([asked('AutoPay', id), asked('PayOrderStatus', id)].map(({ length }) => length)).toEqual([1, 1]);
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
      await calm(car.uid);
    });

    test.for<[kind: 'cut' | 'garbage' | 'http-status', plate: string]>([
      ['cut', '京A10103'],
      ['garbage', '京A10104'],
      ['http-status', '京A10105'],
    ])('is no answer (%s): asked about, and found', async ([kind, plate]) => {
      const fault = { kind, status: 502, processed: true } as const;
      const car = await comes(plate, { echo: 'never' }, () =>
        park.bank.fault(fault, { interface: 'AutoPay', times: 1 }),
      );
      await car.opened();
      const { id, reference } = await autoPay(car.uid, 'paid', ({ state }) => state === 'paid');
      expect(reference).toBe(park.bank.orders.get(id)?.channelOrder);
      expect(asked('AutoPay', id)).toHaveLength(1);
      await calm(car.uid);
    });

    test('is lost with the question: nothing was charged, and after the last asking the driver may scan', async () => {
      const plate = '京A10106';
      const car = await comes(plate, {}, () =>
        park.bank.fault({ kind: 'silence' }, { interface: 'AutoPay', times: 1 }),
      );
      const { id } = await autoPay(car.uid, 'over', ({ state }) => state === 'declined');
      // That there is no such order is not believed at once: the question might be on its way.
      expect(asked('PayOrderStatus', id).length).toBeGreaterThan(1);
      await until('scanned', async () => (await car.owner.scanExit(OUT)).push?.done);
      await car.opened();
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
      await calm(car.uid);
    });

    test('to the same order twice on its way: charged once', async () => {
      const plate = '京A10107';
      const car = await comes(plate, { echo: 'twice' }, () =>
        park.bank.fault({ kind: 'duplicate' }, { interface: 'AutoPay', times: 1 }),
      );
      await car.opened();
      await until(
        'both echoes',
        () => park.bank.pushed('pay').filter(({ fields }) => fields['vpl_number'] === plate).length === 2,
      );
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
      await calm(car.uid);
    });
  });

  describe('the echo', () => {
    test.for<[echo: 'before' | 'after' | 'never' | 'twice', echoOrder: 'channel' | 'request' | 'other', plate: string]>(
      [
        ['before', 'channel', '京B20201'],
        ['before', 'request', '京B20202'],
        ['before', 'other', '京B20203'],
        ['after', 'request', '京B20204'],
        ['after', 'other', '京B20205'],
        ['twice', 'other', '京B20206'],
        ['never', 'channel', '京B20207'],
      ],
    )('%s, with its %s number, is the money of the AutoPay', async ([echo, echoOrder, plate]) => {
      const car = await comes(plate, { echo, echoOrder });
      await car.opened();
      const pushes = () => park.bank.pushed('pay').filter(({ fields }) => fields['vpl_number'] === plate);
      const due = { before: 1, after: 1, twice: 2, never: 0 }[echo];
      await until('the echo', () => pushes().filter(({ done }) => done).length === due);
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
      const paid = await autoPay(car.uid, 'paid', ({ state }) => state === 'paid');
      expect((await attemptsOf(car.uid)).map(({ id }) => id)).toEqual([paid.id]);
      await calm(car.uid);
    });

    test('opens the arm where the answer never comes', async () => {
      const plate = '京B20208';
      const car = await comes(plate, { echo: 'before', echoOrder: 'other' }, () =>
        park.bank.fault({ kind: 'silence', processed: true }, { interface: 'AutoPay', times: 1 }),
      );
      await car.opened();
      await autoPay(car.uid, 'paid', ({ state }) => state === 'paid');
      await calm(car.uid);
    });

    test('and one more payment of the same sum: that one is a second payment, to be given back', async () => {
      const plate = '京B20209';
      const car = await comes(plate, { echo: 'after' });
      await car.opened();
      await until('the echo', () =>
        park.bank.pushed('pay').some(({ fields, done }) => done && fields['vpl_number'] === plate),
      );
      const [order] = [...park.bank.orders.values()].filter((each) => each.plate === plate);
      const fee = {
        plate,
        recordId: car.uid,
        billId: '',
        inTime: 0,
        outTime: 0,
        duration: 0,
        total: FEE,
        due: FEE,
        paid: 0,
        discounts: [],
      };
      expect((await car.owner.pay(fee))?.done).toBe(true);
      const refund = await until('a refund', async () => (await refundsOf(car.uid))[0]);
      expect(refund).toMatchObject({ amountFen: FEE, state: 'requested' });
      expect((await casesOf(car.uid)).map(({ kind, amountFen }) => [kind, amountFen])).toEqual([['paid-twice', FEE]]);
      expect(order?.state).toBe('paid');
    });
  });

  describe('nobody knows', () => {
    /** AutoPay charges or not, and nothing is heard of it: no answer, nor one to what is asked. */
    const silent = (processed: boolean) => () => {
      park.bank.fault({ kind: 'silence', processed }, { interface: 'AutoPay' });
      park.bank.fault({ kind: 'html' }, { interface: 'PayOrderStatus' });
    };

    test('asked at its instants and set aside; the driver scans; then the bank says that it had been paid', async () => {
      const plate = '京C30301';
      const car = await comes(plate, { echo: 'never' }, silent(true));
      await autoPay(car.uid, 'on its way', ({ state }) => state === 'sent');
      // While it may still turn into money nobody is given the bill.
      expect((await car.owner.scanExit(OUT)).answer).toMatchObject({ status: 1 });
      const unknown = await autoPay(car.uid, 'unknown', ({ state }) => state === 'unknown');
      expect((await car.owner.payByPlate()).answer).toMatchObject({ status: 1 });
      const { id } = await autoPay(car.uid, 'set aside', ({ setAside }) => setAside);
      const since = Date.parse(unknown.updatedAt);
      const instants = asked('PayOrderStatus', id).map(({ at }) => at - since);
      expect(instants).toHaveLength(ASK_AT_MS.length);
      for (const [index, at] of instants.entries()) expect(at).toBeGreaterThanOrEqual((ASK_AT_MS[index] ?? 0) - 20);
      expect(car.openings()).toBe(0);
      const visit = await until('scanned', async () => {
        const each = await car.owner.scanExit(OUT);
        return each.push?.done ? each : undefined;
      });
      expect(visit.payments).toMatchObject([{ amount: FEE }]);
      await car.opened();
      expect(asked('AutoPay', id)).toHaveLength(1);

      park.bank.clearFaults();
      await park.station.send(z.unknown(), `/attempts/${id}/query`, {});
      const [found] = await until('a case', async () => {
        const all = await casesOf(car.uid);
        return all.length > 0 ? all : undefined;
      });
      expect(found).toMatchObject({ kind: 'paid-twice', amountFen: FEE });
      expect(await refundsOf(car.uid)).toMatchObject([{ amountFen: FEE, state: 'requested', attemptId: id }]);
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
    });

    test('the driver scans, and the bank pushes the payment of the AutoPay a moment later', async () => {
      const plate = '京C30302';
      const car = await comes(plate, { echo: 'never' }, silent(true));
      const { id } = await autoPay(car.uid, 'set aside', ({ setAside }) => setAside);
      await until('scanned', async () => (await car.owner.scanExit(OUT)).push?.done);
      await car.opened();
      car.owner.set({ echo: 'after' });
      await park.bank.complete(id);
      await until('a refund', async () => (await refundsOf(car.uid)).length === 1);
      expect(await refundsOf(car.uid)).toMatchObject([{ amountFen: FEE, attemptId: id }]);
      expect((await casesOf(car.uid)).map(({ kind }) => kind)).toEqual(['paid-twice']);
    });

    test('set aside, then paid after all while the car still waits: the arm opens, and nobody is asked for more', async () => {
      const plate = '京C30303';
      const car = await comes(plate, { echo: 'never' }, silent(true));
      const { id } = await autoPay(car.uid, 'set aside', ({ setAside }) => setAside);
      expect(car.openings()).toBe(0);
      car.owner.set({ echo: 'after' });
      await park.bank.complete(id);
      await car.opened();
      await calm(car.uid);
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
    });

    test.for<[when: 'at once' | 'set aside', plate: string]>([
      ['at once', '京C30304'],
      ['set aside', '京C30305'],
    ])('cash, %s; it had never been charged: nothing is left of it', async ([when, plate]) => {
      const car = await comes(plate, {}, silent(false));
      const { id } = await autoPay(car.uid, when, ({ state, setAside }) =>
        when === 'at once' ? state === 'sent' : setAside,
      );
      await pays(plate);
      await car.opened();
      park.bank.clearFaults();
      await until(
        'its end is known',
        async () => {
          const [attempt] = (await attemptsOf(car.uid)).filter((each) => each.id === id);
          if (attempt?.state === 'declined') return true;
          await park.station.send(z.unknown(), `/attempts/${id}/query`, {}).catch(() => undefined);
          return false;
        },
        10_000,
      );
      await calm(car.uid);
      expect(await park.stay(car.uid)).toMatchObject({ paidFen: FEE });
    });

    test('cash at once; it had been charged: the bank keeps it until a person gives it back', async () => {
      const plate = '京C30306';
      const car = await comes(plate, { echo: 'never' }, silent(true));
      const { id } = await autoPay(car.uid, 'unknown', ({ state }) => state === 'unknown');
      await pays(plate);
      await car.opened();
      park.bank.clearFaults();
      await until(
        'a refund',
        async () => {
          if ((await refundsOf(car.uid)).length === 1) return true;
          await park.station.send(z.unknown(), `/attempts/${id}/query`, {}).catch(() => undefined);
          return false;
        },
        10_000,
      );
      expect(await refundsOf(car.uid)).toMatchObject([{ amountFen: FEE, attemptId: id, state: 'requested' }]);
      expect((await casesOf(car.uid)).map(({ kind, amountFen }) => [kind, amountFen])).toEqual([['paid-twice', FEE]]);
    });
  });
});

describe('保付', () => {
  test('a late payment confirms what let the car go; a missing one becomes a case, once, over a restart', async () => {
    const park = await CarPark.open({ bank: { settings: { autoPay: { guaranteed: true, confirmHours: 0.1 } } } });
    try {
      const { bank } = park;
      bank.mode = 'guaranteed';
      const state = async (uid: string) => (await park.station.get(attempts, `/attempts?uid=${uid}`))[0];
      const casesOf = async (uid: string) => (await park.station.get(cases, `/cases?uid=${uid}`)).items;
      const uids = new Map<string, string>();
      for (const [plate, pays] of [
        ['京G10001', 'later'],
        ['京G10002', 'never'],
      ] as const) {
        bank.owner(plate).set({ autopay: { limit: 5000 }, pays, delayMs: 400 });
        const { uid } = await park.register(plate, 90);
        uids.set(plate, uid);
        await bank.waitFor(() => bank.records.has(uid), `Indata of ${plate}`);
        await park.outboxEmpty();
        await park.exit.push(plate, { image });
        await until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left');
        expect(await state(uid)).toMatchObject({ state: 'paid', guarantee: 'pending' });
      }
      const [late = '', missing = ''] = [uids.get('京G10001'), uids.get('京G10002')];
      await until('confirmed', async () => (await state(late))?.guarantee === 'confirmed');
      expect(await casesOf(late)).toEqual([]);
      await park.pass(10);
      await park.station.kill9();
      await park.restart();
      const found = await until('a case', async () => (await casesOf(missing))[0], 10_000);
      expect(found).toMatchObject({ amountFen: FEE });
      await park.station.kill9();
      await park.restart();
      await until('the station is up', () => park.stayOf('京G10002'));
      expect(await casesOf(missing)).toHaveLength(1);
      expect(await casesOf(late)).toEqual([]);
      // It comes after all.
      const [order] = [...bank.orders.values()].filter(({ plate }) => plate === '京G10002');
      await bank.complete(order?.requestOrder ?? '');
      await until('confirmed', async () => (await state(missing))?.guarantee === 'confirmed');
      expect(await park.stay(missing)).toMatchObject({ paidFen: FEE });
      await park.outboxEmpty();
      expect(bank.violations).toEqual([]);
      expect(await faultsInTheMoney(park)).toEqual([]);
    } finally {
      await park.close();
    }
  });
});
