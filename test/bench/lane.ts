import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fdatasyncSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openStation } from '../../electron/station/station.ts';
import { configure } from '../../electron/station/store/database.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempDirectory } from '../support/temp-store.ts';
import { percentile, report } from './report.ts';

/**
 * From plate to barrier command, through the real camera port and the real store, beside the least that any durable answer
 * costs: the same request to a bare server that appends 4 KiB and calls fdatasync, and to one that commits one row with the settings of
 * the station's database. All in turn, from another process, so that noise hits all. Prints milliseconds and ratios; the
 * ratios are what counts.
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
  const db = new Database(join(directory, 'bare.db'));
  configure(db);
  db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO bare (body) VALUES (?)');
  const row = 'x'.repeat(1000);
  const bare = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/commit') insert.run(row);
      else {
        writeSync(file, block, 0, block.length, written++ * block.length);
        fdatasyncSync(file);
      }
      response.end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const barePort = (bare.address() as AddressInfo).port;
  const child = fork(fileURLToPath(import.meta.url), [
    String(cars),
    String(photoBytes),
    `${station.url}/devices/vzenith-http`,
    `http://127.0.0.1:${barePort}`,
  ]);
  const [result] = (await once(child, 'message')) as [{ lane: number[]; fsync: number[]; commit: number[] }];
  process.stdout.write(`${cars} cars, photo of ${photoBytes} bytes\n`);
  for (const share of [0.5, 0.99]) {
    const [lane, fsync, commit] = [result.lane, result.fsync, result.commit].map((values) => percentile(values, share));
    if (lane === undefined || fsync === undefined || commit === undefined) throw new Error('no figures');
    const name = `p${share * 100}`;
    process.stdout.write(
      `${name}: lane ${lane.toFixed(2)} ms, bare fsync ${fsync.toFixed(2)} ms (${(lane / fsync).toFixed(2)}), bare commit ${commit.toFixed(2)} ms (${(lane / commit).toFixed(2)})\n`,
    );
    report(`plate to committed decision, ${name}`, lane / commit, 'x one bare commit');
    report(`plate to committed decision beside fdatasync, ${name}`, lane / fsync, 'x one bare fdatasync');
  }
  bare.close();
  db.close();
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
  const result = { lane: [] as number[], fsync: [] as number[], commit: [] as number[] };
  const kinds = [
    ['lane', laneUrl],
    ['fsync', `${bareUrl}/fsync`],
    ['commit', `${bareUrl}/commit`],
  ] as const;
  for (let id = 1; id <= cars; id += 1) {
    const body = push(id);
    // Each comes first as often as the others: the one after a lane's decision meets its afterwork.
    for (let turn = 0; turn < kinds.length; turn += 1) {
      const [kind, url] = kinds[(id + turn) % kinds.length] ?? kinds[0];
      const took = await timed(url, body);
      // The first requests open connections and warm the code up; they are not a lane's daily life.
      if (id > 50) result[kind].push(took);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.send?.(result);
  process.disconnect();
}
