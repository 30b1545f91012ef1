import { afterEach, describe, expect, it } from 'vitest';
import { wrongStays } from '../../../electron/station/reports/balance.ts';
import { ANNA, KerbRig, MINUTE, SECOND } from './kerb-rig.ts';

let rig: KerbRig;
afterEach(() => rig.dispose());

const PLATE = '粤B12345';
const MANAGER = { kind: 'user', name: 'boss' } as const;
const cases = () => rig.store.read.cases.search({ offset: 0, limit: 100 }).items;
const refunds = (uid: string) => rig.store.read.refunds.ofStay(uid);
const wrong = () => wrongStays(rig.store.read.reports.balance({ from: 0, to: rig.clock.now() + 1 }));

function pay(uid: string): string {
  const made = rig.payments.prepayments.bill({ uid }, ANNA);
  if (made.kind !== 'bill') throw new Error('nothing due');
  const { dueFen, id } = made.bill;
  rig.payments.prepayments.pay(id, { method: 'cash', receivedFen: dueFen }, ANNA);
  return id;
}

/** 5 yuan for each begun hour; it stood for `minutes`, paid after `paidAfter`, and nobody told that it had gone before `toldAfter`. */
async function told(minutes: number, paidAfter: readonly number[], toldAfter: number) {
  rig = new KerbRig();
  const came = rig.clock.now();
  await rig.parked(1, PLATE);
  const { uid } = rig.stay(1);
  const bills: string[] = [];
  for (const after of paidAfter) {
    await rig.wait(came + after * MINUTE - rig.clock.now());
    bills.push(pay(uid));
  }
  await rig.wait(came + toldAfter * MINUTE - rig.clock.now());
  rig.video(1, false, { at: came + minutes * MINUTE });
  await rig.wait(MINUTE);
  const stay = rig.store.read.stays.get(uid);
  if (!stay) throw new Error('no stay');
  return { stay, bills, left: came + minutes * MINUTE };
}

describe('a car that paid after it had gone, before anybody told so', () => {
  it('is charged the fee to its leaving, and the rest is a case with a refund prepared', async () => {
    const { stay, bills, left } = await told(50, [150], 160);
    expect(stay).toMatchObject({ status: 'left', exitedAt: left, chargeFen: 500, paidFen: 1500, owedFen: 0 });
    expect(refunds(stay.uid)).toMatchObject([{ billId: bills[0], amountFen: 1000, state: 'requested' }]);
    expect(cases()).toMatchObject([{ kind: 'paid-twice', uid: stay.uid, amountFen: 1000, laneId: 'b1' }]);
    // The day holds while it is on its way, and afterwards.
    expect(wrong()).toEqual([]);
    const [refund] = refunds(stay.uid);
    rig.payments.refunds.approve(refund?.id ?? '', MANAGER, false);
    rig.payments.refunds.done(refund?.id ?? '', 'pos', MANAGER);
    expect(wrong()).toEqual([]);
  });

  it('gets back of its last payments first, whatever it had paid while it stood there', async () => {
    const { stay, bills } = await told(70, [50, 130, 200], 210);
    expect(stay).toMatchObject({ chargeFen: 1000, paidFen: 2000 });
    const back = new Map(refunds(stay.uid).map(({ billId, amountFen }) => [billId, amountFen]));
    expect(back).toEqual(
      new Map([
        [bills[2], 500],
        [bills[1], 500],
      ]),
    );
    expect(wrong()).toEqual([]);
  });

  it('gets all of it back where it was gone within the free time', async () => {
    const { stay } = await told(5, [150], 160);
    expect(stay).toMatchObject({ chargeFen: 0, paidFen: 1500 });
    expect(refunds(stay.uid)).toMatchObject([{ amountFen: 1500 }]);
  });

  it('gets nothing back of what it owed', async () => {
    const { stay } = await told(50, [55], 60);
    expect(stay).toMatchObject({ chargeFen: 500, paidFen: 500 });
    expect([refunds(stay.uid), cases()]).toEqual([[], []]);
  });

  it('keeps of a discount what the fee needed, and gives back only what was paid', async () => {
    rig = new KerbRig();
    const came = rig.clock.now();
    await rig.parked(1, PLATE, 150 * MINUTE);
    const { uid } = rig.stay(1);
    rig.payments.grants.grant(
      uid,
      { kind: 'amount', value: 700, maxFen: null, minimumFen: 0, reason: '投诉' },
      MANAGER,
      null,
    );
    pay(uid);
    rig.video(1, false, { at: came + 50 * MINUTE });
    await rig.wait(MINUTE);
    expect(rig.store.read.stays.get(uid)).toMatchObject({ chargeFen: 500, paidFen: 800, discountFen: 500 });
    expect(refunds(uid)).toMatchObject([{ amountFen: 800 }]);
    expect(wrong()).toEqual([]);
  });

  it('is not asked to be given back what somebody asked for before', async () => {
    rig = new KerbRig();
    const came = rig.clock.now();
    await rig.parked(1, PLATE, 150 * MINUTE);
    const { uid } = rig.stay(1);
    const billId = pay(uid);
    rig.payments.refunds.request({ from: { billId }, amountFen: 700, reason: '车主已离开' }, ANNA);
    rig.video(1, false, { at: came + 50 * MINUTE + SECOND });
    await rig.wait(MINUTE);
    expect(new Set(refunds(uid).map(({ amountFen }) => amountFen))).toEqual(new Set([300, 700]));
  });
});
