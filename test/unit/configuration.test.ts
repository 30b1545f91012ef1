import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Accounts } from '../../electron/station/api/accounts.ts';
import { ConfigurationDesk } from '../../electron/station/configuration/desk.ts';
import { testPlatform } from '../../electron/station/configuration/platform-test.ts';
import { settleConfiguration } from '../../electron/station/configuration/settle.ts';
import { Rules } from '../../electron/station/registry/rules.ts';
import { ruleName } from '../../shared/domain/fault-words.ts';
import { passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import { KEPT_SECRET } from '../../shared/domain/setting.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QUICK_PASSWORDS } from '../support/quick-passwords.ts';
import { memoryLog } from '../support/silent-log.ts';
import { type TempStore, tempStore } from '../support/temp-store.ts';

let temp: TempStore;
let accounts: Accounts;
beforeEach(() => {
  const clock = new FakeClock();
  temp = tempStore(clock);
  accounts = new Accounts(temp.store, clock, QUICK_PASSWORDS);
});
afterEach(() => temp.dispose());

const REAL = { site: { code: '370200000001', name: '真实停车场', totalSpaces: 10, openSpaces: 10 } };

it('a real configuration after the demo signs its user out and lets the first real one be made', async () => {
  expect(settleConfiguration(temp.store, undefined, true).demo).toBe(true);
  const { token } = await accounts.demo();
  expect(settleConfiguration(temp.store, REAL, false).demo).toBe(false);
  expect(accounts.resume(token)).toBeNull();
  expect(accounts.isEmpty()).toBe(true);
  expect((await accounts.setUp('店长', 'correct horse')).principal.role).toBe('admin');
});

it('a configuration applied in the demo ends it, but not while others would be left with nobody to look after them', async () => {
  const { provision, demo, configured } = settleConfiguration(temp.store, undefined, true);
  const { token } = await accounts.demo();
  const rules = new Rules(temp.store, provision.site.rules);
  let reopened = 0;
  const desk = new ConfigurationDesk({
    ...{ store: temp.store, rules, demo, configured, provision, occupied: () => false },
    reopen: () => {
      reopened += 1;
    },
  });
  const { document } = desk.view();
  const actor = { kind: 'user', name: '演示' } as const;
  const renamed = { ...document, site: { ...document.site, name: '改个名字' } };
  desk.apply(renamed, 1, 'screens', actor);
  expect(temp.store.read.users.get('演示')).toBeDefined();

  const real = { ...renamed, devices: [], lanes: renamed.lanes.map(({ camera: _c, barrier: _b, ...lane }) => lane) };
  expect(desk.check(real).notices).toContainEqual(expect.objectContaining({ kind: 'demo-ends' }));
  await accounts.provision([{ name: '小王', password: 'a long night shift', role: 'attendant' }]);
  expect(() => desk.apply(real, 2, 'screens', actor)).toThrow(expect.objectContaining({ reason: 'demo-needs-admin' }));
  expect(accounts.resume(token)).not.toBeNull();
  expect(desk.revision()).toBe(2);

  await accounts.provision([{ name: '老陈', password: 'a short day shift', role: 'admin' }]);
  desk.apply(real, 2, 'screens', actor);
  expect(accounts.resume(token)).toBeNull();
  expect(reopened).toBe(2);
  expect(settleConfiguration(temp.store, undefined, true).demo).toBe(false);
});

it('the same configuration again keeps its users', async () => {
  settleConfiguration(temp.store, REAL, false);
  await accounts.setUp('演示', 'correct horse');
  settleConfiguration(temp.store, REAL, false);
  expect(accounts.isEmpty()).toBe(false);
});

it('rules that a manager set outlive a start, and end with the next document that differs, which says so', () => {
  const first = settleConfiguration(temp.store, REAL, false).provision.site.rules;
  const manager = { kind: 'user', name: '店长' } as const;
  new Rules(temp.store, first).change({ graceMinutes: 30 }, manager);
  settleConfiguration(temp.store, REAL, false);
  expect(new Rules(temp.store, first).current().graceMinutes).toBe(30);

  const changed = { site: { ...REAL.site, name: '新名字', rules: { graceMinutes: 20 } } };
  const { site } = settleConfiguration(temp.store, changed, false).provision;
  expect(new Rules(temp.store, site.rules).current().graceMinutes).toBe(20);
  expect(temp.store.read.journal.list({ kind: 'rules-changed', limit: 9 })).toMatchObject([
    { actor: { kind: 'station' }, body: { rules: { graceMinutes: 20 }, before: { graceMinutes: 30 } } },
    { actor: manager, body: { rules: { graceMinutes: 30 }, before: { graceMinutes: 15 } } },
  ]);
});

it('the same file read by a version that knows more settings does not take back what was set on the screens', () => {
  const { provision } = settleConfiguration(temp.store, REAL, false);
  const manager = { kind: 'user', name: '店长' } as const;
  new Rules(temp.store, provision.site.rules).change({ graceMinutes: 30 }, manager);
  // As a version wrote it that had no rules for the kerb: another digest of the same file.
  temp.store.write((tx) => {
    const text = tx.meta.get('provision-document') ?? '';
    const { site, ...rest } = JSON.parse(text);
    const { kerbside: _, ...rules } = site.rules;
    tx.meta.put('provision-document', JSON.stringify({ ...rest, site: { ...site, rules } }));
    tx.meta.put('provision-sha256', 'a digest of an older version');
  });
  const again = settleConfiguration(temp.store, REAL, false).provision.site.rules;
  expect(new Rules(temp.store, again).current().graceMinutes).toBe(30);
  const changed = { site: { ...REAL.site, name: '新名字' } };
  const { rules } = settleConfiguration(temp.store, changed, false).provision.site;
  expect(new Rules(temp.store, rules).current().graceMinutes).toBe(15);
});

it('a rule that cannot be is refused whole, by its name', () => {
  const { rules } = settleConfiguration(temp.store, REAL, false).provision.site;
  const service = new Rules(temp.store, rules);
  expect(() => service.change({ graceMinutes: -1, staleDays: 5 }, { kind: 'user', name: '店长' })).toThrow(
    /^通行规则有误：“付款后离场时间（分钟）”不能小于 0$/,
  );
  expect(service.current()).toEqual(rules);
});

/** The screens of a station that runs with this document. */
function deskOf(document?: object): ConfigurationDesk {
  const { provision, demo, configured } = settleConfiguration(temp.store, document, false);
  const rules = new Rules(temp.store, provision.site.rules);
  return new ConfigurationDesk({
    ...{ store: temp.store, rules, demo, configured, provision, occupied: () => false, reopen: () => undefined },
  });
}

const BOSS = { kind: 'user', name: '店长' } as const;

describe('a stored secret', () => {
  const web = { host: '192.168.1.64', user: 'admin', password: 'only the camera knows' };
  const cam = { id: 'cam-1', kind: 'camera', driver: 'hikvision', settings: { serialNo: 'A', ...web } };
  const vanke = { baseUrl: 'https://vanke.example', appId: 'a', appSecret: 'only the cloud knows', parkingLotId: 'p' };
  const whole = { ...REAL, devices: [cam], platforms: { vanke } };
  const bare = { serialNo: 'A', host: '192.168.1.64', user: 'admin' };
  const { appSecret: _secret, ...cloud } = vanke;

  const faultsOf = (source: 'import' | 'screens', settings: object, platform: object): string[] => {
    const document = { ...REAL, devices: [{ ...cam, settings }], platforms: { vanke: platform } };
    return deskOf(whole)
      .check(document, source)
      .faults.map(({ path, messageZh }) => `${path.join('.')} ${messageZh.slice(0, 6)}`);
  };

  it.each([
    ['another host', { ...bare, host: '203.0.113.9' }],
    ['another port', { ...bare, port: 8080 }],
    ['another user', { ...bare, user: 'root' }],
  ])('is not kept for a device with %s, left out or under its bullets', (_what, settings) => {
    const refused = ['devices.0.settings.password 须重新填写：'];
    expect(faultsOf('import', settings, vanke)).toEqual(refused);
    expect(faultsOf('import', { ...settings, password: KEPT_SECRET }, vanke)).toEqual(refused);
    expect(faultsOf('screens', { ...settings, password: KEPT_SECRET }, vanke)).toEqual(refused);
    expect(faultsOf('import', { ...settings, password: 'a new one' }, vanke)).toEqual([]);
  });

  it('is kept where nothing of that changed, also where a default is written out', () => {
    const settings = { ...bare, port: 80, inputPollMs: 500 };
    expect(faultsOf('import', settings, { ...cloud, concurrency: 2 })).toEqual([]);
    expect(faultsOf('screens', { ...settings, password: KEPT_SECRET }, { ...vanke, appSecret: KEPT_SECRET })).toEqual(
      [],
    );
  });

  it('of a platform is not kept for another address, nor sent there to try it out', () => {
    const elsewhere = { ...cloud, baseUrl: 'https://foreign.example' };
    const refused = ['platforms.vanke.appSecret 须重新填写：'];
    expect(faultsOf('import', cam.settings, elsewhere)).toEqual(refused);
    expect(faultsOf('import', cam.settings, { ...elsewhere, enabled: false })).toEqual(refused);
    expect(faultsOf('screens', cam.settings, { ...elsewhere, appSecret: KEPT_SECRET })).toEqual(refused);
    expect(faultsOf('import', cam.settings, { ...elsewhere, appSecret: 'a new one' })).toEqual([]);
    const tried = deskOf(whole).platformSettings('vanke', { ...elsewhere, appSecret: KEPT_SECRET });
    expect(JSON.stringify(tried)).not.toContain('only the cloud knows');
    expect(tried.withheld).toEqual([['appSecret']]);
  });

  it('that is not tried at another address is asked for by its Chinese name', async () => {
    const given = { ...cloud, baseUrl: 'https://foreign.example', appSecret: KEPT_SECRET, parkingLotId: '' };
    const deps = { clock: new FakeClock(), ids: { next: (prefix: string) => `${prefix}1` }, log: memoryLog() };
    const [step] = await testPlatform('vanke', deskOf(whole).platformSettings('vanke', given), deps);
    expect(step).toMatchObject({ step: 'settings', outcome: 'failed' });
    expect(step?.detail).toBe(
      '“密钥 appSecret”：须重新填写：地址、端口、用户名、设备编号或接入方式变了，已存的不会发给新的地址（导入的文件须自带）；“停车场编号”：必填',
    );
  });

  it.each([
    ['driver', { ...cam, driver: 'dahua' }],
    ['number', { ...cam, id: 'cam-east' }],
  ])('under its bullets, of a device with another %s, is asked for again rather than lost unsaid', (_what, device) => {
    const typed = { ...device, settings: { ...bare, password: KEPT_SECRET } };
    const { faults } = deskOf(whole).check({ ...whole, devices: [typed] }, 'screens');
    expect(faults.map(({ path, messageZh }) => `${path.join('.')} ${messageZh.slice(0, 6)}`)).toContain(
      'devices.0.settings.password 须重新填写：',
    );
  });

  it('goes when it is left out on the screens, and the change says so without it', () => {
    const broker = { serialNo: 'SN-9', url: 'mqtt://127.0.0.1', username: 'station', password: 'of the broker' };
    const camera = { id: 'cam-9', kind: 'camera', driver: 'vzenith-mqtt', settings: broker };
    const { password: _gone, ...without } = broker;
    const desk = deskOf({ ...REAL, devices: [camera] });
    const cleared = { ...REAL, devices: [{ ...camera, settings: without }] };
    const { changes } = desk.apply(cleared, desk.revision(), 'screens', BOSS);
    expect(changes).toEqual([
      expect.objectContaining({ id: 'cam-9', field: 'settings.password', before: KEPT_SECRET, after: null }),
    ]);
    expect(desk.history()[0]?.changes).toEqual(changes);
    expect(desk.file(true)).not.toContain('of the broker');
  });

  it('is nothing for a device of another driver, whatever its id', () => {
    const { devices } = deskOf(whole).view().document;
    expect(JSON.stringify(devices)).not.toContain('only the camera knows');
    const taken = { ...cam, driver: 'dahua', settings: { ...bare, password: KEPT_SECRET } };
    const { faults } = deskOf(whole).check({ ...whole, devices: [taken] }, 'import');
    expect(faults.map(({ path }) => path.join('.'))).toEqual(['devices.0.settings.password']);
  });
});

it('what is refused is said in Chinese, with the Chinese names of the settings', () => {
  const desk = deskOf(REAL);
  const saved = (over: object) => (): unknown =>
    desk.apply(
      { ...REAL, areas: [{ id: 'a1', code: 1, name: '地面', spaces: 10 }], ...over },
      desk.revision(),
      'screens',
      BOSS,
    );
  const cam = {
    id: 'cam-1',
    kind: 'camera',
    driver: 'hikvision',
    settings: { serialNo: 'A', host: '', password: 'x', port: 0 },
  };
  expect(saved({ devices: [cam] })).toThrow('设置有误：设备“cam-1”的“地址”必填；设备“cam-1”的“端口”不能小于 1');
  const lane = { id: 'l1', name: '东门', direction: 'in', number: 1, area: 'a1', camera: 'none' };
  expect(saved({ lanes: [lane] })).toThrow('设置有误：车道“东门”的“相机”没有设备“none”');
  expect(saved({ site: { ...REAL.site, rules: { staleDays: 0.5 } } })).toThrow('设置有误：“滞留天数”');
  expect(saved({ platforms: { vanke: { baseUrl: 'https://vanke.example', appId: 'a', appSecret: 's' } } })).toThrow(
    /的“[^“]*[一-龥][^“]*”必填$/,
  );
});

it('every rule has a name in Chinese, and a refusal calls it by that', () => {
  for (const rule of Object.keys(passageRulesSchema.shape)) expect(ruleName([rule])).toMatch(/^“.*[一-龥].*”$/);
  expect(ruleName(['openReasons', 2])).toBe('“手动开闸原因” 第 3 项');
});

describe('two arms on one camera', () => {
  const arm = (id: string) => ({ id, kind: 'barrier', driver: 'camera', settings: { camera: 'cam-1' } });
  const cam = { id: 'cam-1', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'A' } };
  const both = { ...REAL, devices: [cam, arm('b1'), arm('b2')] };

  it('are refused when they are saved, and in a file', () => {
    const desk = deskOf({ ...REAL, devices: [cam, arm('b1')] });
    expect(desk.check(both).faults).toEqual([
      {
        path: ['devices', 2, 'settings', 'camera'],
        message: '"b2" and "b1" hang on the relays of camera "cam-1"',
        messageZh: expect.stringMatching(/^道闸“b2”和“b1”接在同一台相机“cam-1”/),
      },
    ]);
    expect(() => desk.apply(both, desk.revision(), 'screens', BOSS)).toThrow(/道闸“b2”和“b1”/);
    expect(() => settleConfiguration(temp.store, both, false)).toThrow(/"b2" and "b1"/);
  });

  it('that a station was left with keep it neither from starting nor from saving something else', () => {
    const { provision } = settleConfiguration(temp.store, { ...REAL, devices: [cam, arm('b1')] }, false);
    const left = { ...provision, devices: [cam, arm('b1'), arm('b2')], users: [] };
    temp.store.write((tx) => tx.meta.put('configuration', JSON.stringify(left)));
    const desk = deskOf({ ...REAL, devices: [cam, arm('b1')] });
    const now = desk.view().document;
    expect(now.devices).toHaveLength(3);
    expect(desk.check({ ...now, site: { ...now.site, name: '改名' } }).faults).toEqual([]);
    expect(desk.check({ ...now, devices: [...now.devices, arm('b3')] }).faults).toHaveLength(1);
  });
});

