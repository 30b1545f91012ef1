import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { simulateDay } from './day.ts';
import { reportOf, runSeeds, seedsFrom } from './seeds.ts';

/**
 * Simulated days by the number: `--seeds 1000 --from 1 --cars 5000`, or one of them closely: `--seed 17 --verbose`. `--jobs` says
 * how many run side by side. Exit code 1 when a rule was broken, 2 for bad arguments.
 */
const count = (least: number, otherwise: number) => z.coerce.number().int().min(least).default(otherwise);
const optionsSchema = z.object({
  seeds: count(1, 100),
  from: count(0, 1),
  cars: count(1, 200),
  jobs: count(1, Math.max(1, cpus().length)),
  seed: z.coerce.number().int().min(0).optional(),
  verbose: z.boolean().default(false),
});
const shareSchema = z.object({ from: z.number(), count: z.number(), every: z.number(), cars: z.number() });
const toldSchema = z.object({ seed: z.number(), text: z.string(), broken: z.boolean() });

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function options(): z.output<typeof optionsSchema> | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: { seeds: text, from: text, cars: text, jobs: text, seed: text, verbose: { type: 'boolean' } },
    });
    return optionsSchema.parse(values);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function one(seed: number, cars: number, verbose: boolean): Promise<number> {
  const result = await simulateDay({ seed, cars, ...(verbose ? { verbose: print } : {}) });
  print(reportOf(result, cars));
  return result.broken ? 1 : 0;
}

async function many({ seeds, from, cars, jobs }: z.output<typeof optionsSchema>): Promise<number> {
  const began = performance.now();
  let done = 0;
  const failed: string[] = [];
  const side = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const share = { from: from + at, count: seeds - at, every: jobs, cars };
      const worker = new Worker(fileURLToPath(import.meta.url), { workerData: share });
      worker.on('message', (message) => {
        const told = toldSchema.parse(message);
        done += 1;
        if (told.broken) {
          failed.push(String(told.seed));
          print(told.text);
        } else if (done % 50 === 0) print(`${done} of ${seeds}`);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a simulation ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, (_, at) => side(at)));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(
    `${seeds} days of ${cars} cars in ${seconds} s; ${failed.length} broke a rule${failed.length > 0 ? `: ${failed.join(' ')}` : ''}`,
  );
  return failed.length > 0 ? 1 : 0;
}

if (isMainThread) {
  const wanted = options();
  if (!wanted) process.exitCode = 2;
  else
    process.exitCode =
      wanted.seed === undefined ? await many(wanted) : await one(wanted.seed, wanted.cars, wanted.verbose);
} else {
  const share = shareSchema.parse(workerData);
  await runSeeds(seedsFrom(share.from, share.count, share.every), share.cars, (result) =>
    parentPort?.postMessage({ seed: result.seed, text: reportOf(result, share.cars), broken: result.broken !== null }),
  );
}
