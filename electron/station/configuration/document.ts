import { createHash } from 'node:crypto';
import { z } from 'zod';
import { deviceKindSchema } from '../../../shared/domain/site.ts';
import type { Provision } from '../provision.ts';
import {
  bulletsIn,
  completed,
  type Marks,
  marksOfDevice,
  marksOfPlatform,
  masked,
  type Restoring,
  secretsOfDevice,
  secretsOfPlatform,
  stripped,
  unmasked,
} from './secrets.ts';

/** A configuration as it is stored: whole, parsed, with its secrets and without users, whose passwords are kept nowhere. */
export type StoredDocument = Omit<Provision, '$schema' | 'users'>;

export function storedOf({ $schema: _schema, users: _users, ...rest }: Provision): StoredDocument {
  return rest;
}

export const textOf = (document: StoredDocument): string => JSON.stringify({ ...document, users: [] });

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

type Clean = typeof masked;

function each(document: StoredDocument, clean: Clean): StoredDocument {
  return {
    ...document,
    devices: document.devices.map((device) => ({
      ...device,
      settings: clean(device.settings, secretsOfDevice(device)),
    })),
    platforms: Object.fromEntries(
      Object.entries(document.platforms).map(([id, settings]) => [
        id,
        settings && { ...clean(settings, secretsOfPlatform(id)), enabled: settings.enabled },
      ]),
    ),
  };
}

/** For the screens: bullets where secrets are. */
export const withBullets = (document: StoredDocument): StoredDocument => each(document, masked);

/** For a file: no trace of secrets. */
export const withoutSecrets = (document: StoredDocument): StoredDocument => each(document, stripped);

const settings = z.record(z.string(), z.unknown());
const roughly = z.looseObject({
  site: z.unknown().optional(),
  devices: z.array(z.unknown()).optional(),
  platforms: z.record(z.string(), z.unknown()).optional(),
  berths: z.array(z.unknown()).optional(),
});
const roughBerth = z.looseObject({ code: z.string() });
const roughDevice = z.looseObject({
  id: z.string(),
  kind: deviceKindSchema,
  driver: z.string(),
  settings: settings.optional(),
});

/** Told of each secret that was not put back, because it would go to another address or user than before; by its path in the document. */
type Withheld = (path: readonly PropertyKey[]) => void;
const nobody: Withheld = () => undefined;

const restoring = (marks: Marks, withheld: Withheld, ...above: readonly PropertyKey[]): Restoring => ({
  ...marks,
  withheld: (path) => withheld([...above, ...path]),
});

/**
 * What came from outside, with the stored secrets in the places of the bullets: those of the device with the same id and driver, and of the
 * same platform, as long as they go where they went. Bullets of a device that nobody stored, under another id or driver than before, are told as
 * withheld too: else a secret would be gone unsaid. What is not shaped like a configuration at all is left to whoever parses it.
 */
export function withSecretsOf(given: unknown, stored: StoredDocument, withheld: Withheld = nobody): unknown {
  return filled(given, stored, withheld, unmasked);
}

/**
 * A file that somebody takes in, with the stored secrets wherever it has none, of the same devices and platforms and under the same condition. It may be our own,
 * exported without them.
 */
export function withSecretsMissing(given: unknown, stored: StoredDocument, withheld: Withheld = nobody): unknown {
  return filled(given, stored, withheld, (own, before, how) => (before ? completed(own, before, how) : own));
}

type Fill = (
  own: z.output<typeof settings>,
  before: z.output<typeof settings> | undefined,
  how: Restoring,
) => Record<string, unknown>;

function filled(given: unknown, stored: StoredDocument, withheld: Withheld, fill: Fill): unknown {
  const rough = roughly.safeParse(given);
  if (!rough.success) return given;
  const { devices, platforms } = rough.data;
  const platformOf = (id: string, value: unknown): unknown => {
    const own = settings.safeParse(value);
    const before = Object.entries(stored.platforms).find(([name]) => name === id)?.[1];
    if (!own.success) return value;
    return fill(own.data, before, restoring(marksOfPlatform(id), withheld, 'platforms', id));
  };
  const deviceOf = (value: unknown, index: number): unknown => {
    const device = roughDevice.safeParse(value);
    if (!device.success || device.data.settings === undefined) return value;
    const { id, kind, driver, settings: own } = device.data;
    const before = stored.devices.find((each) => each.id === id && each.kind === kind && each.driver === driver);
    const how = restoring(marksOfDevice(device.data), withheld, 'devices', index, 'settings');
    if (!before) for (const path of bulletsIn(own, how.isSecret)) how.withheld(path);
    return { ...device.data, settings: fill(own, before?.settings, how) };
  };
  return {
    ...rough.data,
    ...(devices && { devices: devices.map(deviceOf) }),
    ...(platforms && {
      platforms: Object.fromEntries(Object.entries(platforms).map(([id, value]) => [id, platformOf(id, value)])),
    }),
  };
}

/** Rules that are not given stay as they are: they are set on a screen of their own. */
export function withRules(given: unknown, rules: unknown): unknown {
  const rough = roughly.safeParse(given);
  if (!rough.success) return given;
  const site = settings.safeParse(rough.data.site);
  if (!site.success || site.data['rules'] !== undefined) return given;
  return { ...rough.data, site: { ...site.data, rules } };
}

/** Without berths that are on the register, or were: what the document says of them counts for nothing, right or wrong. */
export function withoutTaken(given: unknown, taken: ReadonlySet<string>): unknown {
  const rough = roughly.safeParse(given);
  if (!rough.success || rough.data.berths === undefined) return given;
  const berths = rough.data.berths.filter((each) => {
    const berth = roughBerth.safeParse(each);
    return !berth.success || !taken.has(berth.data.code.trim());
  });
  return { ...rough.data, berths };
}
