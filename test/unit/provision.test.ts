import { describe, expect, it } from 'vitest';
import { demoProvision } from '../../electron/station/demo/provision.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { ConfigError } from '../../electron/station/runtime/errors.ts';

const camera = (id: string, serialNo: string) => ({
  id,
  kind: 'camera',
  driver: 'vzenith-http',
  settings: { serialNo },
});

const good = () => ({
  site: { code: '1001', name: '测试', totalSpaces: 150, openSpaces: 130 },
  areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
  lanes: [
    { id: 'in1', name: '入口', direction: 'in', number: 1, area: 'a1', camera: 'cam-1' },
    { id: 'out1', name: '出口', direction: 'out', number: 1, area: 'a1', camera: 'cam-2', barrier: 'bar-2' },
  ],
  devices: [
    camera('cam-1', 'SN-1'),
    camera('cam-2', 'SN-2'),
    { id: 'bar-2', kind: 'barrier', driver: 'camera', settings: { camera: 'cam-2' } },
  ],
  tariffs: [
    { id: 't', name: 't', rules: [{ vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 500 } }] },
  ],
});

function faultsOf(change: (document: ReturnType<typeof good>) => unknown): readonly string[] {
  const document = good();
  const changed = change(document) ?? document;
  try {
    parseProvision(changed);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('a provision file', () => {
  it('is read, and so is that of the demo car park', () => {
    expect(parseProvision(good()).lanes).toHaveLength(2);
    expect(parseProvision(demoProvision).lanes).toHaveLength(2);
  });

  it.each<[string, (document: ReturnType<typeof good>) => unknown, string]>([
    [
      'a camera that is not there',
      (d) => Object.assign(d.lanes[0] ?? {}, { camera: 'cam-9' }),
      'lanes[0].camera: no device "cam-9"',
    ],
    [
      'a barrier where a camera belongs',
      (d) => Object.assign(d.lanes[0] ?? {}, { camera: 'bar-2' }),
      'lanes[0].camera: device "bar-2" is a barrier',
    ],
    [
      'one camera for two lanes',
      (d) => Object.assign(d.lanes[0] ?? {}, { camera: 'cam-2' }),
      'lanes[1].camera: "cam-2" serves another lane already',
    ],
    [
      'one barrier for two lanes',
      (d) => Object.assign(d.lanes[0] ?? {}, { barrier: 'bar-2' }),
      'lanes[1].barrier: "bar-2" serves another lane already',
    ],
    [
      'an area that is not there',
      (d) => Object.assign(d.lanes[1] ?? {}, { area: 'b1' }),
      'lanes[1].area: no area "b1"',
    ],
    ['two lanes of one name', (d) => Object.assign(d.lanes[1] ?? {}, { id: 'in1' }), 'lanes[1].id: "in1" stands twice'],
    [
      'two entrances of one number',
      (d) => Object.assign(d.lanes[1] ?? {}, { direction: 'in' }),
      'lanes[1].number: "in 1" stands twice',
    ],
    [
      'an unknown driver',
      (d) => Object.assign(d.devices[0] ?? {}, { driver: 'abacus' }),
      'devices[0].driver: no camera driver "abacus"',
    ],
    [
      'one serial number twice',
      (d) => Object.assign(d.devices[1] ?? {}, { settings: { serialNo: 'SN-1' } }),
      'devices: serial number "vzenith-http SN-1" stands twice',
    ],
    [
      'more open spaces than spaces',
      (d) => Object.assign(d.site, { openSpaces: 151 }),
      'site.openSpaces: must not exceed totalSpaces',
    ],
  ])('with %s is refused by path', (_what, change, fault) => {
    expect(faultsOf((document) => void change(document))).toContain(fault);
  });

  it.each<[string, object, string]>([
    ['in an area that is not there', { code: 'B', area: 'z9' }, 'berths[1].area: no area "z9"'],
    ['heard of by nothing', { code: 'B', area: 'a1', sensor: 'geo-9' }, 'berths[1].sensor: no device "geo-9"'],
    [
      'heard of by a lane camera',
      { code: 'B', area: 'a1', camera: 'cam-1' },
      'berths[1].camera: device "cam-1" is a camera',
    ],
    ['with the code of another', { code: 'A', area: 'a1' }, 'berths[1].code: "A" stands twice'],
    ['with the number of another', { code: 'B', area: 'a1', number: 7 }, 'berths[1].number: "7" stands twice'],
    ['with a code of nothing but space', { code: ' ', area: 'a1' }, 'berths[1].code: Too small'],
  ])('with a berth %s is refused by path', (_what, berth, fault) => {
    const faults = faultsOf((d) => ({ ...d, berths: [{ code: 'A', area: 'a1', number: 7 }, berth] }));
    expect(faults.map((each) => each.slice(0, fault.length))).toEqual([fault]);
  });

  it('with berths and without a lane is one of a site at the kerb', () => {
    const site = { ...good().site, kind: 'kerbside' };
    const berths = [
      { code: 'A', area: 'a1', road: '深南大道', side: 'left' },
      { code: 'B', area: 'a1' },
    ];
    const read = parseProvision({ ...good(), site, lanes: [], devices: [], berths });
    expect(read).toMatchObject({ site: { kind: 'kerbside' }, lanes: [], berths: [{ code: 'A' }, { code: 'B' }] });
    expect(faultsOf((d) => ({ ...d, berths }))).toEqual([]);
  });

  it('names every fault, not only the first', () => {
    const faults = faultsOf(() => ({ site: { code: '' }, lanes: [{ id: 'x y' }], wrong: 1 }));
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining(['site.code', 'site.name', 'lanes[0].id', 'lanes[0].name', '(document)']),
    );
  });

  it('names faults inside the settings of devices, platforms and tariffs', () => {
    expect(
      faultsOf((d) => void Object.assign(d.devices[0] ?? {}, { settings: {} })).some((fault) =>
        fault.startsWith('devices[0].settings.serialNo:'),
      ),
    ).toBe(true);
    expect(
      faultsOf((d) => ({ ...d, platforms: { qingdao: { enabled: true, baseUrl: 'nonsense' } } })).some((fault) =>
        fault.startsWith('platforms.qingdao.'),
      ),
    ).toBe(true);
    const twice = [
      { vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 1 } },
      { vehicleClasses: ['small'], followingPeriod: { minutes: 60, feeFen: 2 } },
    ];
    expect(faultsOf((d) => void Object.assign(d.tariffs[0] ?? {}, { rules: twice }))).toContain(
      'tariffs[0].rules[1].vehicleClasses: class small has two prices',
    );
  });

  it('does not look into a platform that is switched off', () => {
    expect(faultsOf((d) => ({ ...d, platforms: { qingdao: { enabled: false, baseUrl: 'nonsense' } } }))).toEqual([]);
  });
});
