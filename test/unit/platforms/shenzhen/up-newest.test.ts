import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { SITE } from './up-support.ts';
import { ANNA, device, MINUTE, UpWorld } from './up-world.ts';

let world: UpWorld;

afterEach(() => world.dispose());

const names = (): string[] => world.asked.map(({ name }) => name);
/** Sent again after exactly these pauses, in seconds. */
async function comesAgain(name: string, pauses: readonly number[]): Promise<void> {
  for (const [index, pause] of pauses.entries()) {
    await world.pass(pause * 1000 - 200);
    expect(world.sent(name), `before ${pause} s`).toHaveLength(index + 1);
    await world.pass(400);
    expect(world.sent(name), `after ${pause} s`).toHaveLength(index + 2);
  }
}

describe('at the start', () => {
  it('tells the car park, its devices, entrances and berths, in this order, and the figures last', async () => {
    world = await UpWorld.built({
      lanes: [IN, OUT],
      hardware: [device('cam-in1', 'camera'), device('cam-out1', 'camera', 'offline'), device('eye', 'berth-camera')],
    });
    const berth = world.addBerth(1, { camera: 'eye' });
    world.observe(berth, true);
    await world.start();
    expect(names()).toEqual([
      ...['park', 'equipment', 'equipment', 'equipment', 'entranceInfo', 'entranceInfo', 'berthInfo'],
      ...['berthStatus', 'freeNum'],
    ]);
    expect(
      world.sent('equipment').map((told) => [told['equipmentCode'], told['state'], told['equipmentType']]),
    ).toEqual([
      ['cam-in1', '1', '1000'],
      ['cam-out1', '0', '1000'],
      ['eye', '1', '3000'],
    ]);
    const [entrance] = world.sent('entranceInfo');
    expect(entrance).toMatchObject({
      entranceNum: '1',
      name: '入口',
      type: '1',
      longitude: '114.057868',
      garageCode: '',
    });
    expect(JSON.parse(entrance?.['equipments'] ?? '')).toMatchObject([{ equipmentCode: 'cam-in1', state: 1 }]);
    expect(entrance).not.toHaveProperty('timestamp');
    const [park] = world.sent('park');
    expect(park).toMatchObject({ lng: '114057868', lat: '22543099', parkType: '1', rsType: '1', totalSpace: '100' });
    expect(world.sent('berthInfo')[0]).toMatchObject({
      berthCode: berth.code,
      state: '1',
      sequence: '1',
      positionType: '2',
    });
  });

  it('is kerbside where the car park is', async () => {
    world = await UpWorld.open({ site: { kind: 'kerbside' }, lanes: [] });
    const berth = world.addBerth(1);
    world.observe(berth, false);
    await world.settled();
    expect(world.sent('park')[0]).toMatchObject({ parkType: '3', rsType: '0' });
    expect(world.sent('entranceInfo')).toEqual([]);
    expect(world.fieldsOf('berthInfo', 'positionType')).toEqual(['0']);
  });

  it('does not tell of a car park whose place nobody entered, says so, and tells everything else', async () => {
    world = await UpWorld.open({ settings: { site: {} } });
    expect(names()).toContain('freeNum');
    expect(names()).not.toContain('park');
    expect(world.alarmsOf('shenzhen-report')).toEqual(['停车场同步（park）没有上报：没有填写经纬度']);
    await world.dispose();
    world = await UpWorld.open({ settings: { site: { withoutCoordinates: 'zero' } } });
    expect(world.sent('park')[0]).toMatchObject({ lng: '0', lat: '0' });
  });

  it('waits a moment for devices that were not heard of yet, and then tells that they are silent', async () => {
    world = await UpWorld.open({ lanes: [IN], hardware: [device('cam-in1', 'camera', 'unknown')] });
    expect(names()).not.toContain('equipment');
    expect(names()).not.toContain('entranceInfo');
    await world.pass(15_001);
    expect(world.fieldsOf('equipment', 'state')).toEqual(['0']);
    expect(JSON.parse(world.fieldsOf('entranceInfo', 'equipments')[0] ?? '')).toMatchObject([{ state: 0 }]);
  });

  it('tells everything again after a restart', async () => {
    world = await UpWorld.built();
    world.observe(world.addBerth(1), true);
    await world.start();
    const before = names();
    world.forget();
    await world.hub.stop();
    await world.reopened();
    await world.pass(1);
    expect(names()).toEqual(before);
  });
});

