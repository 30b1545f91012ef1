import { createSecureServer } from 'node:http2';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpClient } from '../../../electron/station/platforms/http-client.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { selfSigned, TestAuthority, type TestCertificate } from '../../support/certificates.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 86_400_000;
let ours: TestAuthority;
let good: TestCertificate;
beforeAll(() => {
  ours = new TestAuthority();
  good = ours.issue();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
});

/** What came out of TLS, as bytes and as requests. */
let bytes: number;
let requests: number;
/** Handshakes that took up an earlier session. */
let resumed: number;
beforeEach(() => {
  bytes = 0;
  requests = 0;
  resumed = 0;
});

interface Served {
  readonly server: Server;
  readonly port: number;
  url(host?: string): string;
}

async function serve(
  { cert, key }: TestCertificate,
  options: { readonly minVersion?: 'TLSv1.2'; readonly maxVersion?: 'TLSv1.2' } = {},
): Promise<Served> {
  const server = createServer({ cert, key, ...options }, (request, response) => {
    requests += 1;
    request.resume();
    request.on('end', () => response.end('answer'));
  });
  server.on('secureConnection', (socket) => {
    if (socket.isSessionReused()) resumed += 1;
    socket.on('data', (part) => (bytes += part.length));
  });
  // Whoever does not like the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: (host = 'localhost') => `https://${host}:${port}/api` };
}

const timeouts = { connectMs: 2000, headersMs: 2000, bodyMs: 2000, totalMs: 4000 };
function client(baseUrl: string, trust: { readonly ca?: string; readonly fingerprint?: string } = {}): HttpClient {
  const made = new HttpClient({ baseUrl, timeouts, clock: new SystemClock(), connections: 2, ...trust });
  closers.push(() => made.close());
  return made;
}
const post = (made: HttpClient) =>
  made.post(
    { path: '/upload', headers: { 'content-type': 'text/plain' }, body: 'a secret of the car park' },
    new AbortController().signal,
  );

const colons = (hex: string): string => hex.toUpperCase().replace(/(..)(?=.)/g, '$1:');
const OTHER = 'ab'.repeat(32);

/** Refused for this, and certainly before anything of the request left: also by what the server counted. */
async function expectRefused(made: HttpClient, reason: string | RegExp): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const result = await post(made);
    expect(result).toMatchObject({ kind: 'failed', maybeArrived: false, reason: expect.stringMatching(reason) });
  }
  await made.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect({ requests, bytes }).toEqual({ requests: 0, bytes: 0 });
}

describe('the certificate of a server', () => {
  it.each(['localhost', '127.0.0.1'])('of an authority that is trusted passes at %s', async (host) => {
    const { url } = await serve(good);
    expect(await post(client(url(host), { ca: ours.cert }))).toMatchObject({ kind: 'answered', text: 'answer' });
  });

  it.each<[string, () => TestCertificate, RegExp]>([
    ['wrong name', () => ours.issue({ names: ['park.example'] }), /^证书与域名不符/],
    ['expired', () => ours.issue({ until: Date.now() - DAY_MS }), /^对方证书已过期/],
    ['not yet valid', () => ours.issue({ from: Date.now() + DAY_MS }), /^对方证书尚未生效/],
    ['of another authority', () => new TestAuthority('Another').issue(), /^对方证书(无法验证|的签发者不受信任)/],
    // The name alone makes nobody one who vouches.
    ['of another authority of the same name', () => new TestAuthority().issue(), /^对方证书/],
    ['self-signed', () => selfSigned(), /^对方使用自签证书/],
  ])('%s: refused, with and without a CA file', async (_what, make, reason) => {
    const { url } = await serve(make());
    await expectRefused(client(url(), { ca: ours.cert }), reason);
    await expectRefused(client(url()), /^(对方|证书)/);
  });

  it('of an authority that nobody named is refused', async () => {
    const { url } = await serve(good);
    await expectRefused(client(url()), /^对方证书/);
  });

  it('is asked for whatever the environment of the process says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { url } = await serve(selfSigned());
    await expectRefused(client(url()), /^对方使用自签证书/);
  });

  it('is proved before sending on a connection that breaks in the middle of the handshake, too', async () => {
    const { server, url } = await serve(good);
    server.prependListener('connection', (socket) => socket.destroy());
    await expectRefused(client(url(), { ca: ours.cert }), /./);
  });
});

it('is spoken to with one request to a connection, also where the server could do otherwise', async () => {
  const versions: string[] = [];
  const server = createSecureServer({ ...good, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    response.end('answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const made = client(`https://localhost:${port}`, { ca: ours.cert });
  expect(await post(made)).toMatchObject({ kind: 'answered', text: 'answer' });
  expect(versions).toEqual(['1.1']);
});

describe('a pinned certificate', () => {
  it.each<[string, (hex: string) => string]>([
    ['lower case', (hex) => hex],
    ['upper case', (hex) => hex.toUpperCase()],
    ['colons', colons],
  ])('passes, self-signed, for another name and out of date as it may be (%s)', async (_how, spelt) => {
    const certificate = selfSigned({ names: ['somewhere.example'], until: Date.now() - DAY_MS });
    const { url } = await serve(certificate);
    const made = client(url(), { fingerprint: spelt(certificate.fingerprint) });
    expect(await post(made)).toMatchObject({ kind: 'answered', text: 'answer' });
  });

  it('is the only one: every other is refused, and named', async () => {
    const { url } = await serve(selfSigned());
    await expectRefused(client(url(), { fingerprint: OTHER }), /^证书指纹不符.*([0-9A-F]{2}:){31}/);
  });

  it('is not outweighed by an authority', async () => {
    const { url } = await serve(good);
    await expectRefused(client(url(), { ca: ours.cert, fingerprint: OTHER }), /^证书指纹不符/);
  });

  it.each([{}, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }] as const)(
    'is looked at on every connection: a server that changed its certificate gets nothing more (%j)',
    async (versions) => {
      const first = selfSigned();
      const { server, url } = await serve(first, versions);
      const made = client(url(), { fingerprint: first.fingerprint });
      expect(await post(made)).toMatchObject({ kind: 'answered' });
      server.closeAllConnections();
      await until('the connection is counted', () => bytes > 0);
      expect(await post(made)).toMatchObject({ kind: 'answered' });
      expect(resumed).toBe(0);
      server.setSecureContext(selfSigned());
      server.closeAllConnections();
      await until('both are counted', () => requests === 2);
      await new Promise((resolve) => setTimeout(resolve, 50));
      bytes = 0;
      requests = 0;
      await expectRefused(made, /^证书指纹不符/);
    },
  );

  it('keeps its connections for the next requests', async () => {
    const certificate = selfSigned();
    const { server, url } = await serve(certificate);
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const made = client(url(), { fingerprint: certificate.fingerprint });
    for (let n = 0; n < 8; n += 1) expect(await post(made)).toMatchObject({ kind: 'answered' });
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('a URL without TLS', () => {
  it('is spoken to in the clear, and no pin is looked for', async () => {
    const { createServer: plain } = await import('node:http');
    const server = plain((_request, response) => response.end('plain'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const made = client(`http://127.0.0.1:${port}`, { fingerprint: OTHER });
    expect(await post(made)).toMatchObject({ kind: 'answered', text: 'plain' });
    // And with TLS never falls back to it.
    const secure = client(`https://127.0.0.1:${port}`, { fingerprint: OTHER });
    expect(await post(secure)).toMatchObject({
      kind: 'failed',
      maybeArrived: false,
      reason: expect.stringContaining('不是 HTTPS'),
    });
  });
});
