import { beforeEach, describe, expect, it } from 'vitest';
import { authorization, DigestCaller, parseChallenge } from '../../../electron/station/devices/digest.ts';
import type { HttpAnswer, HttpCaller, HttpFailure, HttpQuestion } from '../../../electron/station/devices/links.ts';
import { LoginGuard } from '../../../electron/station/devices/login-guard.ts';
import { DigestDoor } from '../../peers/camera/digest.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const URI = '/ISAPI/Parking/channels/1/barrierGate';
/** The sample of the specification. */
const GOLDEN =
  'Digest username="admin", realm="DS-DEMO", nonce="4d7a1c9e0b2f4e6a8c0d1e2f3a4b5c6d", uri="/ISAPI/Parking/channels/1/barrierGate", qop=auth, nc=00000001, cnonce="0a4f113b", response="83ddfd8e34323bf9b36b152be888186c"';
const LOGIN = { user: 'admin', password: 'Abc12345' };

it('answers the challenge of the sample with the header of the sample', () => {
  const challenge = parseChallenge('Digest qop="auth", realm="DS-DEMO", nonce="4d7a1c9e0b2f4e6a8c0d1e2f3a4b5c6d"');
  if (!challenge) throw new Error('no challenge');
  expect(authorization(LOGIN, challenge, { method: 'PUT', uri: URI, count: 1, cnonce: '0a4f113b' })).toBe(GOLDEN);
});

/** RFC 2617, 3.5; and the older form of RFC 2069 with its published correction. */
it.each([
  [
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    { user: 'Mufasa', password: 'Circle Of Life' },
    '6629fae49393a05397450978507c4ef1',
  ],
  [
    'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    { user: 'Mufasa', password: 'CircleOfLife' },
    '1949323746fe6a43ef61f9606e7febea',
  ],
])('computes what the RFC prints', (header, login, response) => {
  const challenge = parseChallenge(header);
  if (!challenge) throw new Error('no challenge');
  const sent = authorization(login, challenge, { method: 'GET', uri: '/dir/index.html', count: 1, cnonce: '0a4f113b' });
  expect(sent).toContain(`response="${response}"`);
  expect(sent).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"');
  expect(sent.includes('cnonce')).toBe(header.includes('qop'));
});

it('reads challenges as devices write them', () => {
  expect(parseChallenge('Basic realm="a, b", Digest realm="say \\"hi\\", \\\\ you", nonce="n1", stale=TRUE')).toEqual({
    ...{ realm: 'say "hi", \\ you', nonce: 'n1', opaque: null, auth: false, stale: true },
  });
  const sha = 'Digest realm="r", nonce="n1", algorithm=SHA-256, qop="auth"';
  expect(parseChallenge(sha)).toBeNull();
  expect(parseChallenge(`${sha}, Digest realm="r", nonce="n2", algorithm=MD5, qop="auth"`)).toMatchObject({
    nonce: 'n2',
  });
  for (const none of ['', 'Basic realm="x"', 'Digest realm="x"', 'Digest realm="x", nonce="n", qop="auth-int"'])
    expect(parseChallenge(none)).toBeNull();
});

it('writes quotes back escaped, and names beyond ASCII as bytes', () => {
  const challenge = { realm: 'a"b\\c', nonce: 'n', opaque: null, auth: true, stale: false };
  const sent = authorization({ user: '门岗', password: 'p' }, challenge, {
    ...{ method: 'GET', uri: '/', count: 31, cnonce: 'c' },
  });
  expect(sent).toContain('realm="a\\"b\\\\c"');
  expect(sent).toContain('nc=0000001f');
  expect([...sent].every((char) => char.charCodeAt(0) < 256)).toBe(true);
});

