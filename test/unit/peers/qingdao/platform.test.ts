import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeys, type QingdaoPlatform, startQingdaoPlatform } from '../../../peers/qingdao/index.ts';
import { ENTRY, EXIT, FILE, FORM_TYPE, formOf, HEARTBEAT, PAYMENT, PHOTO, postForm, UID } from './samples.ts';

const keys = createKeys();
const NOW = Date.UTC(2026, 2, 2, 0, 5, 9);
let platform: QingdaoPlatform;

beforeEach(async () => {
  platform = await startQingdaoPlatform({ keys, accessId: '234', parkingCode: '1001', now: () => NOW });
});
afterEach(() => platform.close());

async function send(name: string, data: object, extra: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const form = formOf(keys, JSON.stringify({ data }), extra);
  const reply = await postForm(`${platform.baseUrl}/${name}`, form.toString(), FORM_TYPE);
  return JSON.parse(reply.text);
}
const rules = (): string[] => platform.violations.map((violation) => violation.rule);
const REFUSED = { resultCode: '400', msg: expect.stringMatching(/^参数错误/) };

describe('one whole stay', () => {
  test('is kept, and its money adds up', async () => {
    expect(await send('uploadCarInData', ENTRY)).toEqual({ resultCode: '200', msg: '操作成功' });
    await send('uploadPhoto', PHOTO, FILE);
    await send('uploadPayRecord', PAYMENT);
    await send('uploadPayRecord', { ...PAYMENT, billID: 'B2', chargeFee: 100, shouldPay: 100, actualPay: 40 });
    await send('uploadCarOutData', EXIT);
    expect(platform.violations).toEqual([]);
    expect(platform.books.stay(UID)).toMatchObject({ entry: ENTRY, exit: EXIT, photos: [{ id: 'P1' }] });
    expect(platform.books.stay(UID).photos[0]?.jpeg?.toString('base64')).toBe(FILE.file);
    expect(platform.books.money(UID)).toEqual({
      payments: 2,
      chargeFee: 900,
      shouldPay: 600,
      actualPay: 540,
      exitShouldPay: 500,
    });
    expect(platform.summary()).toBe(
      'uploadCarInData=accepted uploadPhoto=accepted uploadPayRecord=accepted uploadPayRecord=accepted uploadCarOutData=accepted',
    );
  });

  test('the same record again is a repeat, told apart from a changed one', async () => {
    await send('uploadCarInData', ENTRY);
    expect(await send('uploadCarInData', { ...ENTRY, uploadTime: '2026-03-02 08:09:00' })).toMatchObject({
      resultCode: '200',
    });
    platform.repeatAnswer = 'duplicate-204';
    expect(await send('uploadCarInData', { ...ENTRY, freeBerthNum: 69 })).toMatchObject({
      resultCode: '204',
      msg: expect.stringContaining('重复'),
    });
    expect(platform.repeats.map((repeat) => repeat.changed)).toEqual([[], ['freeBerthNum']]);
    expect(platform.violations).toEqual([]);
    expect(platform.books.entries.size).toBe(1);
  });

  test('records before their entry, and a second entry or exit of one uid, are violations', async () => {
    for (const [name, data, extra] of [
      ['uploadPhoto', PHOTO, FILE],
      ['uploadPayRecord', PAYMENT, {}],
      ['uploadCarOutData', EXIT, {}],
    ] as const)
      expect(await send(name, data, extra)).toMatchObject(REFUSED);
    await send('uploadCarInData', ENTRY);
    await send('uploadCarInData', { ...ENTRY, arriveID: 'E2' });
    await send('uploadCarOutData', EXIT);
    await send('uploadCarOutData', { ...EXIT, endID: 'X2' });
    expect(rules()).toEqual(['order', 'order', 'order', 'second-record', 'second-record']);
    expect(platform.books.payments.size).toBe(0);
    expect(platform.books.exits.get(UID)?.id).toBe('X1');
  });
});

