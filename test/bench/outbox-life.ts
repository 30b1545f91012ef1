import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';
import { OutboxHub } from '../../electron/station/outbox/hub.ts';
import type { Platform, StationServices } from '../../electron/station/platforms/platform.ts';
import { QingdaoCodec } from '../../electron/station/platforms/qingdao/codec.ts';
import { qingdaoSettingsSchema } from '../../electron/station/platforms/qingdao/config.ts';
import { nodeEngine } from '../../electron/station/platforms/qingdao/crypto.ts';
import { qingdao } from '../../electron/station/platforms/qingdao/index.ts';
import { readPrivateKey, readPublicKey } from '../../electron/station/platforms/qingdao/keys.ts';
import { uploadCarInData } from '../../electron/station/platforms/qingdao/messages/uploadCarInData.ts';
import { Alarms } from '../../electron/station/runtime/alarms.ts';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { startCheckpointer } from '../../electron/station/store/checkpointer.ts';
import type { Store } from '../../electron/station/store/store.ts';
import { siteSchema } from '../../shared/domain/site.ts';
import { createKeys } from '../peers/qingdao/index.ts';
import { entered } from '../support/events.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempStore } from '../support/temp-store.ts';

/** On their way at once, on both sides of the comparison. */
const AT_ONCE = 16;
const keys = createKeys();

export interface Rate {
  readonly perSecond: number;
  /** Milliseconds of processor time a message, all threads of this process together. */
  readonly cpuMs: number;
  /** The same of the thread that lanes run on. */
  readonly threadMs: number;
}

async function measured(count: number, work: () => Promise<void>): Promise<Rate> {
  const [cpu, thread, start] = [process.cpuUsage(), process.threadCpuUsage(), performance.now()];
  await work();
  const ms = performance.now() - start;
  const spent = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000 / count;
  return {
    perSecond: (count / ms) * 1000,
    cpuMs: spent(process.cpuUsage(cpu)),
    threadMs: spent(process.threadCpuUsage(thread)),
  };
}

const settingsFor = (url: string) =>
  qingdaoSettingsSchema.parse({
    enabled: true,
    ...{ baseUrl: url, accessId: '234', parkingCode: '1001', concurrency: AT_ONCE },
    ...{ platformPublicKey: keys.platformPublicKey, userPrivateKey: keys.userPrivateKey },
  });

/** What a platform asks of a station at its start: the store is the real one, and behind the counter nobody is. */
const stationOf = (store: Store): StationServices => ({
  read: store.read,
  onCommitted: (listener) => store.onCommitted(listener),
  get search(): never {
    throw new Error('no searches here');
  },
  get devices(): never {
    throw new Error('no devices here');
  },
  get rules(): never {
    throw new Error('no rules here');
  },
  get lanes(): never {
    throw new Error('no lanes here');
  },
  get registry(): never {
    throw new Error('no registry here');
  },
  get payments(): never {
    throw new Error('no payments here');
  },
});

/** Only what the comparison is about: no heartbeat, no free spaces. */
function platformFor(url: string, store: Store): Platform {
  const platform = qingdao.create(settingsFor(url), {
    station: () => stationOf(store),
    address: () => undefined,
    areas: [],
    site: siteSchema.parse({ code: '1001', name: 'bench', totalSpaces: 150, openSpaces: 130 }),
    clock: new SystemClock(),
    ids: { next: (prefix) => `${prefix}_1` },
    entropy: { random: () => 0.5 },
    log: memoryLog(),
    photos: { read: async () => undefined },
    commands: {
      applyListChange: () => undefined,
      remember: () => undefined,
      rememberAll: () => undefined,
      recall: () => undefined,
      numberOf: () => 0,
      numbersOf: () => [],
      numbered: () => undefined,
      enqueue: () => undefined,
      hurry: () => undefined,
      gateRefused: () => undefined,
      freeByArea: () => new Map(),
      recountSpaces: () => undefined,
      spaces: () => ({ total: 150, open: 130, free: 10, inside: 120 }),
      alarm: () => undefined,
    },
  });
  Object.defineProperty(platform, 'duties', { value: [] });
  return platform;
}

/** The thread that seals is there once for all the life of a station: its start is no price of a message. */
async function warm(platform: Platform): Promise<void> {
  const body: unknown = uploadCarInData.sample;
  for (let turn = 0; turn < 2; turn += 1) {
    const message = { message: uploadCarInData.name, body, attempt: 1, maybeDelivered: false };
    const { kind } = await platform.send(message, new AbortController().signal);
    if (kind !== 'delivered') throw new Error('not taken');
    await sleep(300);
  }
}

/** Asked often while the measure runs, so by two seeks: counting what was delivered would take longer with every message. */
const everythingLeft = ({ read }: Store): boolean =>
  read.outbox.cursor('qingdao') === read.journal.last().seq && read.outbox.recordsWaiting('qingdao') === 0;

/** Events that stand in the journal: projected, signed, sent and acknowledged on a real disk. */
export async function outboxRate(url: string, count: number): Promise<Rate> {
  const clock = new SystemClock();
  const temp = tempStore(clock);
  const checkpointer = startCheckpointer(temp.db, temp.file, clock, memoryLog());
  const platform = platformFor(url, temp.store);
  const hub = new OutboxHub({
    ...{ store: temp.store, clock, entropy: { random: () => 0.5 }, log: memoryLog(), afterCrash: false },
    alarms: new Alarms(
      () => clock.now(),
      () => undefined,
    ),
    platforms: [platform],
  });
  for (let from = 0; from < count; from += 100)
    temp.store.write((tx) => {
      for (let car = from; car < Math.min(from + 100, count); car += 1) tx.record(entered(uidOf(car)));
    });
  await warm(platform);
  const rate = await measured(count, async () => {
    await hub.start();
    while (!everythingLeft(temp.store)) await sleep(5);
  });
  await hub.stop();
  await checkpointer.stop();
  temp.dispose();
  return rate;
}

/** The least that the same messages cost: encrypt and sign with node:crypto, post, wait for the answer. Nothing is kept. */
export async function bareRate(url: string, count: number): Promise<Rate> {
  const settings = settingsFor(url);
  const rsa = { publicKey: readPublicKey(keys.platformPublicKey), privateKey: readPrivateKey(keys.userPrivateKey) };
  const codec = new QingdaoCodec(settings, rsa, nodeEngine(rsa));
  const pool = new Pool(url, { connections: AT_ONCE, pipelining: 1 });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'identity' };
  const sample = z.record(z.string(), z.unknown()).parse(uploadCarInData.sample);
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < count) {
      const data = { ...sample, uid: uidOf(next++), uploadTime: '2026-03-02 08:05:09' };
      const body = codec.form({ data });
      const answer = await pool.request({ method: 'POST', path: '/api/v1/cp/uploadCarInData', headers, body });
      if (!(await answer.body.text()).includes('200')) throw new Error('not taken');
    }
  };
  const rate = await measured(count, async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
  });
  await pool.close();
  return rate;
}

const uidOf = (car: number): string => `1001120260302${String(car).padStart(9, '0')}`;
