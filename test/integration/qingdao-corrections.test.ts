import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { messageViewSchema } from '../../shared/contract/outbox.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(6_000);
const HOUR = 3_600_000;

/** What is put right here is put right at the city, and nothing is told twice. */
describe('corrections', () => {
  let park: CarPark;
  let others = 0;
  /** Until something happens for which the city has no interface. */
  let asBefore = true;
  beforeAll(async () => {
    park = await CarPark.open({ city: { sharesTime: true } });
  });
  afterAll(() => park.close());
  afterEach(async () => {
    park.city.clearFaults();
    await park.outboxEmpty();
    if (!asBefore) return;
    expect(park.city.violations).toEqual([]);
    expect(park.city.unproven).toEqual([]);
    expect(park.city.repeats).toEqual([]);
    expect((await park.outbox('&status=refused')).items).toEqual([]);
    expect(await faultsInTheCity(park)).toEqual([]);
    // However often an entry was put right, it was uploaded once.
    const entries = park.city.received('uploadCarInData').map(({ body }) => body?.['uid']);
    expect(entries).toHaveLength(new Set(entries).size);
  });

  const corrected = (uid: string) => park.city.city.corrections.filter((each) => each.uid === uid);
  /** Somebody else comes and goes, free of charge, so that nobody stands at a lane any more. */
  async function nextCar(): Promise<void> {
    others += 7_919;
    const plate = `京F${String(others % 100_000).padStart(5, '0')}`;
    expect((await park.entry.push(plate)).reply?.info).toBe('ok');
    expect((await park.exit.push(plate)).reply?.info).toBe('ok');
    await park.pass(2);
  }
  /** In the office, once the car has driven on. */
  async function correct(uid: string, body: object): Promise<StayView> {
    await nextCar();
    return park.station.send(stayViewSchema, `/sessions/${uid}/correct`, { reason: '核对录像', ...body });
  }
  async function enters(plate: string): Promise<string> {
    expect((await park.entry.push(plate, { image })).reply?.info).toBe('ok');
    const [newest] = await park.stays(plate);
    return newest?.uid ?? '';
  }
  /** What the car at the exit owes is taken in cash, and the arm opens. */
  async function pays(): Promise<void> {
    const before = park.exit.arm.openings.length;
    const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await park.collect(passage?.bill?.dueFen ?? 0, passage?.id);
    await park.exit.waitFor(() => park.exit.arm.openings.length > before, 'opening');
  }
  async function leaves(plate: string): Promise<void> {
    await park.exit.push(plate, { image });
    await pays();
  }

  test('at the entry: the plate was misread, and the car still stands there', async () => {
    const uid = await enters('鲁B80001');
    const { passage } = await park.lane('in1');
    await park.order('in1', 'correct-plate', { plate: '鲁B80007', plateColor: 'blue', passageId: passage?.id });
    await park.outboxEmpty();
    expect(corrected(uid).map(({ operateType, record }) => [operateType, record['plateNo']])).toEqual([
      [0, '鲁B80007'],
    ]);
    expect(park.city.books.stay(uid).entry?.['plateNo']).toBe('鲁B80007');
  });

  test('at the exit: the plate of the entry was almost that of the car', async () => {
    const uid = await enters('鲁B80011');
    await park.pass(90);
    // One character off: a person says which stay it is.
    await park.exit.push('鲁B8001D', { image });
    const lane = await park.lane('out1');
    await park.order('out1', 'pick-stay', { uid, passageId: lane.passage?.id });
    await pays();
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: 700 });
  });

  test('at the exit: the car is read wrongly, and a person types its plate', async () => {
    await enters('鲁B80021');
    await park.pass(90);
    await park.exit.push('鲁B99921', { image });
    const lane = await park.lane('out1');
    await park.order('out1', 'correct-plate', { plate: '鲁B80021', plateColor: 'blue', passageId: lane.passage?.id });
    await pays();
    expect(await park.stayOf('鲁B80021')).toMatchObject({ status: 'left' });
  });

  test('in the office: plate, class and time, several times, and back again', async () => {
    const uid = await enters('鲁B80031');
    const at = toRfc3339(park.now() - 2 * HOUR);
    await correct(uid, { plate: '鲁B80032', plateColor: 'blue' });
    await correct(uid, { vehicleClass: 'large' });
    await correct(uid, { enteredAt: at });
    await correct(uid, { plate: '鲁B80031', plateColor: 'blue' });
    await park.outboxEmpty();
    expect(corrected(uid).map(({ operateType }) => operateType)).toEqual([0, 0, 0, 0]);
    expect(park.city.books.stay(uid).entry).toMatchObject({ plateNo: '鲁B80031', carType: 3 });
    await leaves('鲁B80031');
  });

  test('a correction while the city is away arrives behind its entry', async () => {
    park.city.fault({ kind: 'down' });
    const uid = await enters('鲁B80041');
    await correct(uid, { plate: '鲁B80042', plateColor: 'blue' });
    park.city.clearFaults();
    await park.outboxEmpty();
    const told = park.city.log.filter((line) => line.body?.['uid'] === uid && line.outcome === 'accepted');
    expect(told.map((line) => line.interface).filter((name) => name !== 'uploadPhoto')).toEqual([
      ...['uploadCarInData', 'uploadModifyCarInData'],
    ]);
  });

  test('what the city does not see of a stay is no correction to it', async () => {
    const uid = await enters('鲁B80051');
    await park.pass(90);
    await leaves('鲁B80051');
    const before = park.city.log.length;
    await correct(uid, { feeFen: 900 });
    await park.outboxEmpty();
    expect(park.city.log.slice(before).filter((line) => line.interface === 'uploadModifyCarInData')).toEqual([]);
    // No interface takes a fee back: exit and bills stay there as they were told.
    expect(await faultsInTheCity(park)).toHaveLength(2);
    await correct(uid, { feeFen: 700 });
  });

  test('a ghost: voided by a person, and the city forgets it', async () => {
    const uid = await enters('鲁B80061');
    await correct(uid, { void: true });
    await park.outboxEmpty();
    expect(corrected(uid).map(({ operateType }) => operateType)).toEqual([1]);
    expect(park.city.books.stay(uid)).toMatchObject({ entry: undefined, photos: [] });
  });

  test('turned back under the open arm: the entry is withdrawn', async () => {
    const uid = await enters('鲁B80071');
    const { passage } = await park.lane('in1');
    await park.order('in1', 'withdraw', { reason: '倒车离开', passageId: passage?.id });
    await park.outboxEmpty();
    expect(corrected(uid).map(({ operateType }) => operateType)).toEqual([1]);
  });

  test('entered twice without leaving: one car inside at the city too', async () => {
    const first = await enters('鲁B80081');
    await nextCar();
    const pushed = await park.entry.push('鲁B80081', { image });
    if (pushed.reply?.info !== 'ok') {
      const lane = await park.lane('in1');
      await park.order('in1', 'approve', { passageId: lane.passage?.id, reason: '重复入场' });
    }
    const stays = await until('the second entry', async () => {
      const found = await park.stays('鲁B80081');
      return found.length === 2 ? found : undefined;
    });
    expect(stays.map(({ status }) => status).sort()).toEqual(['abnormal', 'inside']);
    await park.outboxEmpty();
    expect(corrected(first).map(({ operateType }) => operateType)).toEqual([1]);
  });

  test('an exit that is withdrawn: the second one is for a person, because the city takes no exit back', async () => {
    const uid = await enters('鲁B80091');
    await park.pass(90);
    const before = park.exit.arm.openings.length;
    await park.exit.push('鲁B80091', { image });
    const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await park.order('out1', 'release', { passageId: passage?.id, reason: '免费放行' });
    await park.exit.waitFor(() => park.exit.arm.openings.length > before, 'opening');
    await park.order('out1', 'withdraw', { passageId: passage?.id, reason: '车辆返回' });
    expect(await park.stay(uid)).toMatchObject({ status: 'inside' });
    await park.outboxEmpty();
    const first = park.city.books.stay(uid).exit;
    expect(first).toMatchObject({ shouldPay: 0 });
    await park.pass(60);
    await leaves('鲁B80091');
    const refused = await until(
      'the second exit is refused',
      async () => (await park.outbox('&status=refused')).items[0],
    );
    expect(refused).toMatchObject({ message: 'uploadCarOutData', key: uid });
    expect(await park.stay(uid)).toMatchObject({ status: 'left' });
    await park.station.send(messageViewSchema, `/outbox/${refused.id}/discard`, { reason: '平台已有离场记录' });
    await park.outboxEmpty();
    // Its money and its photos are there; the exit itself is the one that was told first.
    expect(park.city.books.money(uid)).toMatchObject({ payments: 1, actualPay: 1100 });
    expect(park.city.books.stay(uid).exit).toEqual(first);
    expect((await faultsInTheCity(park)).map((fault) => /, (.+?):/.exec(fault)?.[1])).toEqual([
      ...['time of exit', 'charge', 'due'],
    ]);
    expect(park.city.violations.map(({ rule, interface: name }) => [rule, name])).toEqual([
      ['second-record', 'uploadCarOutData'],
    ]);
    asBefore = false;
  });
});
