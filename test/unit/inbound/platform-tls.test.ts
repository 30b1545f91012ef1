import { rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConnectionCap } from '../../../electron/station/inbound/connection-cap.ts';
import { createHttpServer, listen } from '../../../electron/station/inbound/http-server.ts';
import { mountPlatforms, type PlatformRoutes } from '../../../electron/station/inbound/platform-routes.ts';
import type { ListenAt, PlatformInbound } from '../../../electron/station/platforms/platform.ts';
import { type Alarm, Alarms } from '../../../electron/station/runtime/alarms.ts';
import { selfSigned, TestAuthority, type TestCertificate } from '../../support/certificates.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 86_400_000;
let ours: TestAuthority;
beforeAll(() => {
  ours = new TestAuthority();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

let directory: string;
let certFile: string;
let keyFile: string;
beforeEach(() => {
  directory = tempDirectory();
  certFile = join(directory, 'park.pem');
  keyFile = join(directory, 'park.key');
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
});

const put = ({ cert, key }: Pick<TestCertificate, 'cert' | 'key'>): void => {
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

class Cloud implements PlatformInbound {
  readonly listen: ListenAt;
  calls = 0;
  constructor(port: number) {
    this.listen = { host: '127.0.0.1', port, tls: { certFile, keyFile } };
  }
  serves(): boolean {
    return true;
  }
  async handle(request: { readonly body: Uint8Array }) {
    this.calls += 1;
    return { status: 200, contentType: 'text/x-cloud', body: `${request.body.length} bytes` };
  }
}

interface World {
  readonly port: number;
  readonly cloud: Cloud;
  readonly clock: FakeClock;
  readonly alarms: Alarms;
  readonly log: ReturnType<typeof memoryLog>;
  readonly routes: PlatformRoutes;
  /** What was raised (`false`) and cleared (`true`), in order. */
  readonly told: readonly (readonly [string, boolean])[];
}

/** A platform with a listener and a certificate of its own; its clock starts now, because TLS itself goes by the real one. */
async function open(): Promise<World> {
  const port = await freePort();
  const clock = new FakeClock(Date.now());
  const log = memoryLog();
  const told: [string, boolean][] = [];
  const alarms = new Alarms(
    () => clock.now(),
    (alarm: Alarm, cleared) => told.push([String(alarm.figures?.['state'] ?? alarm.code), cleared]),
  );
  const cloud = new Cloud(port);
  const app = createHttpServer(log, clock);
  const routes = mountPlatforms(app, { platforms: [{ id: 'vanke', inbound: cloud }], clock, alarms, log });
  await listen(app, '127.0.0.1', 0);
  closers.push(() => app.close());
  closers.push(() => routes.close());
  await routes.start();
  return { port, cloud, clock, alarms, log, routes, told };
}

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Fingerprint of the certificate that was met, bare. */
  readonly met: string;
}

const post = (port: number, ca: string, body = 'abc'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = httpsRequest(
      { host: '127.0.0.1', port, method: 'POST', path: '/x/receiveOpenGate', ca, agent: false },
      (response) => {
        const { fingerprint256 } = connectionOf(response.socket);
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, text, headers: response.headers, met: bare(fingerprint256) }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

const connectionOf = (socket: Socket): { readonly fingerprint256: string } =>
  'getPeerCertificate' in socket && typeof socket.getPeerCertificate === 'function'
    ? socket.getPeerCertificate()
    : { fingerprint256: '' };
const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** The certificate that a new connection meets, whether it is to be trusted or not. */
const metAt = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(bare(socket.getPeerCertificate().fingerprint256));
      socket.destroy();
    });
    socket.on('error', reject);
  });

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** Lets a time pass, again and again, until it has had its effect: files are read in time of their own. */
const passing = (world: World, ms: number, what: string, probe: () => boolean | Promise<boolean>) =>
  until(what, async () => {
    await world.clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return probe();
  });

const alarm = (world: World) => world.alarms.list().find(({ code }) => code === 'platform-certificate');