describe('the envelope', () => {
  const plain = JSON.stringify({ data: HEARTBEAT });
  const post = (body: string, path = '/uploadHeartbeat', type = FORM_TYPE) =>
    postForm(`${platform.baseUrl}${path}`, body, type);

  test('a field rule that is broken is answered 400 and kept', async () => {
    expect(await send('uploadPayRecord', { parkingCode: '1001' })).toMatchObject(REFUSED);
    expect(platform.violations).toContainEqual(
      expect.objectContaining({ rule: 'presence', field: 'uploadTime', interface: 'uploadPayRecord' }),
    );
    expect(platform.log).toMatchObject([{ outcome: 'refused', body: { parkingCode: '1001' } }]);
  });

  test('a rule that is only rebuilt refuses nothing, and is counted apart', async () => {
    expect(await send('uploadHeartbeat', { parkingCode: '1001' })).toMatchObject({ resultCode: '200' });
    expect(platform.violations).toEqual([]);
    expect(platform.unproven).toMatchObject([{ rule: 'presence', field: 'uploadTime', interface: 'uploadHeartbeat' }]);
    expect(platform.log).toMatchObject([{ outcome: 'accepted', findings: [{ proven: false }] }]);
  });

  test('each broken part has its own rule', async () => {
    const good = formOf(keys, plain);
    const changed = (name: string, value: string): string => {
      const form = new URLSearchParams(good);
      form.set(name, value);
      return form.toString();
    };
    const other = createKeys();
    await post(good.toString(), '/uploadHeartbeat', 'application/json');
    await post(good.toString(), '/uploadHeartbeat?cipher=x');
    await post(changed('accessID', '235'));
    await post(changed('sign', ''));
    await post(changed('sign', formOf(keys, plain).get('sign') ?? ''));
    await post(formOf({ ...keys, platformPublicKey: other.platformPublicKey }, plain).toString());
    await post(formOf({ ...keys, userPrivateKey: other.userPrivateKey }, plain).toString());
    await post(formOf(keys, 'data').toString());
    await post(`${good.toString()}&token=x`);
    await post(good.toString(), '/uploadHeartBeat');
    await send('uploadHeartbeat', { ...HEARTBEAT, parkingCode: '1002' });
    // What a wrong key decrypts to is noise: no text at all, or text that is no JSON.
    expect(rules().map((rule) => (rule === 'json' ? 'decrypt' : rule))).toEqual([
      'content-type',
      'query',
      'access-id',
      'presence',
      'sign',
      'decrypt',
      'sign',
      'decrypt',
      'unknown-field',
      'unknown-interface',
      'parking-code',
    ]);
  });

  test('a cipher whose + was not percent-encoded is told as such', async () => {
    let form = formOf(keys, plain);
    for (let turn = 0; turn < 50 && !form.get('cipher')?.includes('+'); turn++) form = formOf(keys, plain);
    await post([...form].map(([name, value]) => `${name}=${value}`).join('&'));
    expect(platform.violations[0]).toMatchObject({ rule: 'form', detail: expect.stringContaining('percent-encoded') });
  });
});

describe('the heartbeat', () => {
  test('tells the platform’s clock, skewed or not at all', async () => {
    expect(await send('uploadHeartbeat', HEARTBEAT)).toMatchObject({ serverTime: '2026-03-02 08:05:09' });
    platform.serverClock.skewMs = -90_000;
    platform.serverClock.field = 'sysTime';
    expect(await send('uploadHeartbeat', HEARTBEAT)).toMatchObject({ sysTime: '2026-03-02 08:03:39' });
    platform.serverClock.absent = true;
    platform.resultCodeAs = 'number';
    expect(await send('uploadHeartbeat', HEARTBEAT)).toEqual({ resultCode: 200, msg: '操作成功' });
  });
});

describe('faults', () => {
  const attempt = async (): Promise<string> => {
    const form = formOf(keys, JSON.stringify({ data: ENTRY }));
    try {
      const reply = await postForm(`${platform.baseUrl}/uploadCarInData`, form.toString(), FORM_TYPE);
      return `${reply.status} ${reply.contentType} ${reply.text}`;
    } catch {
      return 'cut';
    }
  };

  test.each([
    [{ kind: 'http-status', status: 500 }, /^500 text\/html/, 0],
    [{ kind: 'result-code', code: 500 }, /^200 application\/json.*"500"/, 0],
    [{ kind: 'result-code', code: 204, msg: '没有数据' }, /"204".*没有数据/, 0],
    [{ kind: 'garbage' }, /^200 application\/json/, 0],
    [{ kind: 'html' }, /^200 text\/html <!DOCTYPE/, 0],
    [{ kind: 'down' }, /^cut$/, 0],
    [{ kind: 'answer-lost' }, /^cut$/, 1],
    [{ kind: 'content-type' }, /^200 text\/html .*"200"/, 1],
    [{ kind: 'delay', ms: 20 }, /"200"/, 1],
  ] as const)('%o', async (fault, answer, stored) => {
    const handle = platform.fault(fault, { times: 1, interface: 'uploadCarInData' });
    expect(await send('uploadHeartbeat', HEARTBEAT)).toMatchObject({ resultCode: '200' });
    expect(handle.hits).toBe(0);
    expect(await attempt()).toMatch(answer);
    expect(platform.books.entries.size).toBe(stored);
    expect(await attempt()).toMatch(/"200"/);
    expect(handle.hits).toBe(1);
    expect(platform.repeats.length).toBe(stored);
    expect(platform.violations).toEqual([]);
  });

  test('stopped, it refuses connections; started, it is back on its port with its memory', async () => {
    await attempt();
    const { port } = new URL(platform.baseUrl);
    await platform.stop();
    const refused = await new Promise((resolve) => connect(Number(port), '127.0.0.1').once('error', resolve));
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    await platform.start();
    expect(new URL(platform.baseUrl).port).toBe(port);
    await attempt();
    expect(platform.repeats.length).toBe(1);
  });
});

test('waiting for something that does not come fails with what came instead', async () => {
  await send('uploadHeartbeat', HEARTBEAT);
  await expect(platform.waitFor(() => platform.books.exits.get(UID), 'exit', 20)).rejects.toThrow(
    'no exit within 20 ms; received: uploadHeartbeat=accepted',
  );
});
