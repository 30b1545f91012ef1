import { rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStation, type Station } from '../../../electron/station/station.ts';
import { TestAuthority } from '../../support/certificates.ts';
import { provision } from '../../support/provision.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';
import { bankForm, settingsInput } from '../platforms/cmb/support.ts';
import { platformSays, settingsInput as vankeInput } from '../platforms/vanke/support.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A whole station with the bank as its platform. */
const open = (cmb: Readonly<Record<string, unknown>>): Promise<Station> => openWith({ cmb: settingsInput(cmb) });

async function openWith(platforms: Readonly<Record<string, unknown>>): Promise<Station> {
  const directory = tempDirectory();
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const provisionFile = join(directory, 'provision.json');
  writeFileSync(provisionFile, JSON.stringify({ ...provision(), platforms }));
  const station = await openStation({
    ...{ dataDirectory: directory, host: '127.0.0.1', port: 0, provisionFile, demo: false, version: '0' },
    log: memoryLog(),
  });
  closers.push(() => station.stop());
  return station;
}

const ask = async (url: string) => {
  const body = bankForm({ vpl_number: '京B00001' });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(`${url}/prefix/cmbParking/calc`, { method: 'POST', body, headers });
  return { http: response.status, body: await response.json() };
};

const NO_RECORD = { http: 200, body: { status: 2, data: { vpl_number: '京B00001' } } };

/** Somebody else on a port of this PC. */
function squat(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      resolve({ server, port: address.port });
    });
  });
}

test('the station serves the bank on its own port', async () => {
  const station = await open({});
  expect(await ask(station.url)).toMatchObject(NO_RECORD);
});

test('or on another one, and there only', async () => {
  const { server, port } = await squat();
  await new Promise((resolve) => server.close(resolve));
  const station = await open({ downlink: { host: '127.0.0.1', port } });
  expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject(NO_RECORD);
  expect((await ask(station.url)).http).toBe(404);
  await station.stop();
  await expect(ask(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

test('a port that is taken keeps no lane from working', async () => {
  const { server, port } = await squat();
  closers.push(() => server.close());
  const station = await open({ downlink: { host: '127.0.0.1', port } });
  const health = await (await fetch(`${station.url}/api/v1/health`)).json();
  expect(health).toMatchObject({
    status: 'degraded',
    checks: [
      { name: 'database', ok: true },
      { name: 'alarms', ok: false },
    ],
  });
});

/** A call over TLS to a listener of this PC. */
const callOver = (at: { port: number; ca: string }, method: string, path: string, body = '') =>
  new Promise<{ readonly status: number | undefined; readonly type: string | undefined; readonly text: string }>(
    (resolve, reject) => {
      const request = httpsRequest({ ...at, host: '127.0.0.1', method, path, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, type: response.headers['content-type'], text }),
        );
      });
      request.on('error', reject);
      request.end(body);
    },
  );

async function tlsListener() {
  const { server, port } = await squat();
  await new Promise((resolve) => server.close(resolve));
  const directory = tempDirectory();
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const files = { certFile: join(directory, 'park.pem'), keyFile: join(directory, 'park.key') };
  return { port, files, settings: { downlink: { host: '127.0.0.1', port, tls: files } } };
}

test('a platform is heard over TLS; its pictures are not subject to where its requests may come from', {
  timeout: 30_000,
}, async () => {
  const authority = new TestAuthority();
  const { port, files, settings } = await tlsListener();
  const { cert, key } = authority.issue();
  writeFileSync(files.certFile, cert);
  writeFileSync(files.keyFile, key);
  const station = await openWith({ vanke: vankeInput({ ...settings, security: { allow: ['203.0.113.0/24'] } }) });
  const at = { port, ca: authority.cert };
  const called = await callOver(at, 'POST', '/vanke/checkConnect', platformSays({}, Date.now()));
  expect([called.status, JSON.parse(called.text)]).toMatchObject([
    200,
    { respCode: '1', respDesc: '来源地址不在允许范围' },
  ]);
  const guessed = await callOver(at, 'GET', `/vankePhoto/cGhfMQ.9999999999.${'A'.repeat(43)}.jpg`);
  expect(guessed).toEqual({ status: 404, type: 'text/plain; charset=utf-8', text: '没有这张图片' });
  await expect(fetch(`http://127.0.0.1:${port}/vanke/checkConnect`)).rejects.toThrow();
  await station.stop();
  await expect(callOver(at, 'GET', '/')).rejects.toThrow();
});

test('a certificate that is not there keeps no lane from working', { timeout: 30_000 }, async () => {
  const { port, settings } = await tlsListener();
  const station = await openWith({ vanke: vankeInput(settings) });
  expect(await (await fetch(`${station.url}/api/v1/health`)).json()).toMatchObject({
    status: 'degraded',
    checks: [
      { name: 'database', ok: true },
      { name: 'alarms', ok: false },
    ],
  });
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});
