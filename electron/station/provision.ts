import { z } from 'zod';
import { listKindSchema, listStrategySchema } from '../../shared/domain/list.ts';
import { areaSchema, deviceSchema, laneSchema, roleSchema, siteSchema } from '../../shared/domain/site.ts';
import { tariffSchema } from '../../shared/domain/tariff.ts';
import { timestampSchema } from '../../shared/domain/time.ts';
import { lineFaults } from './device-line-faults.ts';
import { findDriver } from './devices/registry.ts';
import { channelsSchema } from './payments/channel.ts';
import { platformDefinitions } from './platforms/registry.ts';
import { berthFaults, twice } from './provision-faults.ts';
import { seedBerthSchema } from './registry/berths-seed.ts';
import { seedCardSchema } from './registry/seed.ts';
import { ConfigError } from './runtime/errors.ts';

/** A user of the station. The password is hashed at once and kept nowhere. */
const userSchema = z.strictObject({
  name: z.string().min(1).max(40),
  password: z.string().min(8, 'must have at least 8 characters').max(200),
  role: roleSchema,
});

const initialListEntry = z.strictObject({
  list: listKindSchema,
  plate: z.string().min(1).max(16),
  strategy: listStrategySchema.optional(),
  validFrom: timestampSchema.optional(),
  validTo: timestampSchema.optional(),
  remark: z.string().max(50).optional(),
});

const platformSettings = z.looseObject({ enabled: z.boolean().default(true) });

/** The whole configuration of a car park as one JSON document. The settings of devices and platforms are parsed by their owners. */
export const provisionSchema = z.strictObject({
  $schema: z.string().optional(),
  site: siteSchema,
  areas: z.array(areaSchema).default([]),
  lanes: z.array(laneSchema).default([]),
  devices: z.array(deviceSchema).default([]),
  tariffs: z.array(tariffSchema).default([]),
  users: z.array(userSchema).default([]),
  lists: z.array(initialListEntry).default([]),
  cards: z.array(seedCardSchema).default([]).describe('Cards that are made when no card has their number yet'),
  berths: z
    .array(seedBerthSchema)
    .default([])
    .describe('Berths that come onto the register when it has none with their code, and had none'),
  channels: channelsSchema.describe('Payment channels in the order in which an exit asks them; cash needs no name'),
  platforms: z
    .strictObject({
      qingdao: platformSettings.optional(),
      shenzhen: platformSettings.optional(),
      keytop: platformSettings.optional(),
      vanke: platformSettings.optional(),
      cmb: platformSettings.optional(),
    })
    .default({}),
});
export type Provision = z.output<typeof provisionSchema>;

/** What a document may refer to although it does not contain it. */
export interface KnownElsewhere {
  /** Ids of tariffs that were published on the screens. */
  readonly tariffs?: readonly string[];
}

/**
 * Reads a provision document.
 *
 * @throws ConfigError naming every fault with its path, e.g. `lanes[1].camera: no device "cam-9"`.
 */
