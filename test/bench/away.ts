import { decisionRatio, told } from '../simulation/away/figures.ts';
import { runAway } from '../simulation/away/run.ts';
import { report } from './report.ts';

/**
 * The city is away for a simulated day while cars come and go, and then takes everything: is each message there once and in order, how
 * fast does the backlog leave beside a bare loop, and do lanes notice? Exit code 1 when a rule was broken.
 *
 * Usage: npm run bench:away -- [cars] [hours] [seed]
 */
const [cars = 5000, hours = 24, seed = 1] = process.argv.slice(2).map(Number);

const figures = await runAway({
  ...{ cars, hours, seed, settings: {} },
  ...{ everyMs: 250, measured: 120, bare: 3000, drainMs: 20 * 60_000 },
  print: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write(told(figures));
report('records of a backlog', figures.records.perSecond / figures.records.bare, 'x sealed and posted alone');
report('a car while a backlog drains, p50', decisionRatio(figures, 0.5), 'x a car alone');
report('a car while a backlog drains, p99', decisionRatio(figures, 0.99), 'x a car alone');
if (figures.faults.length > 0) process.exitCode = 1;
