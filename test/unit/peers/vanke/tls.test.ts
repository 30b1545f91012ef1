import { describe, expect, test } from 'vitest';
import { TestAuthority, testCertificate } from '../../../peers/vanke/index.ts';
import { READ, UUID, world } from './support.ts';

const authority = new TestAuthority();
const stranger = new TestAuthority();

describe('the cloud behind https', () => {
  test.each([
    ['vouched for', authority.issue(), null],
    ['vouched for by nobody', testCertificate(), /self-signed/],
    ['vouched for by another', stranger.issue(), /unable to verify|self-signed|signature/],
    ['for another name', authority.issue({ names: ['elsewhere.example'] }), /altnames/i],
    ['run out', authority.issue({ expired: true }), /expired/],
    ['of tomorrow', authority.issue({ early: true }), /not yet valid/],
  ])('a certificate %s', async (_, tls, refused) => {
    const { cloud, park } = await world({ tls });
    expect(cloud.baseUrl).toMatch(/^https:/);
    const asking = park.says('receivePlateNumber', READ, { ca: authority.cert });
    if (refused) await expect(asking).rejects.toThrow(refused);
    else expect(await asking).toBe('0');
    expect(cloud.log).toHaveLength(refused ? 0 : 1);
  });

  test('a self-signed one is believed by whoever was given it, until another is shown', async () => {
    const tls = testCertificate();
    const { cloud, park } = await world({ tls });
    expect(await park.says('receivePlateNumber', READ, { ca: tls.cert })).toBe('0');
    cloud.present(testCertificate({ ownKey: true }));
    await expect(park.says('receivePlateNumber', { ...READ, uuid: 'b' }, { ca: tls.cert })).rejects.toThrow();
    cloud.present(tls);
    cloud.fault({ kind: 'answer-lost' }, { times: 1 });
    await expect(park.says('receivePlateNumber', { ...READ, uuid: 'c' }, { ca: tls.cert })).rejects.toThrow();
    expect(cloud.recognitions().map(({ uuid }) => uuid)).toEqual([UUID, 'c']);
  });

  test('a client that believes nobody is heard of', async () => {
    const { cloud, park } = await world({ tls: testCertificate() });
    await expect(park.says('receivePlateNumber', READ)).rejects.toThrow();
    await expect.poll(() => cloud.handshakeFailures.length).toBe(1);
  });
});

describe('the car park behind https', () => {
  const own = testCertificate();
  const colons = own.fingerprint.toUpperCase().replace(/(..)(?!$)/g, '$1:');

  test.each([
    ['an authority', authority.issue(), { ca: authority.cert }, null],
    ['another authority', stranger.issue(), { ca: authority.cert }, /unable to verify|self-signed|signature/],
    ['nobody', own, {}, /self-signed/],
    ['a fingerprint', own, { fingerprint: own.fingerprint }, null],
    ['a fingerprint with colons', own, { fingerprint: colons }, null],
    ['another fingerprint', testCertificate(), { fingerprint: own.fingerprint }, /pinned/],
    ['a name that is another', authority.issue({ names: ['elsewhere.example'] }), { ca: authority.cert }, /altnames/i],
  ])('believed by %s', async (_, tls, trust, refused) => {
    const { cloud, park } = await world({ trust }, tls);
    const call = await cloud.checkConnect();
    if (refused) expect(call.error).toMatch(refused);
    else expect(call.answer?.respCode).toBe('0');
    expect(park.heard).toHaveLength(refused ? 0 : 1);
  });

  test('one who speaks plain HTTP where https was promised', async () => {
    const { cloud, park } = await world();
    cloud.address = park.address.replace('http:', 'https:');
    expect((await cloud.checkConnect()).error).not.toBeNull();
    expect(park.heard).toEqual([]);
  });
});
