import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type KeptStation, keepStation } from '../station/keeper.ts';
import { ConfigError, DatabaseError, errorText, PortTakenError } from '../station/runtime/errors.ts';
import { createLog } from '../station/runtime/log.ts';
import type { Log } from '../station/runtime/ports.ts';

/** Exit codes that others rely on. */
const EXIT = { stopped: 0, defect: 1, badArguments: 2, portTaken: 3, noDatabase: 4 } as const;

const USAGE = 'usage: serve --data DIR [--provision FILE] [--host 127.0.0.1] [--port 8700] [--demo] [--log-level info]';

const argumentsSchema = z.object({
  data: z.string({ error: '--data DIR is required' }).min(1, '--data DIR is required'),
  provision: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(8700),
  demo: z.boolean().default(false),
  'log-level': z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/**
 * Runs the station until it is told to stop (SIGTERM, SIGINT). Prints one line of JSON when it accepts work; logs go to
 * standard error. Resolves with the exit code.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let args: z.output<typeof argumentsSchema>;
  try {
    args = readArguments(argv);
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n${USAGE}\n`);
    return EXIT.badArguments;
  }
  const log = createLog((line) => process.stderr.write(line), args['log-level']);
  const told = stopSignal();
  let station: KeptStation;
  try {
    const ui = uiDirectory();
    station = await keepStation({
      dataDirectory: args.data,
      host: args.host,
      port: args.port,
      provisionFile: args.provision ?? null,
      demo: args.demo,
      version: version(),
      log,
      ...(ui === undefined ? {} : { uiDirectory: ui }),
    });
  } catch (error) {
    return exitCode(error, log);
  }
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: station.url })}\n`);
  const lost = await Promise.race([told.then(() => null), station.lost.then((error) => ({ error }))]);
  await station.stop();
  return lost ? exitCode(lost.error, log) : EXIT.stopped;
}

function exitCode(error: unknown, log: Log): number {
  process.stderr.write(`${errorText(error)}\n`);
  if (error instanceof ConfigError) return EXIT.badArguments;
  if (error instanceof PortTakenError) return EXIT.portTaken;
  if (error instanceof DatabaseError) return EXIT.noDatabase;
  log.error('the station could not be started', { error });
  return EXIT.defect;
}

function readArguments(argv: readonly string[]): z.output<typeof argumentsSchema> {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    options: {
      data: { type: 'string' },
      provision: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      demo: { type: 'boolean' },
      'log-level': { type: 'string' },
    },
  });
  const parsed = argumentsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

const here = dirname(fileURLToPath(import.meta.url));

/** From source and from the bundle the project's root lies two levels up. */
const root = join(here, '..', '..');

function uiDirectory(): string | undefined {
  const directory = join(root, 'dist', 'renderer');
  return existsSync(directory) ? directory : undefined;
}

function version(): string {
  const { version: text } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return text;
}