describe('berths', () => {
  it('are told when they change, and not because somebody repeats it or edits the register', async () => {
    world = await UpWorld.open();
    const berth = world.addBerth(1);
    await world.settled();
    expect(world.sent('berthInfo')).toEqual([]);
    world.observe(berth, true);
    await world.settled();
    world.observe(berth, true, { uid: 'somebody' });
    world.addBerth(1, { road: '别的路' });
    await world.settled();
    expect(world.fieldsOf('berthInfo', 'state')).toEqual(['1']);
    world.addBerth(1, { code: 'NS000199999999' });
    await world.settled();
    expect(world.fieldsOf('berthInfo', 'berthCode')).toEqual([berth.code, 'NS000199999999']);
    world.observe(berth, false);
    await world.settled();
    expect(world.fieldsOf('berthInfo', 'sequence')).toEqual(['1', '2', '3']);
  });

  it('are not told while they are out of use', async () => {
    world = await UpWorld.open();
    world.observe(world.addBerth(1, { inUse: false }), true);
    await world.settled();
    expect(world.sent('berthInfo')).toEqual([]);
  });

  it('are told as they are now when the city can be reached again, after 5, 15 and 60 seconds and then every 5 minutes', async () => {
    world = await UpWorld.open();
    const berth = world.addBerth(1);
    world.refuse('berthInfo');
    world.observe(berth, true);
    await world.settled();
    await comesAgain('berthInfo', [5, 15, 60, 300, 300]);
    expect(world.alarmsOf('shenzhen-report')).toEqual(['泊位信息上报（berthInfo）云平台拒收：1 系统繁忙']);
    world.accept('berthInfo');
    world.forget();
    // It changed: that is news, and not what was refused.
    world.observe(berth, false);
    await world.settled();
    expect(world.fieldsOf('berthInfo', 'state')).toEqual(['0']);
    expect(world.alarmsOf('shenzhen-report')).toEqual([]);
    await world.pass(400_000, 4);
    expect(world.sent('berthInfo')).toHaveLength(1);
  });

  it('that changed back before the city could hear of it are told only if it may have', async () => {
    world = await UpWorld.open();
    const berth = world.addBerth(1);
    world.observe(berth, true);
    await world.settled();
    world.refuse('berthInfo');
    world.observe(berth, false);
    await world.settled();
    world.observe(berth, true);
    await world.settled();
    world.accept('berthInfo');
    await world.pass(400_000, 20);
    expect(world.fieldsOf('berthInfo', 'state')).toEqual(['1', '0']);
    world.answerHttp('berthInfo', 502, 'bad gateway');
    world.observe(berth, false);
    await world.settled();
    world.observe(berth, true);
    await world.pass(20_000, 8);
    expect(world.fieldsOf('berthInfo', 'state').at(-1)).toBe('1');
    expect(world.sent('berthInfo').length).toBeGreaterThan(3);
  });
});