it('a lane that a platform should decide, which is not in use, is said to whoever checks it, and is no fault', () => {
  const desk = deskOf(REAL);
  const lane = (id: string, platform?: string) => ({
    ...{ id, name: `${id} 道`, direction: 'in', number: Number(id.slice(1)), area: 'a1' },
    ...(platform !== undefined && { authority: { platform } }),
  });
  const vanke = { baseUrl: 'https://vanke.example', appId: 'a', appSecret: 's', parkingLotId: 'p' };
  const noticed = (platforms: object): unknown => {
    const lanes = [lane('g1', 'vanke'), lane('g2', 'vanke'), lane('g3'), lane('g4', 'shenzhen')];
    const areas = [{ id: 'a1', code: 1, name: '地面', spaces: 10 }];
    const { faults, notices } = desk.check({ ...desk.view().document, areas, lanes, platforms });
    expect(faults).toEqual([]);
    return notices.flatMap(({ kind, id, name }) => (kind === 'authority-off' ? [`${name}: ${id}`] : []));
  };
  const all = ['g1 道: vanke', 'g2 道: vanke', 'g4 道: shenzhen'];
  expect(noticed({})).toEqual(all);
  expect(noticed({ vanke: { ...vanke, enabled: false } })).toEqual(all);
  expect(noticed({ vanke })).toEqual(['g4 道: shenzhen']);
});