describe('logging in', () => {
  let clock: FakeClock;
  let door: DigestDoor;
  let told: (string | null)[];
  let sent: HttpQuestion[];
  let caller: DigestCaller;
  const complaints: string[] = [];
  let next: (() => Promise<HttpAnswer | HttpFailure> | HttpAnswer | HttpFailure) | undefined;

  /** A device behind the door, without a wire. */
  const device: HttpCaller = {
    ask: async (question) => {
      sent.push(question);
      if (next) {
        const answer = next;
        next = undefined;
        return answer();
      }
      const uri = question.url.slice('http://camera'.length);
      const admission = door.check(question.method, uri, question.headers?.['Authorization']);
      if (admission.admitted) return { status: 200, headers: new Map(), body: new Uint8Array() };
      const challenge = admission.challenge === null ? [] : [['www-authenticate', admission.challenge] as const];
      const body = new TextEncoder().encode(String(admission.unlockSeconds));
      return { status: 401, headers: new Map(challenge), body };
    },
    stream: () => {
      throw new Error('not here');
    },
  };
  const login = (password = 'Abc12345'): void => {
    const guard = new LoginGuard(clock, (refusal) => told.push(refusal));
    const unlockMs = ({ body }: HttpAnswer): number | null => Number(new TextDecoder().decode(body)) * 1000 || null;
    caller = new DigestCaller({ http: device, clock, credentials: { user: 'admin', password }, guard, unlockMs });
  };
  const ask = (more: Partial<HttpQuestion> = {}): Promise<HttpAnswer | HttpFailure> =>
    caller.ask({ method: 'GET', url: 'http://camera/a?b=[c]', timeoutMs: 5_000, ...more });

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    sent = [];
    complaints.length = 0;
    door = new DigestDoor({ realm: 'DS-DEMO', ...LOGIN, now: () => clock.monotonic() }, (what) =>
      complaints.push(what),
    );
    login();
  });

  it('asks for a nonce once, and uses it with a growing count from then on', async () => {
    for (let turn = 0; turn < 5; turn += 1) expect(await ask()).toMatchObject({ status: 200 });
    expect(sent.length).toBe(6);
    expect(sent.slice(1).map(({ headers }) => /nc=(\w+)/.exec(headers?.['Authorization'] ?? '')?.[1])).toEqual([
      ...['00000001', '00000002', '00000003', '00000004', '00000005'],
    ]);
    expect(complaints).toEqual([]);
  });

  it('a login that fails in our own hands does not fail those behind it', async () => {
    next = () => {
      throw new Error('disk full');
    };
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('a command leaves at once where a nonce is known', async () => {
    await ask();
    sent = [];
    const pending = ask({ method: 'PUT' });
    expect(sent.length).toBe(1);
    await pending;
  });

  it('takes the new nonce when the old one is stale, whether or not the device says so', async () => {
    await ask();
    door.expire();
    expect(await ask()).toMatchObject({ status: 200 });
    next = () => ({
      ...{ status: 401, body: new Uint8Array() },
      headers: new Map([['www-authenticate', 'Digest realm="DS-DEMO", qop="auth", nonce="unknown"']]),
    });
    expect(await ask()).toMatchObject({ status: 200 });
    expect(door.badLogins).toBe(0);
    expect(told).toEqual([]);
  });

  it('many at once with a wrong password try it once, and nobody again for half an hour', async () => {
    login('wrong');
    const answers = await Promise.all([ask(), ask(), ask({ method: 'PUT' }), ask()]);
    expect(answers.every((answer) => 'failed' in answer && answer.failed === 'none')).toBe(true);
    expect(door.badLogins).toBe(1);
    await clock.advance(29 * 60_000);
    await ask();
    expect(door.badLogins).toBe(1);
    await clock.advance(2 * 60_000);
    await ask();
    expect(door.badLogins).toBe(2);
    expect(told.length).toBe(2);
    expect(told[0]).toContain('拒绝登录');
    expect(JSON.stringify([answers, told])).not.toContain('wrong');
  });

  it('a password that was changed at the device is tried at most twice', async () => {
    await ask();
    door = new DigestDoor({ realm: 'DS-DEMO', user: 'admin', password: 'new', now: () => clock.monotonic() }, () => {});
    expect(await ask()).toMatchObject({ failed: 'none' });
    await ask();
    expect(door.badLogins).toBe(2);
    expect(door.locked).toBe(false);
  });

  it('waits as long as a locked device says, and is content again when it is let in', async () => {
    for (let turn = 0; turn < 5; turn += 1) door.check('GET', '/', 'Digest username="x", response="y"');
    complaints.length = 0;
    await clock.advance(20 * 60_000);
    expect(await ask()).toMatchObject({ failed: 'none' });
    expect(told[0]).toContain('锁定');
    await clock.advance(9 * 60_000);
    expect(await ask()).toMatchObject({ failed: 'none' });
    expect(sent.length).toBe(1);
    await clock.advance(2 * 60_000);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(told.at(-1)).toBeNull();
    expect(complaints).toEqual([]);
  });

  it('passes failures on, and keeps to the time of the command', async () => {
    next = () => ({ failed: 'lost', detail: 'x' });
    expect(await ask()).toEqual({ failed: 'lost', detail: 'x' });
    next = async () => {
      await clock.advance(3_000);
      return {
        status: 401,
        headers: new Map([['www-authenticate', 'Digest realm="r", nonce="n"']]),
        body: new Uint8Array(),
      };
    };
    sent = [];
    expect(await ask({ leaveWithinMs: 2_000 })).toMatchObject({ failed: 'none' });
    expect(sent.length).toBe(1);
  });
});
