import { constants, createHash, createSign, privateEncrypt, publicEncrypt } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTextWithPublicKey, sealTextWithPrivateKey, verifyText } from '../../../peers/qingdao/crypto.ts';
import { createKeys, type Dialect, type QingdaoPlatform, startQingdaoPlatform } from '../../../peers/qingdao/index.ts';
import { ENTRY, EXIT, FORM_TYPE, HEARTBEAT, MODIFY, postForm } from './samples.ts';

const keys = createKeys();
const padding = constants.RSA_PKCS1_PADDING;

async function start(dialect: Partial<Dialect>): Promise<QingdaoPlatform> {
  const platform = await startQingdaoPlatform({ keys, accessId: '234', parkingCode: '1001', dialect });
  onTestFinished(() => platform.close());
  return platform;
}

/** One block is enough for a heartbeat. */
async function heartbeat(
  platform: QingdaoPlatform,
  form: (bytes: Buffer) => [cipher: string, sign: string],
): Promise<void> {
  const [cipher, sign] = form(Buffer.from(JSON.stringify({ data: HEARTBEAT })));
  const body = new URLSearchParams({ accessID: '234', cipher, sign }).toString();
  await postForm(`${platform.baseUrl}/uploadHeartbeat`, body, FORM_TYPE);
}
const outcome = (platform: QingdaoPlatform): unknown => [
  platform.summary(),
  platform.violations.map(({ rule }) => rule),
];
const sealed = (bytes: Buffer): Buffer => publicEncrypt({ key: keys.platformPublicKey, padding }, bytes);
const signed = (what: string | Buffer, hash = 'RSA-SHA1'): Buffer =>
  createSign(hash).update(what).sign(keys.userPrivateKey);

describe('each reading of the envelope', () => {
  const ways: Record<string, [Partial<Dialect>, (bytes: Buffer) => [string, string]]> = {
    hexadecimal: [
      { encoding: 'hex' },
      (bytes) => {
        const cipher = sealed(bytes).toString('hex');
        return [cipher, signed(cipher).toString('hex')];
      },
    ],
    'signed bytes': [
      { signInput: 'bytes' },
      (bytes) => {
        const cipher = sealed(bytes);
        return [cipher.toString('base64'), signed(cipher).toString('base64')];
      },
    ],
    MD5: [
      { hash: 'MD5' },
      (bytes) => {
        const cipher = sealed(bytes).toString('base64');
        return [cipher, signed(cipher, 'RSA-MD5').toString('base64')];
      },
    ],
    'the user’s own key': [
      { uplinkKey: 'userPrivate' },
      (bytes) => {
        const cipher = privateEncrypt({ key: keys.userPrivateKey, padding }, bytes).toString('base64');
        return [cipher, signed(cipher).toString('base64')];
      },
    ],
  };

  test.each(Object.keys(ways))('%s is right where it is meant, and wrong elsewhere', async (name) => {
    const [dialect, form] = ways[name] ?? [];
    if (!dialect || !form) throw new Error('no such way');
    const meant = await start(dialect);
    await heartbeat(meant, form);
    expect(outcome(meant)).toEqual(['uploadHeartbeat=accepted', []]);
    const standard = await start({});
    await heartbeat(standard, form);
    expect(standard.summary()).toBe('uploadHeartbeat=refused');
  });

  test('data as a JSON string', async () => {
    const platform = await start({ dataAs: 'string' });
    const send = (data: unknown): Promise<void> =>
      heartbeat(platform, () => {
        const cipher = sealed(Buffer.from(JSON.stringify({ data }))).toString('base64');
        return [cipher, signed(cipher).toString('base64')];
      });
    await send(JSON.stringify(HEARTBEAT));
    await send(HEARTBEAT);
    expect(outcome(platform)).toEqual(['uploadHeartbeat=accepted uploadHeartbeat=refused', ['json']]);
  });
});

describe('each spelling', () => {
  const { arriveID, ...entry } = ENTRY;
  const { endID, ...exit } = EXIT;
  const { arriveTime, ...modify } = MODIFY;

  async function send(platform: QingdaoPlatform, name: string, data: object): Promise<readonly (string | null)[]> {
    const text = Buffer.from(JSON.stringify({ data }));
    const blocks = Array.from({ length: Math.ceil(text.length / 117) }, (_, n) =>
      text.subarray(n * 117, n * 117 + 117),
    );
    const cipher = Buffer.concat(blocks.map(sealed)).toString('base64');
    const body = new URLSearchParams({ accessID: '234', cipher, sign: signed(cipher).toString('base64') });
    await postForm(`${platform.baseUrl}/${name}`, body.toString(), FORM_TYPE);
    return platform.violations.splice(0).map(({ field }) => field);
  }

  test('of the record ids is demanded as it is set', async () => {
    const platform = await start({ entryRecordId: 'arrivalID', exitRecordId: 'both', modifyArriveTime: 'arrivalTime' });
    expect(await send(platform, 'uploadCarInData', ENTRY)).toEqual(['arriveID']);
    expect(await send(platform, 'uploadCarInData', { ...entry, arrivalID: arriveID })).toEqual([]);
    expect(platform.books.entries.get(ENTRY.uid)?.id).toBe('E1');
    const { arriveID: _, ...named } = { ...modify, arrivalID: arriveID };
    expect(await send(platform, 'uploadModifyCarInData', { ...named, arriveTime })).toEqual(['arriveTime']);
    expect(await send(platform, 'uploadModifyCarInData', { ...named, arrivalTime: arriveTime })).toEqual([]);
    expect(await send(platform, 'uploadCarOutData', { ...exit, endID })).toEqual(['exitID']);
    expect(await send(platform, 'uploadCarOutData', { ...exit, endID, exitID: 'X9' })).toEqual(['exitID']);
    expect(await send(platform, 'uploadCarOutData', { ...exit, endID, exitID: endID })).toEqual([]);
  });
});

test('the platform’s own seal is recovered with its public key', () => {
  const plain = `${'x'.repeat(116)}鲁${createHash('sha256').digest('hex')}`;
  const cipher = sealTextWithPrivateKey(plain, keys.platformPrivateKey);
  expect(openTextWithPublicKey(cipher, keys.platformPublicKey)).toBe(plain);
  expect(verifyText(cipher, 'AAAA', keys.platformPublicKey)).toBe(false);
});

test('a node of several is another name of the same operator, as far as anybody knows', async () => {
  const platform = await start({});
  const cipher = sealed(Buffer.from(JSON.stringify({ data: HEARTBEAT }))).toString('base64');
  const sign = signed(cipher).toString('base64');
  for (const accessID of ['234_2', '234_x', '2345'])
    await postForm(
      `${platform.baseUrl}/uploadHeartbeat`,
      new URLSearchParams({ accessID, cipher, sign }).toString(),
      FORM_TYPE,
    );
  expect(platform.log.map((line) => line.outcome)).toEqual(['accepted', 'refused', 'refused']);
  expect(platform.unproven.map(({ rule }) => rule)).toEqual(['access-id']);
});
