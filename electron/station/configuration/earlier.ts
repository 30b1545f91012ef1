import { z } from 'zod';
import { type KnownElsewhere, type Provision, parseProvision } from '../provision.ts';

/** What a network display or sign was given by itself while its port could be left out; since then it has to be said. */
const EARLIER_PORT = 10_000;
const ONCE_WITHOUT_PORT: ReadonlySet<string> = new Set(['olm-tcp', 'xunpeng-tcp']);

const roughly = z.looseObject({ devices: z.array(z.unknown()) });
const roughDevice = z.looseObject({ driver: z.string(), settings: z.looseObject({ port: z.unknown().optional() }) });

function asOfToday(document: unknown): unknown {
  const rough = roughly.safeParse(document);
  if (!rough.success) return document;
  const devices = rough.data.devices.map((given) => {
    const device = roughDevice.safeParse(given);
    if (!device.success || !ONCE_WITHOUT_PORT.has(device.data.driver)) return given;
    const { settings } = device.data;
    return settings.port === undefined
      ? { ...device.data, settings: { ...settings, port: EARLIER_PORT } }
      : device.data;
  });
  return { ...rough.data, devices };
}

/**
 * Reads a document that was accepted by an earlier version, or was written for one: what had a default then and must be said today goes on as it ran, so
 * that no station stays shut for it. Of what is saved or taken in anew {@link parseProvision} asks for it.
 *
 * @throws ConfigError
 */
export const parseAccepted = (document: unknown, known?: KnownElsewhere): Provision =>
  parseProvision(asOfToday(document), known);
