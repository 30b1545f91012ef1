import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AedesBroker, startAedes } from '../../../peers/mqtt/index.ts';
import {
  createKeys,
  openText,
  type QingdaoPlatform,
  startQingdaoPlatform,
  verifyText,
} from '../../../peers/qingdao/index.ts';
import { FORM_TYPE, formOf, postForm } from './samples.ts';

const keys = createKeys();
const LONG_ID = '9007199254740993123';
const inbox: { topic: string; text: string }[] = [];
let broker: AedesBroker;
let platform: QingdaoPlatform;
let park: MqttClient;

beforeAll(async () => {
  broker = await startAedes();
  platform = await startQingdaoPlatform({ keys, accessId: '234', parkingCode: '1001', mqtt: { url: broker.url } });
  park = await connectAsync(broker.url, { clientId: '234' });
  park.on('message', (topic, payload) => inbox.push({ topic, text: payload.toString('utf8') }));
  await park.subscribeAsync(['qdpark/#', '/qdpark/#'], { qos: 1 });
});
afterAll(async () => {
  await park.endAsync(true);
  await platform.close();
  await broker.stop();
});
beforeEach(() => {
  inbox.length = 0;
});

const CAR = { plateNo: '鲁B01001', operateType: 1, operate: 0, remark: '应急救援车辆' } as const;
async function received(count = 1): Promise<{ topic: string; text: string; cipher: string; sign: string }> {
  await expect.poll(() => inbox.length).toBe(count);
  const last = inbox.at(-1) ?? { topic: '', text: '{}' };
  return { ...last, ...JSON.parse(last.text) };
}
const confirm = (requestId: string, params: object): Promise<unknown> =>
  postForm(
    `${platform.baseUrl}/confirmSpecialCar`,
    formOf(keys, `{"data":{"requestId":${requestId},"success":true,"params":${JSON.stringify(params)}}}`).toString(),
    FORM_TYPE,
  );

test('a notice is signed by the platform, sealed for the car park, and flat', async () => {
  const notice = await platform.publishSpecialCar(CAR, { requestId: LONG_ID, timestamp: '2026-03-02 08:05:09' });
  const { topic, text, cipher, sign } = await received();
  expect(topic).toBe('qdpark/v1/specialCar/234/1001');
  expect(text.startsWith(`{"requestId":${LONG_ID},"timestamp":"2026-03-02 08:05:09","cipher":"`)).toBe(true);
  expect(verifyText(cipher, sign, keys.platformPublicKey)).toBe(true);
  expect(JSON.parse(openText(cipher, keys.userPrivateKey))).toEqual(notice.body);
  expect(notice.body).toMatchObject({ ...CAR, parkingCode: '1001', carType: 1 });
});

test('a confirmation is found by its very digits', async () => {
  const notice = await platform.publishSpecialCar(CAR, { requestId: LONG_ID });
  await confirm('9007199254740993124', notice.body);
  await confirm(LONG_ID, { ...notice.body, carType: 2 });
  expect(platform.violations.splice(0).map((violation) => [violation.rule, violation.field])).toEqual([
    ['echo', 'requestId'],
    ['echo', 'params'],
  ]);
  await confirm(LONG_ID, notice.body);
  expect(platform.violations).toEqual([]);
  expect(platform.log.at(-1)?.outcome).toBe('accepted');
  expect(await platform.waitForConfirm(LONG_ID)).toMatchObject({ requestId: LONG_ID, success: true });
  await expect(platform.waitForConfirm('9007199254740993120', 10)).rejects.toThrow(/9007199254740993120/);
});

test('it can lie: bad signature, slash, repeats, other seals', async () => {
  await platform.publishSpecialCar(CAR, { badSign: true });
  const bad = await received(1);
  expect(verifyText(bad.cipher, bad.sign, keys.platformPublicKey)).toBe(false);

  const notice = await platform.publishSpecialCar(CAR, { leadingSlash: true });
  expect((await received(2)).topic).toBe('/qdpark/v1/specialCar/234/1001');
  const first = inbox[1];
  await platform.downlink.repeat(notice);
  await received(3);
  expect(inbox[2]).toEqual(first);

  await platform.publishSpecialCar(CAR, { seal: 'platformPrivate' });
  const sealed = await received(4);
  expect(verifyText(sealed.cipher, sealed.sign, keys.platformPublicKey)).toBe(true);
  await platform.downlink.publish('fee', { plateNo: '鲁B01001' }, { topic: '/qdpark/v1/calfee/234/1001' });
  expect((await received(5)).topic).toBe('/qdpark/v1/calfee/234/1001');
});