it('a document from when the port of network displays could be left out still starts the station, with the port that it had', () => {
  const led = { id: 'led-1', kind: 'display', driver: 'olm-tcp', settings: { host: '192.168.1.61' } };
  const sign = { id: 'sign-1', kind: 'sign', driver: 'xunpeng-tcp', settings: { host: '192.168.1.62' } };
  const said = { ...led, id: 'led-2', settings: { host: '192.168.1.63', port: 5000 } };
  const whole = { ...REAL, devices: [led, sign, said] };
  const ports = ({ provision }: ReturnType<typeof settleConfiguration>) =>
    provision.devices.map(({ settings }) => settings['port']);
  expect(ports(settleConfiguration(temp.store, whole, false))).toEqual([10_000, 10_000, 5000]);
  // As an earlier version left it.
  temp.store.write((tx) => tx.meta.put('configuration', JSON.stringify({ ...whole, users: [] })));
  expect(ports(settleConfiguration(temp.store, undefined, false))).toEqual([10_000, 10_000, 5000]);
  const { faults } = deskOf().check({ ...whole, devices: [{ ...led, id: 'led-3' }] }, 'screens');
  expect(faults.map(({ path, messageZh }) => `${path.join('.')} ${messageZh}`)).toEqual([
    'devices.0.settings.port 必填',
  ]);
});
