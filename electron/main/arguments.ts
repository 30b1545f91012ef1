import { parseArgs } from 'node:util';
import { type StationOptions, stationOptionsSchema } from './protocol.ts';

/**
 * Reads `--data DIR --host H --port P --provision FILE` from the command line. Switches of Chromium and Node stand in the
 * same line, so what is unknown is left alone; a bad value of ours throws a ZodError.
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
  return stationOptionsSchema.parse({
    dataDirectory: values.data ?? defaults.dataDirectory,
    host: values.host ?? '127.0.0.1',
    port: portOf(values.port),
    provisionFile: values.provision ?? null,
    demo: values.provision === undefined,
    version: defaults.version,
  });
}

/** `--port` without a value arrives as `true`. */
function portOf(given: string | boolean | undefined): number {
  if (given === undefined) return 8700;
  return typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
}