describe('a listener with a certificate', () => {
  test('speaks TLS to whoever trusts it, and sends pictures as what they are', async () => {
    put(ours.issue());
    const world = await open();
    const answer = await post(world.port, ours.cert);
    expect(answer).toMatchObject({ status: 200, text: '3 bytes' });
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(world.alarms.list()).toEqual([]);
    await expect(post(world.port, new TestAuthority('Other').cert)).rejects.toThrow();
    await world.routes.close();
    expect(await isListening(world.port)).toBe(false);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('does not speak %s', async (version) => {
    put(selfSigned());
    const { port } = await open();
    const failed = await new Promise<boolean>((resolve) => {
      const socket = connectTls({
        ...{ host: '127.0.0.1', port, rejectUnauthorized: false, ciphers: 'DEFAULT:@SECLEVEL=0' },
        ...{ minVersion: version, maxVersion: version },
      });
      socket.once('secureConnect', () => resolve(false)).once('error', () => resolve(true));
      closers.push(() => socket.destroy());
    });
    expect(failed).toBe(true);
  });

  test('gives plain HTTP nothing, is not harmed by it, and answers no defect of TLS in the clear', async () => {
    put(ours.issue());
    const { port, cloud, log } = await open();
    for (const first of [
      'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc',
      '\x16\x03\x01\xff\xff junk',
      '\0'.repeat(600),
    ]) {
      const heard = await new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(first));
        socket.setTimeout(500, () => socket.end());
        socket.on('data', (part) => (text += part.toString('latin1')));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(text));
      });
      expect(heard).not.toMatch(/HTTP|Bad Request/);
    }
    expect(cloud.calls).toBe(0);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await post(port, ours.cert)).toMatchObject({ status: 200 });
  });

  test('inside TLS the limits are those of the plain one', async () => {
    put(ours.issue());
    const { port, cloud } = await open();
    expect(await post(port, ours.cert, 'x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 });
    const garbage = await new Promise<string>((resolve, reject) => {
      const socket = connectTls({ host: '127.0.0.1', port, ca: ours.cert }, () =>
        socket.write('no HTTP at all\r\n\r\n'),
      );
      socket.on('data', (part) => resolve(part.toString()));
      socket.on('error', reject);
    });
    expect(garbage).toMatch(/^HTTP\/1\.1 400 /);
    expect(cloud.calls).toBe(0);
  });

  test('cuts off a handshake that is not finished, also one that trickles, and headers that trickle inside TLS', {
    timeout: 20_000,
  }, async () => {
    put(selfSigned());
    const { port, cloud } = await open();
    /** How long a socket was borne that sends a little now and then, or nothing. */
    const borne = (socket: Socket, drip?: string) =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 500);
        socket.on('error', () => undefined).resume();
        socket.on('close', () => {
          clearInterval(timer);
          resolve(performance.now() - began);
        });
        closers.push(() => socket.destroy());
      });
    const plain = (drip?: string) => {
      const socket = connect(port, '127.0.0.1');
      // The head of a ClientHello of 512 bytes, which never become complete.
      socket.write(Buffer.from('160301020001000200', 'hex').subarray(0, 5));
      return borne(socket, drip);
    };
    const inside = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false }, () =>
      inside.write('POST /x HTTP/1.1\r\n'),
    );
    // At once, because each is a wait for a limit of five seconds.
    for (const ms of await Promise.all([plain(), plain('\x01'), borne(inside, 'x: y\r\n')])) {
      expect(ms).toBeGreaterThan(3_000);
      expect(ms).toBeLessThan(9_000);
    }
    expect(cloud.calls).toBe(0);
  });

  test('counts connections of an address from their first byte on, also those that never speak TLS', async () => {
    const app = createHttpServer(memoryLog(), new FakeClock(), {
      cap: new ConnectionCap({ each: 1, loopback: 3 }),
      tls: selfSigned(),
    });
    app.get('/hello', async () => 'hello');
    const { port } = new URL(await listen(app, '127.0.0.1', 0));
    closers.push(() => app.close());
    const silent = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        closers.push(() => socket.destroy());
        await new Promise((resolve) => socket.once('connect', resolve));
        return socket;
      }),
    );
    await until('all are counted', async () => (await connections(app)) === 3);
    await expect(metAt(Number(port))).rejects.toThrow();
    for (const socket of silent) socket.destroy();
    await until('they are gone', async () => (await connections(app)) === 0);
    // And every handshake gives its place back, also one that fails.
    for (let n = 0; n < 5; n += 1) {
      await metAt(Number(port));
      await new Promise((resolve) =>
        connect(Number(port), '127.0.0.1', function (this: Socket) {
          this.end('junk');
        })
          .once('close', resolve)
          .on('error', () => undefined)
          .resume(),
      );
      await until('gone', async () => (await connections(app)) === 0);
    }
  });
});