export function parseProvision(document: unknown, known: KnownElsewhere = {}): Provision {
  const parsed = provisionSchema.safeParse(document);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`));
  const { data } = parsed;
  const faults = [...referenceFaults(data, known), ...deviceFaults(data), ...platformFaults(data)];
  if (faults.length > 0) throw new ConfigError(faults);
  return data;
}

/** `["lanes", 1, "camera"]` → `lanes[1].camera`. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (done, part) =>
      typeof part === 'number' ? `${done}[${part}]` : done === '' ? String(part) : `${done}.${String(part)}`,
    '',
  );
  return text === '' ? '(document)' : text;
}

function referenceFaults(provision: Provision, known: KnownElsewhere): string[] {
  const { lanes, devices, areas, tariffs, users } = provision;
  const faults = [
    ...twice(
      areas.map((area) => area.id),
      'areas',
      'id',
    ),
    ...twice(
      lanes.map((lane) => lane.id),
      'lanes',
      'id',
    ),
    ...twice(
      lanes.map((lane) => `${lane.direction} ${lane.number}`),
      'lanes',
      'number',
    ),
    ...twice(
      devices.map((device) => device.id),
      'devices',
      'id',
    ),
    ...twice(
      tariffs.map((tariff) => tariff.id),
      'tariffs',
      'id',
    ),
    ...twice(
      users.map((user) => user.name),
      'users',
      'name',
    ),
    ...twice(
      provision.cards.map((card) => card.number),
      'cards',
      'number',
    ),
    ...provision.cards.flatMap((card, index) =>
      (card.areas ?? [])
        .filter((id) => !areas.some((area) => area.id === id))
        .map((id) => `cards[${index}].areas: no area "${id}"`),
    ),
  ];
  const kindOf = new Map(devices.map((device) => [device.id, device.kind]));
  const taken = new Set<string>();
  const priced = new Set([...tariffs.map((tariff) => tariff.id), ...(known.tariffs ?? [])]);
  for (const [index, lane] of lanes.entries()) {
    if (!areas.some((area) => area.id === lane.area)) faults.push(`lanes[${index}].area: no area "${lane.area}"`);
    if (lane.tariff !== undefined && !priced.has(lane.tariff))
      faults.push(`lanes[${index}].tariff: no tariff "${lane.tariff}"`);
    for (const field of ['camera', 'exitCamera', 'barrier', 'io', 'display', 'scanner', 'printer'] as const) {
      const id = lane[field];
      if (id === undefined) continue;
      const kind = field === 'exitCamera' ? 'camera' : field;
      const actual = kindOf.get(id);
      if (actual === undefined) faults.push(`lanes[${index}].${field}: no device "${id}"`);
      else if (actual !== kind) faults.push(`lanes[${index}].${field}: device "${id}" is a ${actual}`);
    }
    for (const field of ['camera', 'exitCamera', 'barrier', 'io'] as const) {
      const id = lane[field];
      if (id === undefined) continue;
      if (taken.has(id)) faults.push(`lanes[${index}].${field}: "${id}" serves another lane already`);
      taken.add(id);
    }
    if (lane.exitCamera !== undefined && lane.direction !== 'both')
      faults.push(`lanes[${index}].exitCamera: only a lane for both ways has a second camera`);
    if (lane.reversible && lane.direction === 'both')
      faults.push(`lanes[${index}].reversible: a lane for both ways at once cannot be turned`);
  }
  return [
    ...faults,
    ...berthFaults(provision, kindOf),
    ...areaFaults(areas),
    ...twice(
      provision.site.quotas.map(({ id }) => id),
      'site.quotas',
      'id',
    ),
  ];
}

/** An inner area lies in one that exists, and not in itself by any way round. */
function areaFaults(areas: Provision['areas']): string[] {
  const parentOf = new Map(areas.map((area) => [area.id, area.parent]));
  return areas.flatMap((area, index) => {
    if (area.parent === undefined) return [];
    if (!parentOf.has(area.parent)) return [`areas[${index}].parent: no area "${area.parent}"`];
    const seen = new Set([area.id]);
    for (let up: string | undefined = area.parent; up !== undefined; up = parentOf.get(up)) {
      if (seen.has(up)) return [`areas[${index}].parent: "${area.id}" would lie within itself`];
      seen.add(up);
    }
    return [];
  });
}

function deviceFaults(provision: Provision): string[] {
  const faults: string[] = [];
  const serials: string[] = [];
  for (const [index, device] of provision.devices.entries()) {
    const driver = findDriver(device.kind, device.driver);
    if (!driver) {
      faults.push(`devices[${index}].driver: no ${device.kind} driver "${device.driver}"`);
      continue;
    }
    const settings = driver.settings.safeParse(device.settings);
    if (!settings.success)
      faults.push(
        ...settings.error.issues.map(
          (issue) => `${pathText(['devices', index, 'settings', ...issue.path])}: ${issue.message}`,
        ),
      );
    const serial = device.settings['serialNo'];
    if (typeof serial === 'string') serials.push(`${device.driver} ${serial}`);
    const camera = device.settings['camera'];
    if (
      device.kind !== 'camera' &&
      typeof camera === 'string' &&
      !provision.devices.some((other) => other.id === camera && other.kind === 'camera')
    )
      faults.push(`devices[${index}].settings.camera: no camera "${camera}"`);
  }
  for (const [index, { kind, settings }] of provision.devices.entries()) {
    const area = kind === 'sign' ? settings['area'] : undefined;
    if (typeof area === 'string' && !provision.areas.some(({ id }) => id === area))
      faults.push(`devices[${index}].settings.area: no area "${area}"`);
  }
  const seen = new Set<string>();
  for (const serial of serials) {
    if (seen.has(serial)) faults.push(`devices: serial number "${serial}" stands twice`);
    seen.add(serial);
  }
  return [...faults, ...lineFaults(provision.devices)];
}

function platformFaults(provision: Provision): string[] {
  return platformDefinitions.flatMap((definition) => {
    const settings = provision.platforms[definition.id];
    if (!settings?.enabled) return [];
    const parsed = definition.settings.safeParse(settings);
    const faults = parsed.success
      ? (definition.faults?.(parsed.data, provision.lanes) ?? [])
      : parsed.error.issues.map(({ path, message }) => [path, message] as const);
    return faults.map(([path, message]) => `${pathText(['platforms', definition.id, ...path])}: ${message}`);
  });
}
