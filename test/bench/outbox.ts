import { OutboxHub } from '../../electron/station/outbox/hub.ts';
import type { Delivery, OutboundMessage } from '../../electron/station/platforms/platform.ts';
import { Alarms } from '../../electron/station/runtime/alarms.ts';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { entered } from '../support/events.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { memoryLog } from '../support/silent-log.ts';
import { tempStore } from '../support/temp-store.ts';

/**
 * The whole life of messages (event committed, projected, sent to a platform that answers at once, acknowledged durably)
 * beside as many bare one-row commits on the same disk in the same run. Prints rates and their ratio.
 *
 * Usage: npm run bench:outbox -- [messages]
 */
const count = Number(process.argv[2] ?? 3000);
const clock = new SystemClock();
const temp = tempStore(clock);
/** Of the length that an entry or an exit has: what is kept of an attempt is written with every delivery. */
const plain = JSON.stringify({ data: { uid: 'u'.repeat(22), fields: 'x'.repeat(450) } });
const answer = { status: 'HTTP 200', text: '{"resultCode":"200","msg":"操作成功"}' };
const platform = new (class extends ScriptedPlatform {
  override readonly concurrency = 16;
  override async send(message: OutboundMessage): Promise<Delivery> {
    const delivery = await super.send(message);
    return { ...delivery, trace: { request: 'POST /api/v1/cp/uploadCarInData', plain, answer } };
  }
})();
const hub = new OutboxHub({
  store: temp.store,
  clock,
  entropy: { random: () => 0.5 },
  log: memoryLog(),
  alarms: new Alarms(
    () => clock.now(),
    () => undefined,
  ),
  platforms: [platform],
  afterCrash: false,
});
await hub.start();

temp.db.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT) STRICT');
const insert = temp.db.prepare('INSERT INTO bare (body) VALUES (?)');
const body = 'x'.repeat(1000);
const bareStart = performance.now();
for (let row = 0; row < count; row += 1) insert.run(body);
const bare = (count / (performance.now() - bareStart)) * 1000;

const start = performance.now();
for (let car = 0; car < count; car += 1) temp.store.write((tx) => tx.record(entered(`u${car}`)));
const committed = (count / (performance.now() - start)) * 1000;
while (temp.store.read.outbox.counts('qingdao', 0).delivered < count)
  await new Promise((resolve) => setTimeout(resolve, 20));
const life = (count / (performance.now() - start)) * 1000;

const line = (what: string, rate: number): string =>
  `${what}: ${Math.round(rate)}/s, ${(rate / bare).toFixed(2)} of the bare commits\n`;
process.stdout.write(`${count} messages, bare one-row commits ${Math.round(bare)}/s\n`);
process.stdout.write(line('event + journal + state, one commit each', committed));
process.stdout.write(line('whole life of a message', life));
await hub.stop();
temp.dispose();