const connections = (app: ReturnType<typeof createHttpServer>): Promise<number> =>
  new Promise((resolve, reject) => {
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

describe('a certificate that cannot be used', () => {
  const other = () => selfSigned({ ownKey: true });
  test.each<[string, () => void, RegExp]>([
    ['missing', () => undefined, /证书文件读不到：.*park\.pem（没有这个文件）/],
    [
      'its key missing',
      () => writeFileSync(certFile, selfSigned().cert),
      /私钥文件读不到：.*park\.key（没有这个文件）/,
    ],
    ['no certificate', () => put({ cert: 'no PEM', key: selfSigned().key }), /证书文件里没有 PEM 证书/],
    [
      'no key',
      () => put({ cert: selfSigned().cert, key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n' }),
      /没有 PEM 私钥/,
    ],
    ['files swapped', () => put({ cert: selfSigned().key, key: selfSigned().cert }), /证书文件里没有 PEM 证书/],
    ['of another key', () => put({ cert: selfSigned().cert, key: other().key }), /私钥与证书不是一对/],
    ['expired', () => put(selfSigned({ until: Date.now() - DAY_MS })), /证书已于 .* 到期/],
    ['not yet valid', () => put(selfSigned({ from: Date.now() + DAY_MS })), /才有效，请核对本机日期/],
    [
      'a folder',
      () => {
        certFile = directory;
      },
      /证书文件不是 PEM 文件/,
    ],
  ])('%s: an alarm, no listener, never plain HTTP, and tried again', async (_what, prepare, words) => {
    prepare();
    const world = await open();
    expect(alarm(world)).toMatchObject({
      ...{ subject: 'vanke', severity: 'alarm', detail: expect.stringMatching(words) },
      figures: { state: 'closed', host: '127.0.0.1', port: world.port },
    });
    expect(await isListening(world.port)).toBe(false);
    expect(JSON.stringify([world.log.lines, world.alarms.list()])).not.toContain('PRIVATE KEY');
    if (certFile === directory) return;
    put(ours.issue());
    await passing(world, 30_000, 'it is opened', () => isListening(world.port));
    await until('the alarm ends', () => alarm(world) === undefined);
    expect(await post(world.port, ours.cert)).toMatchObject({ status: 200 });
    expect(world.told).toEqual([
      ['closed', false],
      ['closed', true],
    ]);
  });

  test('a station that stops meanwhile does not come back for it', async () => {
    const world = await open();
    await world.routes.close();
    put(selfSigned());
    await world.clock.advance(120_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await isListening(world.port)).toBe(false);
  });
});

describe('a certificate that is renewed', () => {
  test('is taken without a restart; connections that are open stay', async () => {
    const [first, second] = [ours.issue(), ours.issue({ ownKey: true })];
    put(first);
    const world = await open();
    expect((await post(world.port, ours.cert)).met).toBe(first.fingerprint);
    const held = connectTls({ host: '127.0.0.1', port: world.port, ca: ours.cert });
    closers.push(() => held.destroy());
    await new Promise((resolve) => held.once('secureConnect', resolve));
    put(second);
    await passing(world, 60_000, 'the new one is shown', async () => (await metAt(world.port)) === second.fingerprint);
    expect(await post(world.port, ours.cert)).toMatchObject({ status: 200, met: second.fingerprint });
    held.write('GET /x HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await new Promise((resolve) => held.once('data', (part) => resolve(part.toString())))).toMatch(/ 200 OK/);
    expect(world.told).toEqual([]);
  });

  test('and broken keeps the one before and is an alarm, until it is put right', async () => {
    const first = ours.issue();
    put(first);
    const world = await open();
    writeFileSync(certFile, 'half a fi');
    await passing(world, 60_000, 'it is told', () => alarm(world) !== undefined);
    expect(alarm(world)).toMatchObject({
      severity: 'alarm',
      detail: expect.stringMatching(/HTTPS 证书文件不能使用：.*仍在用原来的证书/),
      figures: { state: 'kept' },
    });
    expect(await post(world.port, ours.cert)).toMatchObject({ status: 200, met: first.fingerprint });
    const second = ours.issue({ ownKey: true });
    put(second);
    await passing(world, 60_000, 'the alarm ends', () => alarm(world) === undefined);
    expect(await post(world.port, ours.cert)).toMatchObject({ met: second.fingerprint });
  });

  test('one file before the other alarms nobody within the minute', async () => {
    put(ours.issue());
    const world = await open();
    const second = ours.issue({ ownKey: true });
    writeFileSync(certFile, second.cert);
    await world.clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    writeFileSync(keyFile, second.key);
    await passing(world, 60_000, 'the new one is shown', async () => (await metAt(world.port)) === second.fingerprint);
    expect(world.told).toEqual([]);
  });
});

describe('a certificate that ends', () => {
  test.each([
    [22, undefined],
    [20, 'warning'],
  ])('in %i days: %s', async (days, severity) => {
    put(selfSigned({ until: Date.now() + days * DAY_MS }));
    const world = await open();
    expect(alarm(world)?.severity).toBe(severity);
    if (severity)
      expect(alarm(world)).toMatchObject({ figures: { state: 'ending', until: expect.stringMatching(/^\d{4}-/) } });
    expect(await isListening(world.port)).toBe(true);
  });

  test('is warned of while it runs, is an alarm when it is over, and is served on all the same', async () => {
    const ending = ours.issue({ until: Date.now() + 30 * DAY_MS });
    put(ending);
    const world = await open();
    expect(alarm(world)).toBeUndefined();
    world.clock.jumpWall(10 * DAY_MS);
    await passing(world, 60_000, 'the warning', () => alarm(world)?.severity === 'warning');
    world.clock.jumpWall(21 * DAY_MS);
    await passing(world, 60_000, 'the alarm', () => alarm(world)?.severity === 'alarm');
    expect(alarm(world)).toMatchObject({ figures: { state: 'ended' } });
    expect(await metAt(world.port)).toBe(ending.fingerprint);
    put(ours.issue({ until: Date.now() + 400 * DAY_MS }));
    await passing(world, 60_000, 'the alarm ends', () => alarm(world) === undefined);
    expect(world.told).toEqual([
      ['ending', false],
      ['ending', true],
      ['ended', false],
      ['ended', true],
    ]);
  });
});
