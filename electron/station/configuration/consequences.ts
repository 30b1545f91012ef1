import type { ConfigurationNotice } from '../../../shared/contract/configuration.ts';
import { type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import { platformDefinitions } from '../platforms/registry.ts';
import type { Repositories } from '../store/repositories.ts';
import type { StoredDocument } from './document.ts';

/** What is going on while the configuration is to change. */
export interface Present {
  readonly read: Pick<Repositories, 'stays' | 'outbox' | 'berths'>;
  /** Whether a car stands at a lane. */
  readonly occupied: (laneId: string) => boolean;
}

/** What must not change under the cars that are here now, each with its path. */
export function refusals(before: StoredDocument, after: StoredDocument, present: Present): string[] {
  const inside = new Map<string, number>();
  for (const { areaId, cars } of present.read.stays.counts()) inside.set(areaId, (inside.get(areaId) ?? 0) + cars);
  const areas = before.areas.flatMap((area) => {
    const cars = inside.get(area.id) ?? 0;
    const index = after.areas.findIndex(({ id }) => id === area.id);
    if (cars <= 0 || (index >= 0 && after.areas[index]?.parent === area.parent)) return [];
    const path = index < 0 ? 'areas' : `areas[${index}].parent`;
    return [`${path}: ${cars} cars are inside this area`];
  });
  const berths = Map.groupBy(present.read.berths.all(), ({ areaId }) => areaId);
  const kerb = before.areas.flatMap(({ id }) => {
    const count = berths.get(id)?.length ?? 0;
    return count === 0 || after.areas.some((area) => area.id === id) ? [] : [`areas: "${id}" has ${count} berths`];
  });
  const lanes = before.lanes.flatMap((lane) => {
    if (!present.occupied(lane.id)) return [];
    const index = after.lanes.findIndex(({ id }) => id === lane.id);
    const now = after.lanes[index];
    if (now && now.direction === lane.direction && now.area === lane.area) return [];
    return [`${index < 0 ? 'lanes' : `lanes[${index}].direction`}: a car stands at this lane`];
  });
  return [...areas, ...lanes, ...kerb];
}

const notice = (
  kind: ConfigurationNotice['kind'],
  id = '',
  name = '',
  count: number | null = null,
): ConfigurationNotice => ({ kind, id, name, count });

/** What else a change brings with it. */
export function noticesOf(
  before: StoredDocument,
  after: StoredDocument,
  present: Present,
  reopens: boolean,
): ConfigurationNotice[] {
  const gone = before.lanes.filter((lane) => !after.lanes.some(({ id }) => id === lane.id));
  const used = new Set(
    after.lanes.flatMap((lane) =>
      [lane.camera, lane.exitCamera, lane.barrier, lane.io, lane.display, lane.scanner, lane.printer].filter(
        (id) => id !== undefined,
      ),
    ),
  );
  // A camera may serve only as the relays of an arm.
  for (const { settings } of after.devices) if (typeof settings['camera'] === 'string') used.add(settings['camera']);
  const kinds = new Set(['camera', 'barrier', 'io', 'display', 'scanner', 'printer']);
  return [
    ...(reopens ? [notice('reopens')] : []),
    ...(before.site.code === after.site.code ? [] : [notice('site-code', after.site.code)]),
    ...gone.map((lane) => notice('lane-goes', lane.id, lane.name)),
    ...(after.lanes.length > 0 && after.lanes.every((lane) => lane.direction === 'in') ? [notice('no-exit')] : []),
    ...after.lanes
      .filter((lane) => lane.camera === undefined && lane.barrier === undefined)
      .map((lane) => notice('lane-bare', lane.id, lane.name)),
    ...after.lanes.flatMap(({ authority, name }) =>
      authority === undefined || speaks(after, authority.platform)
        ? []
        : [notice('authority-off', authority.platform, name)],
    ),
    ...after.devices
      .filter((device) => kinds.has(device.kind) && !used.has(device.id))
      .map((device) => notice('device-idle', device.id)),
    ...kerbNotices(before, after, present),
    ...platformNotices(before, after, present),
  ];
}

function kerbNotices(before: StoredDocument, after: StoredDocument, { read }: Present): ConfigurationNotice[] {
  const berths = read.berths.all();
  const gone = before.devices.filter((device) => !after.devices.some(({ id }) => id === device.id));
  const inUse =
    berths.filter((berth) => berth.inUse).length + after.berths.filter((berth) => berth.inUse !== false).length;
  const { kind, totalSpaces } = after.site;
  return [
    ...gone.flatMap(({ id }) => {
      const count = berths.filter(({ sensor, camera }) => sensor === id || camera === id).length;
      return count === 0 ? [] : [notice('berth-device-goes', id, '', count)];
    }),
    ...(kind === 'kerbside' && inUse !== totalSpaces ? [notice('berths-differ', '', String(totalSpaces), inUse)] : []),
  ];
}

/** Whether this station, configured so, talks with the platform. */
const speaks = ({ platforms }: StoredDocument, id: PlatformId): boolean =>
  platforms[id]?.enabled === true && platformDefinitions.some((definition) => definition.id === id);

function platformNotices(before: StoredDocument, after: StoredDocument, present: Present): ConfigurationNotice[] {
  return platformIdSchema.options.flatMap((id) => {
    if (!before.platforms[id]?.enabled || after.platforms[id]?.enabled) return [];
    const { waiting } = present.read.outbox.counts(id, 0);
    return waiting === 0 ? [] : [notice('messages-wait', id, '', waiting)];
  });
}
