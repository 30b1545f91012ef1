import { onTestFinished } from 'vitest';
import { startAedes } from '../../../peers/mqtt/index.ts';
import {
  createKeys,
  type QingdaoOptions,
  type QingdaoPlatform,
  startQingdaoPlatform,
} from '../../../peers/qingdao/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ParkClient } from './park-client.ts';
import { ENTRY } from './samples.ts';

const keys = createKeys();

/** A platform on a clock of its own, and a car park that talks to it. */
export interface World {
  readonly clock: FakeClock;
  readonly platform: QingdaoPlatform;
  readonly park: ParkClient;
}

/** 2026-03-02 10:00:00 in Qingdao, after the sample stay. */
const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);

export async function world(options: Partial<QingdaoOptions> = {}): Promise<World> {
  const clock = new FakeClock(NOW);
  const platform = await startQingdaoPlatform({
    ...{ keys, accessId: '234', parkingCode: '1001' },
    ...{ now: () => clock.now(), after: (ms: number, task: () => void) => clock.after(ms, task) },
    ...options,
  });
  const park = new ParkClient(keys, platform);
  onTestFinished(async () => {
    await park.close();
    await platform.close();
  });
  return { clock, platform, park };
}

/** The same with a broker between them. `answering`: every good notice is confirmed at once. */
export async function worldWithBroker(answering = true): Promise<World> {
  const broker = await startAedes();
  onTestFinished(() => broker.stop());
  const made = await world({ mqtt: { url: broker.url } });
  await made.park.listen(broker.url, answering);
  return made;
}

/** The n-th other stay of the sample's car park: its uid, and its records' common part. */
export function otherStay(n: number): { readonly uid: string; readonly plateNo: string } {
  return { uid: `${ENTRY.uid.slice(0, -3)}${String(500 + n)}`, plateNo: `鲁B${String(20_000 + n)}` };
}
