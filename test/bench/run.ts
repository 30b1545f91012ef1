import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { REPORT_TO } from './report.ts';

/**
 * Runs the benches one after the other, prints their figures beside those of the last time and keeps the new ones. A bench that was not
 * run, or failed, leaves its last figures standing.
 *
 * Usage: npm run bench -- [lane] [fees] [search] [beside]
 */
const BENCHES = ['lane', 'fees', 'search', 'beside'] as const;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const KEPT = here('../../bench-results.json');

const figureSchema = z.object({ name: z.string(), value: z.number(), unit: z.string() });
const keptSchema = z.object({
  at: z.string(),
  machine: z.string(),
  figures: z.array(figureSchema.extend({ bench: z.string() })),
});
type Kept = z.infer<typeof keptSchema>;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench === name));
if (unknown.length > 0) throw new Error(`no such bench: ${unknown.join(', ')}; there are ${BENCHES.join(', ')}`);

const before = lastTime();
const figures: Kept['figures'] = [];
for (const bench of BENCHES) {
  const chosen = wanted.length === 0 || wanted.includes(bench);
  const file = here(`./${bench}.ts`);
  const found = chosen && existsSync(file) ? await figuresOf(bench, file) : undefined;
  figures.push(...(found ?? before?.figures.filter((figure) => figure.bench === bench) ?? []));
  if (found) print(bench, found);
}
const kept: Kept = { at: new Date().toISOString(), machine: machine(), figures };
writeFileSync(KEPT, `${JSON.stringify(kept, null, 2)}\n`);

function lastTime(): Kept | undefined {
  if (!existsSync(KEPT)) return undefined;
  const parsed = keptSchema.safeParse(JSON.parse(readFileSync(KEPT, 'utf8')));
  if (!parsed.success) return undefined;
  const other = parsed.data.machine === machine() ? '' : `, on another machine (${parsed.data.machine})`;
  process.stdout.write(`"last time" is ${parsed.data.at}${other}\n`);
  return parsed.data;
}

function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, Node ${process.versions.node}`;
}

/** What a bench reported; nothing when it failed. */
async function figuresOf(bench: string, file: string): Promise<Kept['figures'] | undefined> {
  process.stdout.write(`\n== ${bench}\n`);
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, [REPORT_TO]: '3' },
  });
  const exit = once(child, 'exit');
  const pipe = child.stdio[3];
  const found: Kept['figures'] = [];
  if (pipe instanceof Readable)
    for await (const line of createInterface({ input: pipe }))
      found.push({ bench, ...figureSchema.parse(JSON.parse(line)) });
  const [code] = z
    .tuple([z.number().nullable()])
    .rest(z.unknown())
    .parse(await exit);
  if (code === 0) return found;
  process.stdout.write(`${bench} failed with ${code ?? 'a signal'}: its last figures stand\n`);
  process.exitCode = 1;
  return undefined;
}

function print(bench: string, found: Kept['figures']): void {
  const old = new Map(
    before?.figures.filter((figure) => figure.bench === bench).map(({ name, value }) => [name, value]),
  );
  const text = (value: number | undefined): string => (value === undefined ? '-' : value.toPrecision(4));
  const width = Math.max(4, ...found.map(({ name }) => name.length));
  const row = (...cells: readonly [string, string, string, string, string]): string =>
    `${cells[0].padEnd(width)}  ${cells[1].padStart(10)}  ${cells[2].padStart(10)}  ${cells[3].padStart(8)}  ${cells[4]}\n`;
  process.stdout.write(row(bench, 'last time', 'now', 'change', ''));
  for (const { name, value, unit } of found) {
    const last = old.get(name);
    const change = last ? `${value >= last ? '+' : ''}${(((value - last) / last) * 100).toFixed(0)} %` : '';
    process.stdout.write(row(name, text(last), text(value), change, unit));
  }
}
