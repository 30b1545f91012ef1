import { afterEach, describe, expect, it } from 'vitest';
import { listEntrySchema } from '../../../shared/domain/list.ts';
import { type Card, cardSchema, type Visitor, visitorSchema } from '../../../shared/domain/registry.ts';
import { Bank } from '../payments/pay-world.ts';
import { ANNA, blue, KerbRig, MINUTE, reasonOf, SECOND } from './kerb-rig.ts';

let rig: KerbRig;
afterEach(() => rig.dispose());

const ABOUT = { key: null, laneId: null, passageId: null, actor: ANNA } as const;
const PLATE = '粤B12345';
const cash = (receivedFen: number) => ({ method: 'cash' as const, receivedFen });
const only = (number = 1) => {
  const [stay, ...more] = rig.stays(number);
  if (!stay || more.length > 0) throw new Error(`${more.length + 1} stays`);
  // Whatever was charged is accounted for.
  if (stay.status === 'left')
    expect(stay.chargeFen).toBe(stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
  return stay;
};
const debts = (uid: string) => rig.store.read.debts.ofStay(uid);
const exit = () => {
  const event = rig.events('vehicle-exited').at(-1);
  return event?.kind === 'vehicle-exited' ? event.body : undefined;
};
const cases = () => rig.store.read.cases.search({ offset: 0, limit: 100 }).items;

function bill(uid: string) {
  const made = rig.payments.prepayments.bill({ uid }, ANNA);
  if (made.kind !== 'bill') throw new Error('nothing due');
  return made.bill;
}

function addCard(type: Card['type'], balanceFen = 0): void {
  const card = cardSchema.parse({
    ...{ id: 'c1', number: '8001', type, plates: [PLATE], spaces: 1, areas: [], quotaId: null, balanceFen },
    ...{ validFrom: 0, validTo: Number.MAX_SAFE_INTEGER, state: 'active', vehicleClass: 'small', minutesLeft: 0 },
    ...{ timesLeft: 0, owner: '', phone: '', remark: '', source: 'x', updatedAt: 0 },
  });
  const body = { change: 'added', why: 'edited', card, uid: null, paidFen: 0, method: null, shiftId: null } as const;
  rig.record({ ...ABOUT, kind: 'card-changed', body: { ...body, detail: '' } });
}

/** A code is shown for what the car owes now. */
async function shown(uid: string): Promise<string> {
  const charging = rig.payments.desk.charge(bill(uid).id, { channel: 'qr1' }, ANNA);
  await rig.wait(100);
  return (await charging).attempt.id;
}

/** 5 yuan for each begun hour after 10 minutes. */
describe('leaving', () => {
  it('owes what is due at the moment at which the berth became free, and pays it later once', async () => {
    rig = new KerbRig();
    await rig.parked(1, PLATE, 59 * MINUTE + 59 * SECOND);
    // Told a minute late: the second hour never began.
    const gone = rig.clock.now();
    await rig.wait(MINUTE);
    rig.video(1, false, { at: gone });
    await rig.wait(MINUTE);
    expect(exit()).toMatchObject({ how: 'debt', reason: '路内停车未缴费驶离' });
    expect(only()).toMatchObject({ status: 'left', exitedAt: gone, chargeFen: 500, owedFen: 500, paidFen: 0 });
    const [debt] = debts(only().uid);
    expect(debt).toMatchObject({ plate: PLATE, amountFen: 500, state: 'open', since: gone, intercept: 'none' });
    rig.payments.arrears.pay(debt?.id ?? '', cash(500), ANNA);
    expect(only()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(reasonOf(() => rig.payments.arrears.pay(debt?.id ?? '', cash(500), ANNA))).toBe('debt-over');
  });

  it('is for nothing within the free time, by the white list, and inside a visit', async () => {
    rig = new KerbRig();
    const visitor: Visitor = visitorSchema.parse({
      ...{ id: 'v1', plate: '粤B22222', name: '访客', host: '', state: 'active', visitsLeft: 2, source: 'x' },
      ...{ from: 0, to: Number.MAX_SAFE_INTEGER, freeMinutes: null, remark: '', updatedAt: 0 },
    });
    rig.record({ ...ABOUT, kind: 'visitor-changed', body: { change: 'added', visitor } });
    const entry = listEntrySchema.parse({
      ...{ id: 'l1', list: 'white', plate: '粤B33333', strategy: 'free', vehicleClass: null, remark: '', source: 'x' },
      ...{ validFrom: 0, validTo: Number.MAX_SAFE_INTEGER, updatedAt: 0 },
    });
    rig.record({ ...ABOUT, kind: 'list-changed', body: { change: 'added', entry } });
    await rig.parked(1, PLATE, 5 * MINUTE);
    await rig.left(1);
    await rig.parked(2, '粤B22222', 300 * MINUTE);
    await rig.left(2);
    await rig.parked(3, '粤B33333', 300 * MINUTE);
    await rig.left(3);
    const ends = rig.events('vehicle-exited').map((each) => (each.kind === 'vehicle-exited' ? each.body.how : ''));
    expect(ends).toEqual(['free', 'covered', 'whitelist']);
    expect([1, 2, 3].map((number) => only(number).chargeFen)).toEqual([0, 0, 0]);
    expect(rig.store.read.visitors.get('v1')).toMatchObject({ visitsLeft: 1 });
  });

  it('lets go what a car owes of which nobody knows the plate, and a person sees that', async () => {
    rig = new KerbRig();
    await rig.parked(1, null, 30 * MINUTE);
    await rig.left(1);
    expect(exit()).toMatchObject({ how: 'released', reason: '未识别车牌离开' });
    expect(only()).toMatchObject({ chargeFen: 500, waivedFen: 500, owedFen: 0 });
    expect(cases()).toMatchObject([{ kind: 'released', uid: only().uid, amountFen: 500, laneId: 'b1' }]);
  });

  it('takes the balance of its card, whole or as far as it goes', async () => {
    rig = new KerbRig();
    addCard('stored-value', 700);
    await rig.parked(1, PLATE, 30 * MINUTE);
    // A bill that somebody looked at and did not pay is in nobody's way.
    bill(rig.stay(1).uid);
    await rig.left(1);
    expect(exit()).toMatchObject({ how: 'paid', payments: [{ method: 'card', paidFen: 500 }] });
    await rig.parked(2, PLATE, 30 * MINUTE);
    await rig.left(2);
    expect(only(2)).toMatchObject({ chargeFen: 500, paidFen: 200, owedFen: 300 });
    expect(rig.store.read.cards.get('c1')).toMatchObject({ balanceFen: 0 });
    expect(debts(only(2).uid)).toMatchObject([{ amountFen: 300 }]);
    expect(rig.store.read.bills.open(only(2).uid)).toBeUndefined();
  });
});

describe('paying while the car stands', () => {
  it('leaves within the time for nothing more, and after it for the rest', async () => {
    rig = new KerbRig({ rules: { graceMinutes: 15 } });
    await rig.parked(1, PLATE, 50 * MINUTE);
    await rig.parked(2, '粤B22222', 40 * SECOND);
    await rig.wait(50 * MINUTE);
    const paid = [1, 2].map((number) => bill(rig.stay(number).uid));
    for (const each of paid) rig.payments.prepayments.pay(each.id, cash(1000), ANNA);
    expect(paid.map(({ dueFen }) => dueFen)).toEqual([1000, 500]);
    await rig.wait(14 * MINUTE);
    await rig.left(1);
    expect(exit()).toMatchObject({ how: 'paid', payments: [{ method: 'cash', paidFen: 1000 }] });
    expect(only(1)).toMatchObject({ chargeFen: 1000, paidFen: 1000, owedFen: 0 });
    await rig.wait(30 * MINUTE);
    await rig.left(2);
    expect(only(2)).toMatchObject({ chargeFen: 1000, paidFen: 500, owedFen: 500 });
    expect(exit()?.how).toBe('debt');
  });

  it('asks with its bill for the debts of before', async () => {
    rig = new KerbRig();
    await rig.parked(1, PLATE, 30 * MINUTE);
    await rig.left(1);
    await rig.parked(2, PLATE, 30 * MINUTE);
    const made = bill(rig.stay(2).uid);
    expect(made).toMatchObject({ dueFen: 500, arrears: [{ amountFen: 500 }] });
    rig.payments.prepayments.pay(made.id, cash(1000), ANNA);
    expect(debts(only(1).uid)).toMatchObject([{ state: 'paid' }]);
    await rig.left(2);
    expect([only(1).owedFen, only(2).owedFen]).toEqual([0, 0]);
  });

  it('a phone that pays after the car has gone settles its debt, also over a power cut, and never twice', async () => {
    const bank = new Bank('qr1', 'qr');
    rig = new KerbRig({}, [bank]);
    await rig.parked(1, PLATE, 30 * MINUTE);
    const { uid } = rig.stay(1);
    const attempt = await shown(uid);
    await rig.left(1);
    expect(only()).toMatchObject({ owedFen: 500 });
    rig.restart();
    expect(bank.pay(attempt)).toBe(true);
    await rig.wait(10 * MINUTE);
    expect(only()).toMatchObject({ paidFen: 500, owedFen: 0 });
    expect(debts(uid)).toMatchObject([{ state: 'paid', paidFen: 500 }]);
    expect(rig.store.read.payments.ofStay(uid)).toMatchObject([{ paid_fen: 500, via: 'qr1' }]);
    expect(bank.keptFen()).toBe(500);
  });

  it('what a phone paid for a car that owes nothing any more, or that nobody knows, comes back', async () => {
    const bank = new Bank('qr1', 'qr');
    rig = new KerbRig({}, [bank]);
    await rig.parked(1, null, 30 * MINUTE);
    const { uid } = rig.stay(1);
    bank.pay(await shown(uid));
    rig.video(1, false, { at: rig.clock.now() });
    await rig.wait(10 * MINUTE);
    // Told before or after it was known to be gone: the money is the stay's, a case, or back with the driver.
    const stay = only();
    const booked = rig.store.read.payments.ofStay(uid).reduce((sum, row) => sum + row.paid_fen, 0);
    const told = cases().filter(({ kind }) => kind === 'late-payment' || kind === 'paid-twice');
    expect(bank.keptFen()).toBe(booked + told.reduce((sum, each) => sum + each.amountFen, 0));
    expect(stay.status).toBe('left');
  });
});

describe('which car it is', () => {
  it('is known later: the stay keeps its beginning, and stands on the terms of its plate from then', async () => {
    rig = new KerbRig();
    addCard('monthly');
    const before = await rig.parked(1, null, 30 * MINUTE);
    const asked = bill(before.uid);
    rig.identify(1, PLATE);
    const stay = rig.stay(1);
    expect(stay).toMatchObject({ uid: before.uid, enteredAt: before.enteredAt, parkingType: 'monthly' });
    expect(rig.store.read.bills.get(asked.id)?.state).toBe('void');
    const told = rig.events('stay-corrected').map((each) => (each.kind === 'stay-corrected' ? each : undefined));
    expect(told).toMatchObject([{ actor: ANNA, body: { what: 'plate', before: { plate: { text: '' } } } }]);
    await rig.wait(300 * MINUTE);
    await rig.left(1);
    expect(exit()?.how).toBe('covered');
  });

  it('closes what the same plate has elsewhere where a device says so, and asks a person who says so', async () => {
    rig = new KerbRig();
    const first = await rig.parked(1, PLATE);
    await rig.parked(2, null);
    expect(reasonOf(() => rig.identify(2, PLATE))).toBe('already-inside');
    expect(reasonOf(() => rig.person(3, true, { plate: PLATE }))).toBe('already-inside');
    rig.video(2, true, { plate: blue(PLATE) });
    expect(rig.store.read.stays.get(first.uid)).toMatchObject({ status: 'abnormal' });
    expect(rig.stay(2).plate.text).toBe(PLATE);
    expect(cases()).toMatchObject([{ kind: 'entered-twice', uid: first.uid }]);
    // Its berth is still taken by somebody, for whom a person may begin a stay.
    expect(rig.berths.state('b1').occupied).toBe(true);
    rig.person(1, true, { plate: '粤B77777' });
    expect(rig.stay(1)).toMatchObject({ plate: { text: '粤B77777' } });
  });

  it('keeps the stay at a berth whose own device still sees the car there, and a person decides whose plate it is', async () => {
    rig = new KerbRig();
    rig.online.add('geo1');
    rig.geo(1, true, { at: rig.clock.now(), sequence: 1 });
    const first = await rig.parked(1, PLATE);
    await rig.parked(2, PLATE);
    const second = rig.stay(2);
    expect(rig.stay(1)).toMatchObject({ uid: first.uid, status: 'inside', plate: { text: PLATE } });
    expect(second.plate.text).toBe('');
    const told = { kind: 'entered-twice', uid: second.uid, plate: PLATE, laneId: 'b2' };
    expect(cases()).toMatchObject([{ ...told, detail: expect.stringMatching(/NS002.*NS001/) }]);
    const before = rig.events().length;
    rig.video(2, true, { plate: blue(PLATE), photo: new Uint8Array([0xff, 0xd8, 0xff]) });
    expect(rig.events()).toHaveLength(before);
    // It was that car after all: once the other berth is free, its plate is known here.
    rig.geo(1, false, { at: rig.clock.now(), sequence: 2 });
    await rig.wait(MINUTE);
    rig.video(2, true, { plate: blue(PLATE) });
    expect(rig.stay(2)).toMatchObject({ uid: second.uid, plate: { text: PLATE } });
    expect(rig.store.read.stays.get(first.uid)).toMatchObject({ status: 'left' });
  });

  it('keeps it also where the plate is read late, and closes it where that device cannot be reached', async () => {
    rig = new KerbRig();
    rig.online.add('geo1');
    rig.geo(1, true, { at: rig.clock.now(), sequence: 1 });
    const first = await rig.parked(1, PLATE);
    const second = await rig.parked(2, null);
    for (let i = 0; i < 2; i++) rig.video(2, true, { plate: blue(PLATE) });
    expect([rig.stay(1).uid, rig.stay(2).plate.text]).toEqual([first.uid, '']);
    expect(cases()).toMatchObject([{ kind: 'entered-twice', uid: second.uid }]);
    rig.online.delete('geo1');
    rig.video(2, true, { plate: blue(PLATE) });
    expect(rig.stay(2).plate.text).toBe(PLATE);
    expect(rig.store.read.stays.get(first.uid)).toMatchObject({ status: 'abnormal' });
  });

  it('is told where the car is on the black list, and stops nobody', async () => {
    rig = new KerbRig();
    const entry = listEntrySchema.parse({
      ...{ id: 'l1', list: 'black', plate: PLATE, strategy: 'no-entry', vehicleClass: null, remark: '', source: 'x' },
      ...{ validFrom: 0, validTo: Number.MAX_SAFE_INTEGER, updatedAt: 0 },
    });
    rig.record({ ...ABOUT, kind: 'list-changed', body: { change: 'added', entry } });
    await rig.parked(1, PLATE);
    const entered = rig.events('vehicle-entered').at(-1);
    expect(entered?.body).toMatchObject({ listed: { id: 'l1' }, warnings: ['listed'] });
    await rig.left(1);
    expect(rig.alarms).toEqual(['+kerb-listed NS001', '-kerb-listed NS001']);
  });
});

describe('what a person says', () => {
  it('counts at once, is written down with who said it, and may lie in the past', async () => {
    rig = new KerbRig();
    await rig.wait(60 * MINUTE);
    const at = rig.clock.now() - 20 * MINUTE;
    rig.person(1, true, { at, plate: PLATE });
    expect(rig.stay(1)).toMatchObject({ enteredAt: at, plate: { text: PLATE } });
    expect(rig.events('vehicle-entered').at(-1)).toMatchObject({ actor: ANNA, body: { how: 'attendant' } });
    rig.person(1, false, { at: at + 5 * MINUTE });
    expect(only()).toMatchObject({ status: 'left', exitedAt: at + 5 * MINUTE });
    expect(rig.events('vehicle-exited').at(-1)).toMatchObject({ actor: ANNA });
  });

  it('makes certain what a device has only just told', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    rig.geo(1, true, { at });
    await rig.wait(SECOND);
    rig.person(1, true, { plate: PLATE });
    expect(rig.stay(1)).toMatchObject({ enteredAt: at, plate: { text: PLATE } });
    rig.geo(1, false, { at: at + SECOND });
    rig.person(1, false);
    expect(only()).toMatchObject({ exitedAt: at + SECOND });
  });

  it('is refused where it cannot be so', async () => {
    rig = new KerbRig();
    rig.berth(9, { inUse: false });
    await rig.wait(300 * MINUTE);
    const now = rig.clock.now();
    const refused = (what: () => void) => reasonOf(what);
    expect(refused(() => rig.person(1, true, { at: now + MINUTE }))).toBe('in-the-future');
    expect(refused(() => rig.person(1, true, { at: now - 121 * MINUTE }))).toBe('too-long-ago');
    expect(refused(() => rig.person(9, true))).toBe('berth-out-of-use');
    rig.person(1, true);
    expect(refused(() => rig.person(1, true))).toBe('berth-taken');
    expect(refused(() => rig.person(1, false, { at: now - MINUTE }))).toBe('before-known');
    expect(refused(() => rig.identify(1, '???'))).toBe('plate-odd');
    const other = { berthId: 'b1', uid: 'another', plate: blue(PLATE), vehicleClass: undefined };
    expect(refused(() => rig.desk.identify(other, ANNA))).toBe('other-car');
    rig.person(1, false);
    expect(refused(() => rig.person(1, false))).toBe('berth-free');
    expect(rig.stays(1)).toHaveLength(1);
  });
});
