import { rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createServer as createTcp, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vanke } from '../../../../electron/station/platforms/vanke/index.ts';
import { selfSigned, TestAuthority, type TestCertificate } from '../../../support/certificates.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { tempDirectory } from '../../../support/temp-store.ts';
import { settings } from './support.ts';

let ours: TestAuthority;
let caFile: string;
let directory: string;
beforeAll(() => {
  ours = new TestAuthority();
});

const closers: (() => unknown)[] = [];
beforeEach(() => {
  directory = tempDirectory();
  caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, ours.cert);
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

let requests = 0;
async function portOf(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
const cloud = async ({ cert, key }: TestCertificate): Promise<string> => {
  requests = 0;
  const port = await portOf(
    createServer({ cert, key }, (_request, response) => {
      requests += 1;
      response.end();
    }),
  );
  return `https://localhost:${port}/parking`;
};

const test = async (baseUrl: string, http: Readonly<Record<string, unknown>> = {}) => {
  const deps = { clock: new FakeClock(), log: memoryLog(), ids: { next: (prefix: string) => `${prefix}_1` } };
  const chosen = settings({ baseUrl, http });
  return (await vanke.test?.(chosen, { ...deps, signal: AbortSignal.timeout(5000) })) ?? [];
};
const outcomes = (steps: Awaited<ReturnType<typeof test>>) => steps.map(({ step, outcome }) => `${step} ${outcome}`);
const detailOf = (steps: Awaited<ReturnType<typeof test>>, name: string) =>
  steps.find(({ step }) => step === name)?.detail;
const asShown = (hex: string): string => hex.toUpperCase().replace(/(..)(?=.)/g, '$1:');

const REFUSED = ['address ok', 'tcp ok', 'tls failed', 'http skipped'];

describe('the connection test', () => {
  it('goes as far as a proved connection, shows what it met, and sends nothing', async () => {
    const good = ours.issue({ until: Date.UTC(2040, 0, 1) });
    const steps = await test(await cloud(good), { caFile });
    expect(outcomes(steps)).toEqual(['address ok', 'tcp ok', 'tls ok', 'http skipped']);
    expect(detailOf(steps, 'tls')).toBe(`对方证书有效至 2040-01-01，SHA-256 指纹 ${asShown(good.fingerprint)}`);
    expect(detailOf(steps, 'http')).toMatch(/^没有发送/);
    expect(requests).toBe(0);
  });

  it('shows the fingerprint of a certificate that it refuses; pasted into the setting, it passes', async () => {
    const own = selfSigned();
    const url = await cloud(own);
    const refused = await test(url);
    expect(outcomes(refused)).toEqual(REFUSED);
    expect(detailOf(refused, 'tls')).toMatch(/^对方使用自签证书/);
    const [fingerprint] = /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(detailOf(refused, 'tls') ?? '') ?? [];
    expect(outcomes(await test(url, { fingerprint }))).toEqual(['address ok', 'tcp ok', 'tls ok', 'http skipped']);
  });

  it.each<[string, () => TestCertificate, RegExp]>([
    [
      'for another name',
      () => ours.issue({ names: ['elsewhere.example'] }),
      /^证书与域名不符（ERR_TLS_CERT_ALTNAME_INVALID）；/,
    ],
    ['expired', () => ours.issue({ until: Date.UTC(2020, 5, 1) }), /^对方证书已过期.*有效至 2020-06-01/],
    ['of somebody else', () => new TestAuthority('Other').issue(), /^对方证书(无法验证|的签发者)/],
  ])('tells a certificate %s', async (_what, make, words) => {
    const steps = await test(await cloud(make()), { caFile });
    expect(outcomes(steps)).toEqual(REFUSED);
    expect(detailOf(steps, 'tls')).toMatch(words);
  });

  it('tells a pin that does not fit', async () => {
    const steps = await test(await cloud(ours.issue()), { fingerprint: '0'.repeat(64) });
    expect(outcomes(steps)).toEqual(REFUSED);
    expect(detailOf(steps, 'tls')).toMatch(/^证书指纹不符：.*SHA-256 指纹/);
  });

  it('says of an address without TLS that nothing is encrypted, and of a CA file that is gone which setting it is', async () => {
    const port = await portOf(createPlain());
    const plain = await test(`http://127.0.0.1:${port}`);
    expect(outcomes(plain)).toEqual(['address ok', 'tcp ok', 'tls skipped', 'http skipped']);
    expect(detailOf(plain, 'tls')).toMatch(/^未加密/);
    const gone = await test(await cloud(ours.issue()), { caFile: join(directory, 'gone.pem') });
    expect(detailOf(gone, 'tls')).toMatch(/vanke\.http\.caFile/);
  });

  it('stops at a port where nobody listens, and at one that speaks no TLS', async () => {
    const server = createTcp();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const closed = await test(`https://127.0.0.1:${port}`);
    expect(outcomes(closed)).toEqual(['address ok', 'tcp failed', 'tls skipped', 'http skipped']);
    expect(detailOf(closed, 'http')).toBe('');
    const talks = await portOf(
      createTcp((socket) =>
        socket
          .on('error', () => undefined)
          .resume()
          .end('HTTP/1.1 400 no\r\n\r\n'),
      ),
    );
    expect(outcomes(await test(`https://127.0.0.1:${talks}`))).toEqual(REFUSED);
  });
});
