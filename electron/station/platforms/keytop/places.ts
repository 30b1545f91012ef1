import type { Lane, LaneDirection } from '../../../../shared/domain/site.ts';
import type { DeviceState, StationServices } from '../platform.ts';
import type { KeytopSettings } from './config.ts';

/** Lanes and devices by the names that the third party knows them by: a name, an address or a code (G17). */

interface Needed {
  readonly settings: Pick<KeytopSettings, 'devices' | 'placeAs'>;
  readonly station: () => {
    readonly lanes: Pick<StationServices['lanes'], 'lanes'>;
    readonly devices: Pick<StationServices['devices'], 'states'>;
  };
}

/** A lane as it was called when something happened there; without a name, as it is called now. */
export interface PlaceRef {
  readonly laneId: string;
  readonly laneName: string;
}

/** Which lane it was, or why none of ours is meant; in words that may be shown. */
export type LaneFound = { readonly lane: Lane } | { readonly refused: string };

/** deviceCode of a lane or device: that of the settings, else its own id. */
export const deviceCodeOf = (
  id: string,
  { settings }: { readonly settings: Pick<KeytopSettings, 'devices'> },
): string => settings.devices[id] ?? id;

/** entryPlace and leavePlace. A lane whose camera has no known address is told by its name. */
export function placeOf(at: PlaceRef, direction: LaneDirection, context: Needed): string {
  const { placeAs, devices } = context.settings;
  const { laneId } = at;
  const lane = context
    .station()
    .lanes.lanes()
    .find(({ id }) => id === laneId);
  const name = at.laneName || (lane?.name ?? laneId);
  if (placeAs === 'name') return name;
  if (placeAs === 'ip') return (lane && addressOf(lane, direction, context)) ?? name;
  const camera = lane && cameraOf(lane, direction);
  return devices[laneId] ?? (camera === undefined ? undefined : devices[camera]) ?? laneId;
}

/**
 * The lane of a request by deviceCode (`deviceType` 0, and where it is missing) or by address (1). A code is that of the lane or of any
 * of its devices. Two lanes that answer to one name are neither: nobody could say which was meant.
 */
export function laneOfDevice(deviceCode: string, deviceType: number | undefined, context: Needed): LaneFound {
  const asked = deviceCode.trim();
  const lanes = context.station().lanes.lanes();
  const found = deviceType === 1 ? byAddress(asked, lanes, context) : byCode(asked, lanes, context);
  const [lane, other] = found;
  const what = deviceType === 1 ? '地址' : '编码';
  if (lane === undefined) return { refused: `没有${what}为 ${asked} 的设备` };
  if (other !== undefined) return { refused: `${what} ${asked} 对应多条车道，无法确定是哪一条` };
  return { lane };
}

type Fault = readonly [path: readonly string[], message: string];

/** Codes that do not tell two lanes apart: what was meant for one arm would be refused at both. One display may serve two lanes. */
export function codeFaults(settings: Pick<KeytopSettings, 'devices'>, lanes: readonly Lane[]): readonly Fault[] {
  const codes = (lane: Lane) =>
    [lane.id, ...devicesOf(lane)].map((id) => ({ id, code: deviceCodeOf(id, { settings }) }));
  return lanes.flatMap((lane, index) =>
    lanes.slice(0, index).flatMap((other) => {
      const clash = codes(lane).find((mine) =>
        codes(other).some((theirs) => theirs.code === mine.code && theirs.id !== mine.id),
      );
      return clash === undefined
        ? []
        : [[['devices'], `lanes "${other.id}" and "${lane.id}" have the code "${clash.code}" in common`] as const];
    }),
  );
}

/** Camera that looks at cars going this way. */
const cameraOf = (lane: Lane, direction: LaneDirection): string | undefined =>
  direction === 'out' ? (lane.exitCamera ?? lane.camera) : lane.camera;

const devicesOf = ({ camera, exitCamera, barrier, display }: Lane): readonly string[] =>
  [camera, exitCamera, barrier, display].flatMap((id) => id ?? []);

const byCode = (asked: string, lanes: readonly Lane[], context: Needed): readonly Lane[] =>
  lanes.filter((lane) => [lane.id, ...devicesOf(lane)].some((id) => deviceCodeOf(id, context) === asked));

function byAddress(asked: string, lanes: readonly Lane[], { station }: Needed): readonly Lane[] {
  const there = new Set(
    station()
      .devices.states()
      .flatMap(({ id, address }) => (address === asked ? [id] : [])),
  );
  return lanes.filter((lane) => devicesOf(lane).some((id) => there.has(id)));
}

function addressOf(lane: Lane, direction: LaneDirection, { station }: Needed): string | undefined {
  const states = new Map(
    station()
      .devices.states()
      .map((state): [string, DeviceState] => [state.id, state]),
  );
  const ids = [cameraOf(lane, direction), ...devicesOf(lane)].flatMap((id) => id ?? []);
  for (const id of ids) {
    const address = states.get(id)?.address;
    if (address) return address;
  }
  return undefined;
}
