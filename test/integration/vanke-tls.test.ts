import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { TestAuthority, type TestCertificate, testCertificate } from '../peers/vanke/index.ts';
import { CarPark } from '../support/car-park.ts';
import { stablePort, tempDirectory } from '../support/station-process.ts';
import { PROMPT_MS } from '../support/vanke-gate.ts';

const SECOND = 1_000;
const QUICK = { pollSeconds: 1, giveUpAfter: 2 };
const WAITS = { ...QUICK, onGiveUp: 'wait' } as const;

const files = tempDirectory();
afterAll(() => rmSync(files, { recursive: true, force: true }));
function file(name: string, text: string): string {
  const path = join(files, name);
  writeFileSync(path, text);
  return path;
}
/** What the station shows to the cloud. */
const own = testCertificate({ ownKey: true });
const ownFiles = { certFile: file('own.pem', own.cert), keyFile: file('own-key.pem', own.key) };

interface Site {
  readonly cloud: TestCertificate;
  /** How the station is to believe it. */
  readonly http: object;
}

async function open({ cloud, http }: Site, { onTestFinished }: TestContext): Promise<CarPark> {
  const port = await stablePort();
  const park = await CarPark.open({
    cloud: {
      ...{ tls: cloud, trust: { fingerprint: own.fingerprint }, address: `https://127.0.0.1:${port}/behind/it` },
      lanes: { in1: QUICK, out1: WAITS },
      // Where pictures are is worked out from the listener.
      settings: { http, photo: {}, downlink: { host: '127.0.0.1', port, tls: ownFiles } },
    },
  });
  onTestFinished(() => park.close());
  park.cloud.pace.pollMs = SECOND;
  return park;
}

/** A car is allowed over it, crosses, and its picture can be fetched; the cloud opens over it. */
async function works(park: CarPark, text: string): Promise<void> {
  const { cloud } = park;
  const car = await park.gate('in1').comes(text);
  const opening = await car.opened();
  expect(opening.at - (car.recognition.sends[0]?.endedAt ?? 0)).toBeLessThan(PROMPT_MS);
  await car.crosses();
  await car.crossingTold();
  expect(car.recognition.sends).toHaveLength(1);
  expect(car.recognition.image).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect(await cloud.picture(car.recognition.uuid)).toMatchObject({
    http: 200,
    contentType: 'image/jpeg',
    violations: [],
  });
  const gate = park.gate('out1');
  const before = gate.camera.arm.openings.length;
  const call = await cloud.openGate({ deviceNo: gate.deviceNo, openMode: '3' });
  expect(call.answer).toMatchObject({ respCode: '0' });
  await gate.camera.waitFor(() => gate.camera.arm.openings.length === before + 1, 'the arm');
}

/** Nobody is told anything over it: that is a failure of the network, and each lane does what it is set to. */
async function isRefused(park: CarPark, [entering, leaving]: readonly [string, string]): Promise<void> {
  const { cloud } = park;
  const [heard, broken] = [cloud.log.length, cloud.handshakeFailures.length];
  const [released, waits] = [await park.gate('in1').comes(entering), await park.gate('out1').comes(leaving)];
  const { at } = await released.opened();
  expect(at - released.at).toBeGreaterThanOrEqual(SECOND - 50);
  await park.laneWhen('out1', 'waits for a person', ({ passage }) => passage?.attention === 'remote-silent');
  expect(waits.openings).toEqual([]);
  expect(cloud.handshakeFailures.length - broken).toBeGreaterThanOrEqual(4);
  expect(cloud.log.slice(heard)).toEqual([]);
  const said = (await park.events('authority-answered')).filter(({ body }) => JSON.stringify(body).includes(entering));
  expect(said.map(({ body }) => [body['answer'], String(body['detail']).includes('证书')])).toEqual(
    Array(2).fill(['failed', true]),
  );
  await waits.turnsAway();
  await released.turnsAway();
  for (const id of ['in1', 'out1']) {
    const { phase, passage } = await park.lane(id);
    if (phase !== 'idle')
      await park.order(id, phase === 'cleared' ? 'withdraw' : 'cancel', { reason: '车辆掉头', passageId: passage?.id });
  }
}

describe.concurrent('HTTPS both ways', () => {
  test('an authority of the site: its certificates are believed, and no others', async (context) => {
    const authority = new TestAuthority('Property Root');
    const good = authority.issue();
    const park = await open({ cloud: good, http: { caFile: file('root.pem', authority.cert) } }, context);
    await works(park, '粤B50001');
    const bad: readonly (readonly [cars: readonly [string, string], TestCertificate])[] = [
      [['粤B50002', '粤E50002'], new TestAuthority('Property Root').issue()],
      [['粤B50003', '粤E50003'], authority.issue({ names: ['cloud.example'] })],
      [['粤B50004', '粤E50004'], authority.issue({ expired: true })],
      [['粤B50005', '粤E50005'], testCertificate()],
    ];
    for (const [cars, certificate] of bad) {
      park.cloud.present(certificate);
      await isRefused(park, cars);
    }
    park.cloud.present(good);
    await works(park, '粤B50006');
    await park.cloud.allUnPushRecognition(Date.now() - 60 * SECOND);
    expect(park.cloud.violations).toEqual([]);
  });

  test('a fingerprint: that one certificate, whoever made it and whatever it is for', async (context) => {
    const authority = new TestAuthority();
    const pinned = testCertificate({ ownKey: true, names: ['cloud.example'] });
    const park = await open(
      { cloud: pinned, http: { fingerprint: pinned.fingerprint.toUpperCase().match(/../g)?.join(':') } },
      context,
    );
    await works(park, '粤B50011');
    park.cloud.present(authority.issue());
    await isRefused(park, ['粤B50012', '粤E50012']);
    park.cloud.present(pinned);
    await works(park, '粤B50013');
    expect(park.cloud.violations).toEqual([]);
  });

  test('neither of the two: a certificate that vouches for itself is never believed', async (context) => {
    const park = await open({ cloud: testCertificate(), http: {} }, context);
    await isRefused(park, ['粤B50021', '粤E50021']);
  });

  test('the listener: its certificate, nothing in plain text, and nothing on the port of the station', async (context) => {
    const cloud = testCertificate();
    const park = await open({ cloud, http: { fingerprint: cloud.fingerprint } }, context);
    const gate = park.gate('in1');
    const wish = { deviceNo: gate.deviceNo, openMode: '3' } as const;
    const port = new URL(park.cloud.address).port;
    // Who does not believe it hangs up.
    expect(await park.cloud.openGate(wish, { trust: {} })).toMatchObject({ http: null, answer: null });
    expect(await park.cloud.openGate(wish, { trust: { fingerprint: cloud.fingerprint } })).toMatchObject({
      answer: null,
    });
    for (const address of [`http://127.0.0.1:${port}`, park.station.url])
      expect((await park.cloud.openGate(wish, { address })).answer, address).toBeNull();
    expect(gate.camera.arm.pulses).toEqual([]);
    expect(await park.cloud.openGate(wish, { trust: { ca: own.cert } })).toMatchObject({ answer: { respCode: '0' } });
    await gate.camera.waitFor(() => gate.camera.arm.openings.length === 1, 'the arm');
  });
});
