import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fdatasyncSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStation } from '../../electron/station/station.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempDirectory } from '../support/temp-store.ts';

/**
 * From plate to barrier command, through the real camera port and the real store, beside the least that any durable answer
 * costs: the same request to a bare server that appends 4 KiB and calls fdatasync. Both in turn, from another process, so that
 * noise hits both. Prints milliseconds and ratios; the ratios are what counts.
 *
 * Usage: npm run bench -- [cars] [photo bytes]
 */
const cars = Number(process.argv[2] ?? 400);
const photoBytes = Number(process.argv[3] ?? 0);

if (process.send) await client();
else await bench();

async function bench(): Promise<void> {
  const directory = tempDirectory();
  const provision = join(directory, 'provision.json');
  writeFileSync(
    provision,
    JSON.stringify({
      site: { code: '1001', name: 'bench', totalSpaces: 100_000, openSpaces: 100_000 },
      areas: [{ id: 'a1', code: 1, name: 'a', spaces: 100_000 }],
      lanes: [{ id: 'in1', name: 'in', direction: 'in', number: 1, area: 'a1', camera: 'cam' }],
      devices: [{ id: 'cam', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'SN' } }],
    }),
  );
  const station = await openStation({
    dataDirectory: join(directory, 'data'),
    host: '127.0.0.1',
    port: 0,
    provisionFile: provision,
    demo: false,
    version: 'bench',
    log: memoryLog(),
  });
  const file = openSync(join(directory, 'bare'), 'w');
  const block = Buffer.alloc(4096);
  let written = 0;
  const bare = createServer((request, response) => {
    request.resume().on('end', () => {
      writeSync(file, block, 0, block.length, written++ * block.length);
      fdatasyncSync(file);
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const barePort = (bare.address() as AddressInfo).port;
  const child = fork(fileURLToPath(import.meta.url), [
    String(cars),
    String(photoBytes),
    `${station.url}/devices/vzenith-http`,
    `http://127.0.0.1:${barePort}/`,
  ]);
  const [result] = (await once(child, 'message')) as [{ lane: number[]; bare: number[] }];
  const at = (values: number[], share: number): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
  const line = (name: string, share: number): string =>
    `${name}: lane ${at(result.lane, share).toFixed(2)} ms, bare fsync ${at(result.bare, share).toFixed(2)} ms, ratio ${(at(result.lane, share) / at(result.bare, share)).toFixed(2)}`;
  process.stdout.write(`${cars} cars, photo of ${photoBytes} bytes\n${line('p50', 0.5)}\n${line('p99', 0.99)}\n`);
  bare.close();
  await station.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function client(): Promise<void> {
  const [laneUrl, bareUrl] = process.argv.slice(4);
  if (!laneUrl || !bareUrl) throw new Error('no addresses');
  const photo =
    photoBytes > 0
      ? Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(photoBytes), Buffer.from([0xff, 0xd9])]).toString(
          'base64',
        )
      : '';
  const push = (id: number): string =>
    JSON.stringify({
      AlarmInfoPlate: {
        serialno: 'SN',
        result: {
          PlateResult: {
            license: `鲁B${String(10_000 + id)}`,
            colorType: 1,
            type: 1,
            plateid: id,
            isoffline: 0,
            triggerType: 1,
            confidence: 99,
            imageFile: photo,
          },
        },
      },
    });
  const timed = async (url: string, body: string): Promise<number> => {
    const start = performance.now();
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await response.text();
    if (url === laneUrl && !text.includes('"ok"')) throw new Error(`not opened: ${text}`);
    return performance.now() - start;
  };
  const result = { lane: [] as number[], bare: [] as number[] };
  for (let id = 1; id <= cars; id += 1) {
    const body = push(id);
    const lane = await timed(laneUrl, body);
    const bare = await timed(bareUrl, body);
    // The first requests open connections and warm the code up; they are not a lane's daily life.
    if (id > 50) {
      result.lane.push(lane);
      result.bare.push(bare);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.send?.(result);
  process.disconnect();
}
