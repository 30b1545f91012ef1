import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { uploadCarInData } from '../../electron/station/platforms/qingdao/messages/uploadCarInData.ts';
import { uploadCarOutData } from '../../electron/station/platforms/qingdao/messages/uploadCarOutData.ts';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { openDatabase } from '../../electron/station/store/database.ts';
import { Store } from '../../electron/station/store/store.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { createKeys } from '../peers/qingdao/index.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { ACCESS_ID, ENTRY_SERIAL, PARKING_CODE, provision } from '../support/provision.ts';
import { StationProcess, stablePort, tempDirectory } from '../support/station-process.ts';
import type { BenchCity } from './city.ts';

const turns = new URL('./turns.ts', import.meta.url).href;
const fields = z.record(z.string(), z.unknown());

export interface LaneBesideBacklog {
  /** Milliseconds from a plate to the answer that opens: while the city keeps its answers to itself, and while it takes the backlog. */
  readonly calm: readonly number[];
  readonly draining: readonly number[];
  /** The longest that the station's thread worked without a turn for anybody else. */
  readonly longestTurn: { readonly calm: number; readonly draining: number };
  /** Messages that left in the second of them, a second. */
  readonly drained: number;
  readonly left: number;
}

/**
 * Cars at a lane of the real station beside a backlog, which the city takes in every second phase: both are measured within seconds of
 * each other, on the same file.
 */
export async function laneBesideBacklog(
  city: BenchCity,
  backlog: number,
  rounds: number,
  carsEach: number,
): Promise<LaneBesideBacklog> {
  const data = tempDirectory();
  const [port, turnsPort] = [await stablePort(), await stablePort()];
  const start = { data, port, env: { NODE_OPTIONS: `--import ${turns}`, BENCH_TURNS_PORT: String(turnsPort) } };
  const filling = await StationProcess.start({ ...start, provision: documentFor(port, city.url) });
  await filling.sigterm();
  fill(data, backlog);

  city.hold(true);
  const station = await StationProcess.start(start);
  const camera = new VzenithCamera({ serialno: ENTRY_SERIAL, ipaddr: '192.168.1.101', url: station.cameraUrl });
  const image = jpegOfSize(150_000);
  let count = 0;
  const drive = async (into: number[]): Promise<void> => {
    for (let car = 0; car < carsEach; car += 1) {
      count += 1;
      const pushed = await camera.push(`鲁B${String(count).padStart(5, '0')}`, { image });
      const [first] = pushed.attempts;
      if (first === undefined || pushed.reply?.info !== 'ok') throw new Error('a car was not let in');
      into.push(first.ms);
      await sleep(10);
    }
  };
  const longestTurn = async (): Promise<number> => Number(await (await fetch(`http://127.0.0.1:${turnsPort}/`)).text());
  const found = { calm: [] as number[], draining: [] as number[] };
  const held = { calm: 0, draining: 0 };
  let drainingMs = 0;
  await drive([]);
  for (let round = 0; round < rounds; round += 1)
    for (const phase of ['calm', 'draining'] as const) {
      city.hold(phase === 'calm');
      const began = performance.now();
      await sleep(150);
      await longestTurn();
      await drive(found[phase]);
      held[phase] = Math.max(held[phase], await longestTurn());
      if (phase === 'draining') drainingMs += performance.now() - began;
    }
  city.hold(true);
  await camera.stop();
  await station.kill9();
  const left = waiting(data);
  city.hold(false);
  rmSync(data, { recursive: true, force: true });
  return { ...found, longestTurn: held, left, drained: ((backlog - left) / drainingMs) * 1000 };
}

function documentFor(port: number, url: string): object {
  const keys = createKeys();
  const patience = 3_600_000;
  return {
    ...provision({ port, site: { totalSpaces: 100_000, openSpaces: 100_000 } }),
    platforms: {
      qingdao: {
        enabled: true,
        ...{ baseUrl: url, accessId: ACCESS_ID, parkingCode: PARKING_CODE, concurrency: 16 },
        ...{ platformPublicKey: keys.platformPublicKey, userPrivateKey: keys.userPrivateKey },
        // A city that keeps its answers to itself is no line in trouble here.
        timeouts: { connectMs: 5000, headersMs: 120_000, bodyMs: 120_000, totalMs: 300_000 },
        intervals: { parkingStateMs: patience, heartbeatMs: patience },
      },
    },
  };
}

/** An entry and an exit of each stay, as they stand in the outbox after a day without the city. */
function fill(data: string, count: number): void {
  const db = openDatabase(join(data, 'gatehouse.db'));
  db.pragma('synchronous = OFF');
  const store = new Store(db, new SystemClock());
  const at = Date.now();
  const messages = [uploadCarInData, uploadCarOutData].map(({ name, sample }) => ({
    name,
    body: fields.parse(sample),
  }));
  for (let from = 0; from < count; from += 2000)
    store.write((tx) => {
      for (let stay = from / 2; stay < Math.min(from + 2000, count) / 2; stay += 1)
        for (const { name, body } of messages) {
          const uid = `1001120260302${String(stay).padStart(9, '0')}`;
          const draft = {
            id: `${name}:${uid}`,
            message: name,
            key: uid,
            kind: 'record',
            body: { ...body, uid },
          } as const;
          tx.outbox.insert('qingdao', draft, 1, at);
        }
    });
  db.close();
}

function waiting(data: string): number {
  const db = openDatabase(join(data, 'gatehouse.db'));
  const { waiting: count } = new Store(db, new SystemClock()).read.outbox.counts('qingdao', 0);
  db.close();
  return count;
}
