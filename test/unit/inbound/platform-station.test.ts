import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStation, type Station } from '../../../electron/station/station.ts';
import { provision } from '../../support/provision.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';
import { bankForm, settingsInput } from '../platforms/cmb/support.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A whole station with the bank as its platform. */
async function open(cmb: Readonly<Record<string, unknown>>): Promise<Station> {
  const directory = tempDirectory();
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const provisionFile = join(directory, 'provision.json');
  writeFileSync(provisionFile, JSON.stringify({ ...provision(), platforms: { cmb: settingsInput(cmb) } }));
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