describe('by the clock', () => {
  it('video devices tell their berths every five minutes, at most 256 characters at once, unless they are offline', async () => {
    world = await UpWorld.built({ hardware: [device('eye', 'berth-camera'), device('sensor', 'berth-sensor')] });
    for (let number = 1; number <= 14; number += 1)
      world.observe(world.addBerth(number, { camera: 'eye', sensor: 'sensor' }), number % 2 === 0);
    await world.start();
    const texts = world.fieldsOf('berthStatus', 'berthState').map(String);
    expect(texts.map((text) => JSON.parse(text).length)).toEqual([6, 6, 2]);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(256);
    expect(JSON.parse(texts[0] ?? '')[1]).toEqual({ berthCode: 'NS000100000002', state: 1 });
    await world.pass(299_000);
    expect(world.sent('berthStatus')).toHaveLength(3);
    await world.pass(2000, 4);
    expect(world.sent('berthStatus')).toHaveLength(6);
    expect(world.sent('equipment')).toHaveLength(4);
    world.turns('eye', 'offline');
    await world.settled();
    expect(world.fieldsOf('equipment', 'state').at(-1)).toBe('0');
    await world.pass(2 * 300_000, 10);
    expect(world.sent('berthStatus')).toHaveLength(6);
    // Back, and told when it would have been, or at once.
    world.turns('eye', 'online');
    await world.settled();
    expect(world.sent('berthStatus')).toHaveLength(9);
  });

  it('a heartbeat that was not taken comes again after the pauses, and not only when the next one is due', async () => {
    world = await UpWorld.built({ hardware: [device('eye', 'berth-camera')] });
    world.observe(world.addBerth(1, { camera: 'eye' }), true);
    await world.start();
    await world.settled();
    world.forget();
    world.refuse('berthStatus');
    await world.pass(300_500, 10);
    await comesAgain('berthStatus', [5, 15, 60]);
    world.accept('berthStatus');
    await world.pass(300_000, 10);
    expect(world.sent('berthStatus')).toHaveLength(5);
    await world.pass(300_000, 10);
    expect(world.sent('berthStatus')).toHaveLength(6);
  });

  it('free spaces are told on change, at most every ten seconds, and every five minutes', async () => {
    world = await UpWorld.open();
    expect(world.fieldsOf('freeNum', 'freeNum')).toEqual(['90']);
    for (const text of ['粤B00001', '粤B00002', '粤B00003']) {
      world.car(IN.id, text);
      await world.pass(1000);
    }
    expect(world.sent('freeNum')).toHaveLength(1);
    await world.pass(8000, 16);
    expect(world.fieldsOf('freeNum', 'freeNum')).toEqual(['90', '87']);
    await world.pass(5 * MINUTE, 5);
    expect(world.fieldsOf('freeNum', 'freeNum')).toEqual(['90', '87', '87']);
  });
});

describe('a cut line', () => {
  it('keeps nobody busy while an answer is waited for', async () => {
    world = await UpWorld.built();
    world.answer('park', () => undefined);
    world.observe(world.addBerth(1), true);
    await world.hub.start();
    await world.settled();
    const timers = vi.spyOn(world.clock, 'after');
    await world.pass(1000, 20);
    expect(names()).toEqual(['park']);
    expect(timers.mock.calls.length).toBeLessThan(20);
  });

  it('is tried by one at a time, in longer and longer pauses, and told to people as offline', async () => {
    world = await UpWorld.built();
    for (const name of ['park', 'freeNum', 'berthInfo']) world.answerHttp(name, 502, 'bad gateway');
    for (let number = 1; number <= 3; number += 1) world.observe(world.addBerth(number), true);
    await world.start();
    expect(names()).toEqual(['park']);
    expect(world.platform.status().uplink).toEqual({ state: 'unknown', detail: 'HTTP 502' });
    for (const pause of [5000, 15_000, 60_000]) await world.pass(pause + 100, 4);
    expect(names().length).toBe(4);
    expect(world.platform.status().uplink.state).toBe('offline');
  });

  it('lets records go after 5, 15 and 60 seconds and then every 5 minutes, each by its own count', async () => {
    world = await UpWorld.open();
    world.answerHttp('parkRecordEntry', 502, 'bad gateway');
    const uid = await world.parked(1);
    await world.settled();
    await comesAgain('parkRecordEntry', [5, 15, 60, 300, 300]);
    expect(world.read.outbox.ofStay(uid).map(({ maybe_delivered }) => maybe_delivered)).toEqual([1]);
  });
});

