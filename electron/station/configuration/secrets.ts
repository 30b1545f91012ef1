import { z } from 'zod';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import { findDriver } from '../devices/registry.ts';
import { platformDefinitions } from '../platforms/registry.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Says of a setting, by its path below the settings, whether it is a secret. */
type IsSecret = (path: readonly string[]) => boolean;

/** What a schema says of settings: which are secrets, and what counts where one is not given. */
export interface Marks {
  readonly isSecret: IsSecret;
  readonly defaultOf: (path: readonly string[]) => unknown;
}

const nodeSchema = z.looseObject({
  secret: z.boolean().optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

interface Marked {
  readonly path: string;
  readonly isSecret: boolean;
  readonly byDefault: unknown;
}

/** What is said of each path; `*` stands for any item of a list. */
function markedPaths(schema: unknown, path: readonly string[] = []): Marked[] {
  const node = nodeSchema.safeParse(schema);
  if (!node.success) return [];
  const { secret, default: byDefault, properties = {}, items, anyOf = [] } = node.data;
  return [
    { path: path.join('.'), isSecret: secret === true, byDefault },
    ...Object.entries(properties).flatMap(([name, inner]) => markedPaths(inner, [...path, name])),
    ...(items === undefined ? [] : markedPaths(items, [...path, '*'])),
    ...anyOf.flatMap((inner) => markedPaths(inner, path)),
  ];
}

const known = new WeakMap<z.ZodType, Marks>();

function marked(schema: z.ZodType): Marks {
  const found = known.get(schema);
  if (found) return found;
  const paths = markedPaths(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const secrets = new Set(paths.flatMap(({ path, isSecret }) => (isSecret ? path : [])));
  const defaults = new Map(
    paths.flatMap(({ path, byDefault }) => (byDefault === undefined ? [] : [[path, byDefault] as const])),
  );
  const marks: Marks = {
    isSecret: (path) => secrets.has(path.join('.')),
    defaultOf: (path) => defaults.get(path.join('.')),
  };
  known.set(schema, marks);
  return marks;
}

/** Settings whose schema this version does not have: by their names, rather one too many. */
const byName: Marks = {
  isSecret: (path) => /pass|secret|key|token|credential/i.test(path.at(-1) ?? ''),
  defaultOf: () => undefined,
};

export function marksOfDevice(device: Pick<DeviceConfig, 'kind' | 'driver'>): Marks {
  const driver = findDriver(device.kind, device.driver);
  return driver ? marked(driver.settings) : byName;
}

export function marksOfPlatform(id: string): Marks {
  const definition = platformDefinitions.find((candidate) => candidate.id === id);
  return definition ? marked(definition.settings) : byName;
}

export const secretsOfDevice = (device: Pick<DeviceConfig, 'kind' | 'driver'>): IsSecret =>
  marksOfDevice(device).isSecret;
export const secretsOfPlatform = (id: string): IsSecret => marksOfPlatform(id).isSecret;

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

/** Of a secret: whether there is one. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Settings as people may see them. */
export function masked(settings: Settings, isSecret: IsSecret): Record<string, unknown> {
  const shown = walk(settings, [], (value, path) => (isSecret(path) && isSet(value) ? KEPT_SECRET : value));
  return isObject(shown) ? { ...shown } : {};
}

/** Where bullets stand for secrets. */
export function bulletsIn(settings: Settings, isSecret: IsSecret): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  walk(settings, [], (value, path) => {
    if (value === KEPT_SECRET && isSecret(path)) found.push(path);
  });
  return found;
}

/** Settings that say whom a secret beside them, or below, is told to. */
const DESTINATION: ReadonlySet<string> = new Set([
  ...['host', 'port', 'url', 'baseUrl'],
  ...['user', 'username', 'appId', 'accessId', 'accessKey'],
]);

/**
 * How stored secrets come back into settings. One that would go to another address than before, or to another user there, does not: else
 * whoever brings a file could have it sent to a machine of their own. `withheld` is told where that was.
 */
export interface Restoring extends Marks {
  readonly withheld: (path: readonly string[]) => void;
}

function goesToTheSame(
  settings: Settings,
  stored: Settings | undefined,
  path: readonly string[],
  { defaultOf }: Marks,
): boolean {
  const valueIn = (of: Settings | undefined, name: string): unknown => of?.[name] ?? defaultOf([...path, name]);
  return [...DESTINATION].every((name) => valueIn(settings, name) === valueIn(stored, name));
}

/** Settings as people left them, with what is stored wherever the bullets stand. Bullets that stand for nothing go. */
export function unmasked(
  settings: Settings,
  stored: Settings | undefined,
  restoring: Restoring,
  path: readonly string[] = [],
  aboveIsSame = true,
): Record<string, unknown> {
  const isSame = aboveIsSame && goesToTheSame(settings, stored, path, restoring);
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
      const here = [...path, name];
      const before = stored?.[name];
      if (isObject(value))
        return [[name, unmasked(value, isObject(before) ? before : undefined, restoring, here, isSame)]];
      if (value !== KEPT_SECRET || !restoring.isSecret(here)) return [[name, value]];
      return restored(name, before, isSame, here, restoring);
    }),
  );
}

function restored(
  name: string,
  before: unknown,
  isSame: boolean,
  path: readonly string[],
  { withheld }: Restoring,
): [string, unknown][] {
  if (!isSet(before)) return [];
  if (isSame) return [[name, before]];
  withheld(path);
  return [];
}

/** Settings of a file that was exported without its secrets, with what is stored wherever one is missing. */
export function completed(
  settings: Settings,
  stored: Settings,
  restoring: Restoring,
  path: readonly string[] = [],
  aboveIsSame = true,
): Record<string, unknown> {
  const isSame = aboveIsSame && goesToTheSame(settings, stored, path, restoring);
  const names = [...Object.keys(stored), ...Object.keys(settings).filter((name) => !(name in stored))];
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const here = [...path, name];
      const [value, before] = [settings[name], stored[name]];
      if (!(name in settings)) return restoring.isSecret(here) ? restored(name, before, isSame, here, restoring) : [];
      return [[name, isObject(value) && isObject(before) ? completed(value, before, restoring, here, isSame) : value]];
    }),
  );
}

/** Settings without their secrets at all, for a file that leaves the house. */
export function stripped(settings: Settings, isSecret: IsSecret): Record<string, unknown> {
  const bare = walk(settings, [], (value, path) => (isSecret(path) ? undefined : value));
  const kept: unknown = JSON.parse(JSON.stringify(bare));
  return isObject(kept) ? { ...kept } : {};
}
