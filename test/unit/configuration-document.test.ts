import { expect, test } from 'vitest';
import { differences } from '../../electron/station/configuration/diff.ts';
import {
  storedOf,
  withBullets,
  withoutSecrets,
  withRules,
  withSecretsMissing,
  withSecretsOf,
} from '../../electron/station/configuration/document.ts';
import { faultOf } from '../../electron/station/configuration/faults.ts';
import { parseProvision } from '../../electron/station/provision.ts';
import { KEPT_SECRET } from '../../shared/domain/setting.ts';
import { createKeys } from '../peers/qingdao/index.ts';
import { provision } from '../support/provision.ts';

const keys = createKeys();
const qingdao = {
  ...{ enabled: true, baseUrl: 'https://city.example/api/v1/cp', accessId: '234', parkingCode: '1001' },
  ...{ platformPublicKey: keys.platformPublicKey, userPrivateKey: keys.userPrivateKey },
  mqtt: { url: 'mqtts://city.example', password: 'a broker password' },
};
const document = () => storedOf(parseProvision({ ...provision(), platforms: { qingdao } }));

test('secrets are shown as bullets, left out of files, and kept when the bullets come back', () => {
  const stored = document();
  const shown = JSON.stringify(withBullets(stored));
  const file = JSON.stringify(withoutSecrets(stored));
  for (const text of [shown, file]) {
    expect(text).not.toContain('a broker password');
    expect(text).not.toContain(keys.userPrivateKey.slice(60, 100));
    expect(text).toContain('mqtts://city.example');
  }
  expect(withBullets(stored).platforms.qingdao).toMatchObject({
    userPrivateKey: KEPT_SECRET,
    mqtt: { password: KEPT_SECRET },
  });
  expect(file).not.toContain(KEPT_SECRET);
  expect(storedOf(parseProvision(withSecretsOf(withBullets(stored), stored)))).toEqual(stored);
});

test('a secret that was typed anew replaces the stored one; bullets for what was never set stand for nothing', () => {
  const stored = document();
  const typed = { ...qingdao, mqtt: { ...qingdao.mqtt, password: 'another one' } };
  expect(withSecretsOf({ platforms: { qingdao: typed } }, stored)).toMatchObject({
    platforms: { qingdao: { mqtt: { password: 'another one' } } },
  });
  const { platforms: _none, ...without } = stored;
  const filled = withSecretsOf(withBullets(stored), { ...without, platforms: {} });
  // The key that nobody can know is missed by name, rather than stored as bullets.
  expect(() => parseProvision(filled)).toThrow(/platforms\.qingdao\.userPrivateKey/);
});

test('a file that was exported without its secrets takes none away, unless what they are for is another', () => {
  const broker = { serialNo: 'SN-9', url: 'mqtt://127.0.0.1', username: 'station', password: 'of the broker' };
  const camera = { id: 'cam-9', kind: 'camera', driver: 'vzenith-mqtt', settings: broker };
  const given = provision();
  const stored = storedOf(parseProvision({ ...given, devices: [...given.devices, camera], platforms: { qingdao } }));
  const file = JSON.parse(JSON.stringify(withoutSecrets(stored)));
  expect(JSON.stringify(file)).not.toContain('of the broker');
  expect(storedOf(parseProvision(withSecretsMissing(file, stored)))).toEqual(stored);
  const devicesOf = (device: object) => withSecretsMissing({ devices: [device] }, stored);
  const { password: _password, ...bare } = broker;
  const slow = { ...bare, offlineAfterMs: 60_000 };
  expect(devicesOf({ ...camera, settings: slow })).toEqual({
    devices: [{ ...camera, settings: { ...broker, ...slow } }],
  });
  const typed = { ...camera, settings: { ...bare, password: 'another' } };
  expect(devicesOf(typed)).toEqual({ devices: [typed] });
  for (const other of [
    { ...camera, id: 'cam-10', settings: bare },
    { ...camera, driver: 'qianyi', settings: bare },
  ])
    expect(devicesOf(other)).toEqual({ devices: [other] });
});

test('what is different is told thing by thing and setting by setting, secrets only as different', () => {
  const before = document();
  const [first, second] = before.lanes;
  if (!first || !second) throw new Error('two lanes are provisioned');
  const after = {
    ...before,
    site: { ...before.site, name: '新名字', rules: { ...before.site.rules, graceMinutes: 20 } },
    lanes: [
      { ...first, number: 7 },
      { ...second, id: 'out9' },
    ],
    platforms: { qingdao: { ...qingdao, userPrivateKey: 'another', mqtt: { url: 'mqtt://b.example' } } },
  };
  const told = differences(before, after);
  expect(told.map(({ part, what, id, field, before: was, after: is }) => [part, what, id, field, was, is])).toEqual([
    ['site', 'changed', '', 'name', '测试停车场', '新名字'],
    ['rules', 'changed', '', 'graceMinutes', '15', '20'],
    ['lanes', 'removed', 'out1', '', null, null],
    ['lanes', 'changed', 'in1', 'number', '1', '7'],
    ['lanes', 'added', 'out9', '', null, null],
    ['platforms', 'changed', 'qingdao', 'userPrivateKey', KEPT_SECRET, KEPT_SECRET],
    ['platforms', 'changed', 'qingdao', 'mqtt.url', 'mqtts://city.example', 'mqtt://b.example'],
    ['platforms', 'changed', 'qingdao', 'mqtt.password', KEPT_SECRET, null],
  ]);
  expect(differences(before, before)).toEqual([]);
});

test('rules that are not given stay as they are, and those that are given count', () => {
  const { rules: _rules, ...site } = document().site;
  expect(withRules({ site }, { graceMinutes: 9 })).toMatchObject({ site: { rules: { graceMinutes: 9 } } });
  expect(withRules({ site: { ...site, rules: { graceMinutes: 1 } } }, { graceMinutes: 9 })).toMatchObject({
    site: { rules: { graceMinutes: 1 } },
  });
});

test.each([
  [{ site: { code: '1', totalSpaces: 1, openSpaces: 1 } }, ['site', 'name'], '必填'],
  [{ lanes: [{ id: 'a b', name: 'x', direction: 'in', number: 1, area: 'a1' }] }, ['lanes', 0, 'id'], '只能用'],
  [{ site: { code: '1', name: 'x', totalSpaces: 1, openSpaces: 2 } }, ['site', 'openSpaces'], '不能大于总泊位数'],
  [{ devices: [{ id: 'c', kind: 'camera', driver: 'nobody' }] }, ['devices', 0, 'driver'], '没有接入方式'],
  [
    { platforms: { qingdao: { ...qingdao, baseUrl: 'ftp://x' } } },
    ['platforms', 'qingdao', 'baseUrl'],
    '请填写以 http',
  ],
  [{ platforms: { qingdao: { ...qingdao, userPrivateKey: 'x' } } }, ['platforms', 'qingdao', 'userPrivateKey'], '密钥'],
] as const)('a fault lands at its field, in Chinese: %#', (part, path, words) => {
  try {
    parseProvision({ ...provision(), ...part });
    expect.unreachable();
  } catch (error) {
    const faults = error instanceof Error && 'faults' in error && Array.isArray(error.faults) ? error.faults : [];
    expect(faults.map((fault) => faultOf(String(fault)))).toContainEqual(
      expect.objectContaining({ path, messageZh: expect.stringContaining(words) }),
    );
  }
});