describe('lists', () => {
  const put = (plate: string, over = {}) =>
    world.registry.lists.put(
      {
        ...{ list: 'black', plate, strategy: 'neither', vehicleClass: null, remark: '' },
        ...{ validFrom: 1_700_000_000_000, validTo: 1_900_000_000_000, ...over },
      },
      ANNA,
    );

  it('are told as strategies of the city, and taken off by an end in the past', async () => {
    world = await UpWorld.open();
    put('粤B00001');
    put('粤BD12345', { list: 'white' });
    put('粤B00001', { plateColor: 'yellow' });
    await world.settled();
    world.registry.lists.remove({ list: 'black', plate: '粤B00001' }, ANNA);
    await world.settled();
    const told = world.sent('blackWhite');
    expect(told.map((each) => [each['plateNumber'], each['plateColor'], each['strategyType']])).toEqual([
      ['粤B00001', '0', '3'],
      ['粤BD12345', '2', '5'],
      ['粤B00001', '1', '3'],
      ['粤B00001', '0', '3'],
    ]);
    expect(told[0]?.['blackWhiteCode']).toBe(told[3]?.['blackWhiteCode']);
    expect(told[0]?.['blackWhiteCode']).not.toBe(told[2]?.['blackWhiteCode']);
    expect(told[0]?.['blackWhiteCode']?.length).toBeLessThanOrEqual(32);
    expect(Number(told[3]?.['endDate'])).toBeLessThan(world.clock.now());
    expect(told[0]).not.toHaveProperty('strategyFrom');
  });

  it('that the city changed itself are not told back to it', async () => {
    world = await UpWorld.open();
    world.registry.lists.put(
      {
        ...{ list: 'black', plate: '粤B00001', strategy: 'no-entry', vehicleClass: null, remark: '' },
        ...{ validFrom: 1_700_000_000_000, validTo: 1_900_000_000_000 },
      },
      { kind: 'platform', name: 'shenzhen' },
    );
    await world.settled();
    expect(world.sent('blackWhite')).toEqual([]);
  });

  it('with text dates and where they come from, where the city wants them', async () => {
    world = await UpWorld.open({ settings: { site: SITE, wire: { listDates: 'text', strategyFrom: true } } });
    put('粤B00001', { validFrom: 1_506_496_739_000 });
    await world.settled();
    expect(world.sent('blackWhite')[0]).toMatchObject({ beginDate: '2017-09-27 15:18:59', strategyFrom: 'anna' });
  });
});

describe('in envelopes', () => {
  it('full sets may go together, each element with a signature of its own', async () => {
    world = await UpWorld.built({ settings: { site: SITE, wire: { body: 'envelope', batch: 10 } } });
    for (let number = 1; number <= 12; number += 1) world.observe(world.addBerth(number), true);
    await world.start();
    const bodies = world.sent('berthInfo').map(({ json }) => JSON.parse(json ?? ''));
    expect(bodies.map(({ data }) => data.length)).toEqual([10, 2]);
    for (const { timestamp, sign, data } of bodies) {
      const plain = `data=${JSON.stringify(data)}&timestamp=${timestamp}adfdcdfdfdfdf`;
      expect(sign).toBe(createHash('sha1').update(plain).digest('hex').toUpperCase());
      expect(new Set(data.map((each: { signature: string }) => each.signature)).size).toBe(data.length);
    }
  });
});

it('writes noncestr, another number of a device and another type where the city wants them', async () => {
  world = await UpWorld.open({
    lanes: [IN],
    hardware: [device('cam-in1', 'camera')],
    settings: {
      site: { ...SITE, devices: { 'cam-in1': 'SZ-1' } },
      wire: { noncestr: true, equipmentTypes: { camera: '4000' } },
    },
  });
  expect(world.sent('equipment')[0]).toMatchObject({
    equipmentCode: 'SZ-1',
    equipmentType: '4000',
    noncestr: '5000000000',
  });
});

it('calls single interfaces at another path, and tells single entrances otherwise, where the city wants it', async () => {
  world = await UpWorld.open({
    lanes: [IN, OUT],
    settings: {
      wire: { path: '/city/v1', interfaces: [{ name: 'park', path: '/sync/park' }] },
      site: { ...SITE, roadName: '深南大道', entrances: [{ lane: 'in1', name: '东门', longitude: 114.1 }] },
    },
  });
  expect(names()).toEqual(['/sync/park', '/city/v1/entranceInfo', '/city/v1/entranceInfo', '/city/v1/freeNum']);
  const told = world.sent('/city/v1/entranceInfo').map((each) => [each['name'], each['roadName'], each['longitude']]);
  expect(told).toEqual([
    ['东门', '深南大道', '114.100000'],
    ['出口', '深南大道', '114.057868'],
  ]);
});
