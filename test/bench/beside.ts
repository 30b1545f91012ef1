import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDatabase } from '../../electron/station/store/database.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { createKeys, startQingdaoPlatform } from '../peers/qingdao/index.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { insertStays, pastStays } from '../support/history.ts';
import { ACCESS_ID, ENTRY_SERIAL, PARKING_CODE, provision } from '../support/provision.ts';
import { StationProcess, stablePort, tempDirectory } from '../support/station-process.ts';
import { until } from '../support/until.ts';
import { percentile, report } from './report.ts';

/**
 * The lane while something large runs beside it: a backup, practice, a month's report, a day's reconciliation. A car drives in again and
 * again; each kind of work is laid beside cars that come while nothing else happens, before and after it in the same run. Prints the
 * ratios, and how long the station's thread worked at most without a turn for a lane.
 *
 * Usage: node test/bench/beside.ts [stays in the database] [cars that went through its journal] [names of works]
 */
const stays = Number(process.argv[2] ?? 300_000);
const cars = Number(process.argv[3] ?? 800);
const wanted = process.argv.slice(4);
const anything = z.unknown();
const run = z.looseObject({ id: z.string(), state: z.string() });

const turns = new URL('./turns.ts', import.meta.url).href;
const data = tempDirectory();
const [port, turnsPort] = [await stablePort(), await stablePort()];
const keys = createKeys();
const city = await startQingdaoPlatform({ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE });
const site = { totalSpaces: 100_000, openSpaces: 100_000 };
const start = { data, port, env: { NODE_OPTIONS: `--import ${turns}`, BENCH_TURNS_PORT: String(turnsPort) } };

const filling = await StationProcess.start({ ...start, provision: provision({ port, site, qingdao: { city, keys } }) });
await filling.sigterm();
const db = openDatabase(join(data, 'gatehouse.db'));
insertStays(db, pastStays(stays, 40_000));
db.close();

const station = await StationProcess.start(start);
const camera = new VzenithCamera({ serialno: ENTRY_SERIAL, ipaddr: '192.168.1.101', url: station.cameraUrl });
const image = jpegOfSize(150_000);
let count = 0;
const drive = async (): Promise<number> => {
  count += 1;
  const pushed = await camera.push(`鲁B${String(count).padStart(5, '0')}`, { image });
  const [first] = pushed.attempts;
  if (first === undefined || pushed.reply?.info !== 'ok') throw new Error('a car was not let in');
  return first.ms;
};
const longestTurn = async (): Promise<number> => Number(await (await fetch(`http://127.0.0.1:${turnsPort}/`)).text());

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
const works: Readonly<Record<string, () => Promise<unknown>>> = {
  'a backup': () => station.send(anything, '/backups', {}),
  practice: async () => {
    await station.send(anything, '/practice/start', {});
    await sleep(1000);
    await station.send(anything, '/practice/stop', {});
  },
  'a report over a month': async () => {
    for (const what of ['totals', 'lanes', 'flow']) await station.get(anything, `/reports/${what}?period=2024-01`);
    await station.get(anything, '/reports/rows?period=2024-01&of=exits');
    await station.get(anything, '/reports/groups?period=2024-01&of=exits&by=laneId');
  },
  'a reconciliation of the day': async () => {
    const { id } = await station.send(run, '/reconciliations', { platform: 'qingdao', date: today });
    await until(
      'the comparison is done',
      async () => (await station.get(run, `/reconciliations/${id}`)).state !== 'running' || undefined,
      120_000,
    );
  },
};

for (let car = 0; car < cars; car += 1) await drive();
process.stdout.write(`${stays} stays, ${cars} cars in the journal\n`);
for (const [name, work] of Object.entries(works)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const calm: number[] = [];
  const beside: number[] = [];
  const held = { calm: 0, beside: 0 };
  for (let round = 0; round < 3; round += 1) {
    await longestTurn();
    for (let car = 0; car < 30; car += 1) calm.push(await drive());
    held.calm = Math.max(held.calm, await longestTurn());
    let working = true;
    const worked = work().finally(() => {
      working = false;
    });
    for (let car = 0; working || car < 5; car += 1) beside.push(await drive());
    await worked;
    held.beside = Math.max(held.beside, await longestTurn());
  }
  const [ratio50 = Number.NaN, ratio99 = Number.NaN] = [0.5, 0.99].map(
    (share) => percentile(beside, share) / percentile(calm, share),
  );
  process.stdout.write(
    `${name}: ${beside.length} cars, p50 ${percentile(calm, 0.5).toFixed(1)} → ${percentile(beside, 0.5).toFixed(1)} ms (${ratio50.toFixed(2)}), ` +
      `p99 ${percentile(calm, 0.99).toFixed(1)} → ${percentile(beside, 0.99).toFixed(1)} ms (${ratio99.toFixed(2)}), ` +
      `longest turn ${held.calm.toFixed(1)} → ${held.beside.toFixed(1)} ms\n`,
  );
  report(`a car beside ${name}, p50`, ratio50, 'x a car alone');
  report(`longest turn beside ${name}`, held.beside, 'ms');
}
await camera.stop();
await station.dispose();
await city.close();
rmSync(data, { recursive: true, force: true });
