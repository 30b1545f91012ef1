import { parseArgs } from 'node:util';
import { ConfigError } from '../station/runtime/errors.ts';
import { type StationOptions, stationOptionsSchema } from './protocol.ts';

/**
 * Reads `--data DIR --host H --port P --provision FILE` from the command line. Switches of Chromium and Node stand in the
 * same line, so what is unknown is left alone.
 *
 * @throws ConfigError naming each bad value of ours.
 */
export function parseArguments(
  argv: readonly string[],
  defaults: { readonly dataDirectory: string; readonly version: string },
): StationOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      provision: { type: 'string' },
    },
  });
  const parsed = stationOptionsSchema.safeParse({
    dataDirectory: values.data ?? defaults.dataDirectory,
    host: values.host ?? '127.0.0.1',
    port: portOf(values.port),
    provisionFile: values.provision ?? null,
    demo: values.provision === undefined,
    version: defaults.version,
  });
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

/** `--port` without a value arrives as `true`. */
function portOf(given: string | boolean | undefined): number {
  if (given === undefined) return 8700;
  return typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
}
