import { z } from 'zod';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { findDriver } from '../devices/registry.ts';
import { platformDefinitions } from '../platforms/registry.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Says of a setting, by its path below the settings, whether it is a secret. */
type IsSecret = (path: readonly string[]) => boolean;

const nodeSchema = z.looseObject({
  secret: z.boolean().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** Paths whose schema is marked `secret`; `*` stands for any item of a list. */
function secretPaths(schema: unknown, path: readonly string[] = []): string[] {
  const node = nodeSchema.safeParse(schema);
  if (!node.success) return [];
  const { secret, properties = {}, items, anyOf = [] } = node.data;
  return [
    ...(secret === true ? [path.join('.')] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => secretPaths(inner, [...path, name])),
    ...(items === undefined ? [] : secretPaths(items, [...path, '*'])),
    ...anyOf.flatMap((inner) => secretPaths(inner, path)),
  ];
}

const known = new WeakMap<z.ZodType, ReadonlySet<string>>();

function marked(schema: z.ZodType): IsSecret {
  const found =
    known.get(schema) ?? new Set(secretPaths(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));
  known.set(schema, found);
  return (path) => found.has(path.join('.'));
}

/** Settings whose schema this version does not have: by their names, rather one too many. */
const byName: IsSecret = (path) => /pass|secret|key|token|credential/i.test(path.at(-1) ?? '');

export function secretsOfDevice(device: Pick<DeviceConfig, 'kind' | 'driver'>): IsSecret {
  const driver = findDriver(device.kind, device.driver);
  return driver ? marked(driver.settings) : byName;
}

export function secretsOfPlatform(id: string): IsSecret {
  const definition = platformDefinitions.find((candidate) => candidate.id === id);
  return definition ? marked(definition.settings) : byName;
}

const isObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function walk(
  value: unknown,
  path: readonly string[],
  leaf: (value: unknown, path: readonly string[]) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, [...path, '*'], leaf));
  if (!isObject(value)) return leaf(value, path);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, [...path, name], leaf)]));
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Settings as people may see them. */
export function masked(settings: Settings, isSecret: IsSecret): Record<string, unknown> {
  const shown = walk(settings, [], (value, path) => (isSecret(path) && isSet(value) ? KEPT_SECRET : value));
  return isObject(shown) ? { ...shown } : {};
}

/** Settings as people left them, with what is stored wherever the bullets stand. Bullets that stand for nothing go. */
export function unmasked(
  settings: Settings,
  stored: Settings | undefined,
  isSecret: IsSecret,
): Record<string, unknown> {
  return fill(settings, stored, [], isSecret);
}

function fill(
  settings: Settings,
  stored: Settings | undefined,
  path: readonly string[],
  isSecret: IsSecret,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
      const here = [...path, name];
      const before = stored?.[name];
      if (isObject(value)) return [[name, fill(value, isObject(before) ? before : undefined, here, isSecret)]];
      if (value !== KEPT_SECRET || !isSecret(here)) return [[name, value]];
      return isSet(before) ? [[name, before]] : [];
    }),
  );
}

/** Settings of a file that was exported without its secrets, with what is stored wherever one is missing. */
export function completed(
  settings: Settings,
  stored: Settings,
  isSecret: IsSecret,
  path: readonly string[] = [],
): Record<string, unknown> {
  const names = [...Object.keys(stored), ...Object.keys(settings).filter((name) => !(name in stored))];
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const here = [...path, name];
      const [value, before] = [settings[name], stored[name]];
      if (!(name in settings)) return isSecret(here) && isSet(before) ? [[name, before]] : [];
      return [[name, isObject(value) && isObject(before) ? completed(value, before, isSecret, here) : value]];
    }),
  );
}

/** Settings without their secrets at all, for a file that leaves the house. */
export function stripped(settings: Settings, isSecret: IsSecret): Record<string, unknown> {
  const bare = walk(settings, [], (value, path) => (isSecret(path) ? undefined : value));
  const kept: unknown = JSON.parse(JSON.stringify(bare));
  return isObject(kept) ? { ...kept } : {};
}
