import { BenchCity } from './city.ts';
import { bareRate, outboxRate, type Rate } from './outbox-life.ts';
import { percentile, report } from './report.ts';

/**
 * Messages a second through project → sign → send → acknowledge, beside the least that the same messages cost without an outbox: sign and
 * post, as many at once. The city runs in a process of its own. Both in turn, each first as often as the other, so that noise hits both;
 * the median of the pairs' ratios is what counts.
 *
 * Usage: npm run bench:outbox -- [messages] [pairs]
 */
const count = Number(process.argv[2] ?? 3000);
const pairs = Number(process.argv[3] ?? 7);

const city = await BenchCity.start();
await bareRate(city.url, 300);
await outboxRate(city.url, 300);
const found: { readonly bare: Rate; readonly outbox: Rate }[] = [];
for (let pair = 0; pair < pairs; pair += 1) {
  const first = pair % 2 === 0 ? await bareRate(city.url, count) : undefined;
  const outbox = await outboxRate(city.url, count);
  found.push({ bare: first ?? (await bareRate(city.url, count)), outbox });
}
city.close();

const median = (of: (pair: (typeof found)[number]) => number): number => percentile(found.map(of), 0.5);
const line = (name: string, of: (pair: (typeof found)[number]) => Rate): string =>
  `${name}: ${Math.round(median((pair) => of(pair).perSecond))}/s, ${median((pair) => of(pair).cpuMs).toFixed(3)} ms of processor a message, ` +
  `${median((pair) => of(pair).threadMs).toFixed(3)} ms of them on this thread\n`;
const ratio = median(({ bare, outbox }) => outbox.perSecond / bare.perSecond);
process.stdout.write(`${count} messages, ${pairs} pairs\n`);
process.stdout.write(line('sign and post alone', ({ bare }) => bare));
process.stdout.write(line('through the outbox', ({ outbox }) => outbox));
process.stdout.write(`ratio ${ratio.toFixed(2)} (${found.map(({ bare, outbox }) => (outbox.perSecond / bare.perSecond).toFixed(2)).join(' ')})\n`);
report('messages through the outbox', ratio, 'x sign and post alone');
report('lane thread a message', median(({ outbox }) => outbox.threadMs), 'ms');
