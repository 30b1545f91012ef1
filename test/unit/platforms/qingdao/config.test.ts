import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { qingdaoSettingsSchema } from '../../../../electron/station/platforms/qingdao/config.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import { topicsFor } from '../../../../electron/station/platforms/qingdao/topics.ts';
import { deps, platformKey, settings, settingsInput, userKey } from './support.ts';

const faultsOf = (changes: Readonly<Record<string, unknown>>): readonly string[] => {
  const parsed = qingdaoSettingsSchema.safeParse(settingsInput(changes));
  return parsed.error?.issues.map(({ path }) => path.join('.')) ?? [];
};

describe('settings', () => {
  it('take what a provision file needs to say, and fill in the rest', () => {
    const parsed = qingdaoSettingsSchema.parse({
      enabled: true,
      baseUrl: 'http://127.0.0.1:9001/api/v1/cp',
      accessId: '234',
      parkingCode: '1001',
      platformPublicKey: platformKey.publicPem,
      userPrivateKey: userKey.privatePem,
      mqtt: { url: 'mqtt://127.0.0.1:1883' },
    });
    expect(parsed).toMatchObject({
      mqtt: { leadingSlash: 'both', legacyTopics: false, scope: 'park', keepaliveSeconds: 60 },
      crypto: {
        encoding: 'base64',
        signInput: 'text',
        uplinkKey: 'platformPublic',
        hash: 'SHA1',
        downlink: 'auto',
      },
      payload: { dataAs: 'object', emptyAs: 'omit' },
      fields: { entryRecordId: 'arriveID', exitRecordId: 'endID', modifyArriveTime: 'arriveTime' },
      intervals: { parkingStateMs: 60_000, heartbeatMs: 600_000 },
      outbox: { firstMs: 5000, maxMs: 300_000, probeMs: 10_000, attemptDays: 30, keepDays: 90 },
    });
    expect(parsed.mqtt?.password).toBeUndefined();
    expect(parsed.parkingInfo).toBeUndefined();
  });

  it.each([
    [{ baseUrl: 'ftp://x/api' }, 'baseUrl'],
    [{ baseUrl: 'api/v1' }, 'baseUrl'],
    [{ accessId: '' }, 'accessId'],
    [{ parkingCode: 1001 }, 'parkingCode'],
    [{ platformPublicKey: 'not a key!' }, 'platformPublicKey'],
    [{ platformPublicKey: userKey.privatePem }, 'platformPublicKey'],
    [{ userPrivateKey: platformKey.publicPem }, 'userPrivateKey'],
    [{ userPrivateKey: '-----BEGIN PRIVATE KEY-----\nMIIC' }, 'userPrivateKey'],
    [{ mqtt: { url: 'http://127.0.0.1' } }, 'mqtt.url'],
    [{ mqtt: { url: 'mqtt://h', keepaliveSeconds: 0 } }, 'mqtt.keepaliveSeconds'],
    [{ crypto: { encoding: 'base32' } }, 'crypto.encoding'],
    [{ http: { paths: { downloadUID: 'a b?' } } }, 'http.paths.downloadUID'],
    [{ outbox: { firstMs: 1.5 } }, 'outbox.firstMs'],
    [{ defaults: { plateColor: 7 } }, 'defaults.plateColor'],
  ])('name the place of a fault: %o', (changes, path) => {
    expect(faultsOf(changes)).toEqual([path]);
  });

  it('do not take names they do not know', () => {
    const parsed = qingdaoSettingsSchema.safeParse(settingsInput({ crypto: { cipher: 'x' } }));
    expect(parsed.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', path: ['crypto'], keys: ['cipher'] });
  });

  it('never quote a key in a fault', () => {
    const parsed = qingdaoSettingsSchema.safeParse(settingsInput({ platformPublicKey: userKey.privatePem }));
    expect(JSON.stringify(parsed.error?.issues)).not.toContain(userKey.privatePem.slice(30, 60));
  });

  it('can be described as JSON Schema, with their help texts', () => {
    const schema = z.toJSONSchema(qingdaoSettingsSchema, { io: 'input' });
    expect(schema.required).toEqual(['baseUrl', 'accessId', 'parkingCode', 'platformPublicKey', 'userPrivateKey']);
    expect(schema.properties?.['accessId']).toMatchObject({ description: expect.stringContaining('接入系统编号') });
  });

  it('name a certificate file that cannot be read', () => {
    const made = () => qingdao.create(settings({ mqtt: { url: 'mqtts://h', caFile: '/nonexistent/ca.pem' } }), deps());
    expect(made).toThrow(/platforms\.qingdao\.mqtt\.caFile/);
  });
});

describe('topics', () => {
  const topics = (mqtt: Readonly<Record<string, unknown>>) =>
    topicsFor(['specialCar', 'fee'], settings({ mqtt: { url: 'mqtt://h', ...mqtt } }));

  it.each([
    [{ leadingSlash: 'never' }, ['qdpark/v1/specialCar/234/1001', 'qdpark/v1/fee/234/1001']],
    [{ leadingSlash: 'always' }, ['/qdpark/v1/specialCar/234/1001', '/qdpark/v1/fee/234/1001']],
    [{ leadingSlash: 'never', scope: 'platform' }, ['qdpark/v1/specialCar/234/#', 'qdpark/v1/fee/234/#']],
    [{ leadingSlash: 'never', node: 2 }, ['qdpark/v1/specialCar/234_2/1001', 'qdpark/v1/fee/234_2/1001']],
    [
      { leadingSlash: 'never', legacyTopics: true },
      ['qdpark/v1/specialCar/234/1001', 'qdpark/v1/fee/234/1001', 'qdpark/v1/calfee/234/1001'],
    ],
  ])('with %o are %o', (mqtt, expected) => {
    expect(topics(mqtt)).toEqual(expected);
  });

  it('come in both spellings by default', () => {
    expect(topics({})).toHaveLength(4);
  });
});

it.each([
  ['1001', 0],
  ['0001', 1],
])('with site code %s and parking code 1001 warns %d times about uids', (code, times) => {
  const warned: string[] = [];
  const base = deps();
  const log = { ...base.log, warn: (message: string) => warned.push(message) };
  qingdao.create(settings(), { ...base, log, site: { ...base.site, code } });
  expect(warned.filter((message) => message.includes('site.code'))).toHaveLength(times);
});
