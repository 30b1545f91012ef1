import { afterEach, beforeEach, expect, it } from 'vitest';
import { Accounts } from '../../electron/station/api/accounts.ts';
import { ConfigurationDesk } from '../../electron/station/configuration/desk.ts';
import { settleConfiguration } from '../../electron/station/configuration/settle.ts';
import { Rules } from '../../electron/station/registry/rules.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QUICK_PASSWORDS } from '../support/quick-passwords.ts';
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
    /graceMinutes/,
  );
  expect(service.current()).toEqual(rules);
});

it('a lane that a platform should decide, which is not in use, is said to whoever checks it, and is no fault', () => {
  const { provision, demo, configured } = settleConfiguration(temp.store, REAL, false);
  const rules = new Rules(temp.store, provision.site.rules);
  const desk = new ConfigurationDesk({
    ...{ store: temp.store, rules, demo, configured, provision, occupied: () => false, reopen: () => undefined },
  });
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
