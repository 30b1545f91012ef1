import { z } from 'zod';
import { listKindSchema } from '../../shared/domain/list.ts';
import { areaSchema, deviceSchema, laneSchema, roleSchema, siteSchema } from '../../shared/domain/site.ts';
import { tariffSchema } from '../../shared/domain/tariff.ts';
import { timestampSchema } from '../../shared/domain/time.ts';
import { findDriver } from './devices/registry.ts';
import { platformDefinitions } from './platforms/registry.ts';
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
  cards: z.array(z.unknown()).default([]).describe('Not used by this version'),
  channels: z.array(z.unknown()).default([]).describe('Order of payment channels; this version knows cash'),
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

/**
 * Reads a provision document.
 *
 * @throws ConfigError naming every fault with its path, e.g. `lanes[1].camera: no device "cam-9"`.
 */
export function parseProvision(document: unknown): Provision {
  const parsed = provisionSchema.safeParse(document);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`));
  const faults = [...referenceFaults(parsed.data), ...deviceFaults(parsed.data), ...platformFaults(parsed.data)];
  if (faults.length > 0) throw new ConfigError(faults);
  return parsed.data;
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

function referenceFaults(provision: Provision): string[] {
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
  ];
  const kindOf = new Map(devices.map((device) => [device.id, device.kind]));
  const cameras = new Set<string>();
  for (const [index, lane] of lanes.entries()) {
    if (!areas.some((area) => area.id === lane.area)) faults.push(`lanes[${index}].area: no area "${lane.area}"`);
    if (lane.tariff !== undefined && !tariffs.some((tariff) => tariff.id === lane.tariff))
      faults.push(`lanes[${index}].tariff: no tariff "${lane.tariff}"`);
    for (const kind of ['camera', 'barrier', 'display'] as const) {
      const id = lane[kind];
      if (id === undefined) continue;
      const actual = kindOf.get(id);
      if (actual === undefined) faults.push(`lanes[${index}].${kind}: no device "${id}"`);
      else if (actual !== kind) faults.push(`lanes[${index}].${kind}: device "${id}" is a ${actual}`);
    }
    if (lane.camera !== undefined) {
      if (cameras.has(lane.camera)) faults.push(`lanes[${index}].camera: "${lane.camera}" serves another lane already`);
      cameras.add(lane.camera);
    }
  }
  return faults;
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
      device.kind === 'barrier' &&
      typeof camera === 'string' &&
      !provision.devices.some((other) => other.id === camera && other.kind === 'camera')
    )
      faults.push(`devices[${index}].settings.camera: no camera "${camera}"`);
  }
  const seen = new Set<string>();
  for (const serial of serials) {
    if (seen.has(serial)) faults.push(`devices: serial number "${serial}" stands twice`);
    seen.add(serial);
  }
  return faults;
}

function platformFaults(provision: Provision): string[] {
  return platformDefinitions.flatMap((definition) => {
    const settings = provision.platforms[definition.id];
    if (!settings?.enabled) return [];
    const parsed = definition.settings.safeParse(settings);
    if (parsed.success) return [];
    return parsed.error.issues.map(
      (issue) => `${pathText(['platforms', definition.id, ...issue.path])}: ${issue.message}`,
    );
  });
}

function twice(values: readonly string[], list: string, field: string): string[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [`${list}[${index}].${field}: "${value}" stands twice`] : [],
  );
}
