import type { ConfigurationChange, ConfigurationPart } from '../../../shared/domain/configuration.ts';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';
import type { StoredDocument } from './document.ts';
import { isSet, secretsOfDevice, secretsOfPlatform } from './secrets.ts';

type Fields = ReadonlyMap<string, unknown>;

/** One thing of a part: a lane, a device, the site itself. */
interface Item {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
  readonly isSecret?: (path: readonly string[]) => boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nested settings as dotted paths; lists stay whole. */
function flat(value: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (!isObject(value)) return new Map([[path.join('.'), value]]);
  return new Map(Object.entries(value).flatMap(([name, inner]) => [...flat(inner, [...path, name])]));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const LONGEST = 200;

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function changesOf(part: ConfigurationPart, before: readonly Item[], after: readonly Item[]): ConfigurationChange[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Set(after.map(({ id }) => id));
  const whole = (item: Item, what: 'added' | 'removed'): ConfigurationChange => ({
    ...{ part, what, id: item.id, name: item.name },
    ...{ field: '', before: null, after: null },
  });
  return [
    ...before.filter(({ id }) => !now.has(id)).map((item) => whole(item, 'removed')),
    ...after.flatMap((item): ConfigurationChange[] => {
      const was = old.get(item.id);
      return was === undefined ? [whole(item, 'added')] : fieldsOf(part, was, item);
    }),
  ];
}

function fieldsOf(part: ConfigurationPart, was: Item, item: Item): ConfigurationChange[] {
  const [before, after]: [Fields, Fields] = [flat(was.value), flat(item.value)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [old, now] = [before.get(field), after.get(field)];
    if (same(old, now)) return [];
    const secret = item.isSecret?.(field.replace(/^settings\./, '').split('.')) === true;
    const text = (value: unknown): string | null => (secret && isSet(value) ? KEPT_SECRET : shown(value));
    return [
      {
        ...{ part, what: 'changed' as const, id: item.id, name: item.name, field },
        ...{ before: text(old), after: text(now) },
      },
    ];
  });
}

type Lister = (document: StoredDocument) => Item[];

const named = (list: readonly { readonly id: string; readonly name: string }[]): Item[] =>
  list.map((value) => ({ id: value.id, name: value.name, value }));

/** Only the entry as a whole counts: its own screen tells the details. */
const opaque = (id: string, name: string, value: unknown): Item => ({ id, name, value: [value] });

const PARTS: Readonly<Record<ConfigurationPart, Lister>> = {
  site: ({ site: { quotas: _quotas, rules: _rules, ...site } }) => [{ id: '', name: '', value: site }],
  quotas: ({ site }) => named(site.quotas),
  rules: ({ site }) => [{ id: '', name: '', value: site.rules }],
  areas: ({ areas }) => named(areas),
  lanes: ({ lanes }) => named(lanes),
  devices: ({ devices }) =>
    devices.map((device) => ({ id: device.id, name: '', value: device, isSecret: secretsOfDevice(device) })),
  tariffs: ({ tariffs }) => tariffs.map((tariff) => opaque(tariff.id, tariff.name, tariff)),
  lists: ({ lists }) => lists.map((entry) => opaque(`${entry.list} ${entry.plate}`, '', entry)),
  cards: ({ cards }) => cards.map((card) => opaque(card.number, '', card)),
  berths: ({ berths }) => berths.map((berth) => opaque(berth.code, '', berth)),
  channels: ({ channels }) => [{ id: '', name: '', value: channels }],
  platforms: ({ platforms }) =>
    Object.entries(platforms).flatMap(([id, value]) =>
      value === undefined ? [] : [{ id, name: '', value, isSecret: secretsOfPlatform(id) }],
    ),
};

const partNames = Object.keys(PARTS).filter((name): name is ConfigurationPart => name in PARTS);

/** What is different, part by part, in the order in which people think of a car park. */
export function differences(before: StoredDocument, after: StoredDocument): ConfigurationChange[] {
  return partNames.flatMap((part) => changesOf(part, PARTS[part](before), PARTS[part](after)));
}
