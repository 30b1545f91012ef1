import { z } from 'zod';
import type { Lane } from '../../../../../shared/domain/site.ts';
import { devicesToTell, equipmentCodeOf, equipmentStateOf, equipmentTypeOf } from '../devices.ts';
import { toCompact } from '../fields.ts';
import { type BoardContext, newest } from '../newest.ts';
import { RANKS } from '../ranks.ts';

const NAME_CHARACTERS = 10;
const DEGREE_DECIMALS = 6;

/** 1 入口 · 2 出口 · 3 出入口, whichever way a lane that is turned serves now. */
const typeOf = ({ direction, reversible }: Lane): 1 | 2 | 3 =>
  direction === 'both' || reversible ? 3 : direction === 'in' ? 1 : 2;

const degrees = (value: number | undefined): string => value?.toFixed(DEGREE_DECIMALS) ?? '';

function equipments(devices: readonly string[], context: BoardContext): string {
  const { settings, clock } = context;
  const rows = devicesToTell(context)
    .filter(({ id }) => devices.includes(id))
    .map((device) => ({
      equipmentCode: equipmentCodeOf(device.id, settings),
      state: equipmentStateOf(device),
      parkCode: settings.parkCode,
      equipmentType: equipmentTypeOf(device.kind, settings),
      createTime: toCompact(clock.now()),
    }));
  return JSON.stringify(rows);
}

/** Told a moment later, with all of its devices. */
const areUnheard = (devices: readonly string[], context: BoardContext): boolean =>
  !context.settled() &&
  context
    .station()
    .devices.states()
    .some(({ id, state }) => devices.includes(id) && state === 'unknown');

/** An entrance or exit with its devices: at the start, and when it changes. A kerb without lanes has none. */
export const entranceInfo = newest({
  name: 'entranceInfo',
  title: '出入口信息上报',
  section: '6.3.5',
  rank: RANKS.entrances,
  schema: z.strictObject({
    entranceNum: z.int().min(1).max(9999),
    name: z.string().min(1).max(NAME_CHARACTERS),
    garageCode: z.string().max(22),
    roadName: z.string().max(10),
    type: z.literal([1, 2, 3]),
    longitude: z.string().max(12),
    latitude: z.string().max(12),
    devices: z.array(z.string().max(40)).max(10),
  }),
  sample: {
    ...{ entranceNum: 1, name: '东二门', garageCode: '', roadName: '深南大道', type: 3 },
    ...{ longitude: '114.057868', latitude: '22.543099', devices: ['EQ-0001'] },
  },
  keys: ({ station }) =>
    station()
      .lanes.lanes()
      .map(({ id }) => id),
  concerns: ({ kind }) => (kind === 'config-applied' ? 'all' : []),
  look: (id, context) => {
    const { station, settings } = context;
    const { site } = settings;
    const lane = station()
      .lanes.lanes()
      .find((each) => each.id === id);
    if (lane === undefined) return undefined;
    const own = site.entrances.find((each) => each.lane === id);
    const { camera, exitCamera, barrier, display } = lane;
    const devices = [camera, exitCamera, barrier, display].filter((device) => device !== undefined);
    if (areUnheard(devices, context)) return undefined;
    const body = {
      entranceNum: lane.number,
      name: own?.name || lane.name.slice(0, NAME_CHARACTERS),
      garageCode: site.garageCode,
      roadName: own?.roadName ?? site.roadName,
      type: typeOf(lane),
      longitude: degrees(own?.longitude ?? site.longitude),
      latitude: degrees(own?.latitude ?? site.latitude),
      devices,
    };
    return { body };
  },
  wire: ({ longitude, latitude, devices, ...body }, context) => ({
    entranceNum: body.entranceNum,
    name: body.name,
    parkCode: context.settings.parkCode,
    garageCode: body.garageCode,
    roadName: body.roadName,
    type: body.type,
    longitude: longitude === '' ? undefined : longitude,
    latitude: latitude === '' ? undefined : latitude,
    // Text in every kind of body, as the example has it.
    equipments: equipments(devices, context),
  }),
});
