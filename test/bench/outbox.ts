import { BenchCity } from './city.ts';
import { laneBesideBacklog } from './outbox-lane.ts';
import { bareRate, outboxRate, type Rate } from './outbox-life.ts';
import { percentile, report } from './report.ts';

/**
 * Messages a second through project → sign → send → acknowledge, beside the least that the same messages cost without an outbox: sign and
 * post, as many at once. Both in turn, each first as often as the other, so that noise hits both; the median of the pairs' ratios is what
 * counts. Then a car's way through the lane beside a backlog that leaves, and the same while it may not leave. The city runs in a process
 * of its own.
 *
 * Usage: npm run bench:outbox -- [messages] [pairs] [backlog] [rounds of 40 cars]      0 pairs or 0 rounds leave that half out
 */
const count = Number(process.argv[2] ?? 3000);
const pairs = Number(process.argv[3] ?? 7);
const backlog = Number(process.argv[4] ?? 100_000);
const rounds = Number(process.argv[5] ?? 12);

const city = await BenchCity.start();
if (pairs > 0) await life();
if (rounds > 0) await lane();
city.close();

async function life(): Promise<void> {
  await bareRate(city.url, 300);
  await outboxRate(city.url, 300);
  const found: { readonly bare: Rate; readonly outbox: Rate }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? await bareRate(city.url, count) : undefined;
    const outbox = await outboxRate(city.url, count);
    found.push({ bare: first ?? (await bareRate(city.url, count)), outbox });
  }
  const median = (of: (pair: (typeof found)[number]) => number): number => percentile(found.map(of), 0.5);
  const line = (name: string, of: (pair: (typeof found)[number]) => Rate): string =>
    `${name}: ${median((pair) => of(pair).perSecond).toFixed(0)}/s, ${median((pair) => of(pair).cpuMs).toFixed(3)} ms of processor a message, ` +
    `${median((pair) => of(pair).threadMs).toFixed(3)} ms of them on the lanes' thread\n`;
  const ratios = found.map(({ bare, outbox }) => outbox.perSecond / bare.perSecond);
  process.stdout.write(`${count} messages, ${pairs} pairs\n`);
  process.stdout.write(line('sign and post alone', ({ bare }) => bare));
  process.stdout.write(line('through the outbox', ({ outbox }) => outbox));
  process.stdout.write(
    `ratio ${percentile(ratios, 0.5).toFixed(2)} of ${ratios.map((each) => each.toFixed(2)).join(' ')}\n`,
  );
  report('messages through the outbox', percentile(ratios, 0.5), 'x sign and post alone');
  report(
    "lanes' thread a message",
    median(({ outbox }) => outbox.threadMs),
    'ms',
  );
}

async function lane(): Promise<void> {
  const { calm, draining, longestTurn, drained, left } = await laneBesideBacklog(city, backlog, rounds, 40);
  process.stdout.write(
    `a lane beside a backlog of ${backlog}, of which ${left} are left; ${drained.toFixed(0)}/s left beside ${draining.length} cars\n`,
  );
  if (left === 0) process.stdout.write('the backlog ended before the cars did: these figures say nothing\n');
  for (const share of [0.5, 0.99, 1]) {
    const [alone, beside] = [percentile(calm, share), percentile(draining, share)];
    const name = share === 1 ? 'max' : `p${share * 100}`;
    process.stdout.write(`${name}: ${alone.toFixed(1)} → ${beside.toFixed(1)} ms (${(beside / alone).toFixed(2)})\n`);
    report(`a car beside a backlog that leaves, ${name}`, beside / alone, 'x a car beside one that waits');
  }
  process.stdout.write(`longest turn: ${longestTurn.calm.toFixed(1)} → ${longestTurn.draining.toFixed(1)} ms\n`);
  report('longest turn beside a backlog that leaves', longestTurn.draining, 'ms');
}
