import { z } from 'zod';
import type { DeviceConfig, Lane } from '../../shared/domain/site.ts';
import { type Wired, wired } from './device-line-faults.ts';

interface Site {
  readonly devices: readonly DeviceConfig[];
  readonly lanes: readonly Lane[];
}

/**
 * What would take something from each other: two arms on the relays of one camera, two of a kind at one address. Asked only of what is newly
 * saved or given: a station that runs with such a document goes on running.
 *
 * Shared on purpose, and no fault: a display, a printer or a scan gun of more than one lane; a line of several devices with addresses of their own.
 */
export function sharingFaults({ devices, lanes }: Site): string[] {
  const all = wired(devices);
  return [
    ...twins(all, armOf, (own, other, on) => `"${own}" and "${other}" hang on the relays of camera "${on}"`),
    ...twins(all, placeOf, (own, other, at) => `"${own}" and "${other}" are both at ${at}`),
    ...inputTwins(all),
    ...armsOfLanes(all, lanes),
  ];
}

/** Where two must not meet, how that is named, and the setting that says so; null: they may. */
type Spot = { readonly key: string; readonly name: string; readonly field: string } | null;

/** Each device that is where one before it is already. */
function twins(
  all: readonly Wired[],
  spotOf: (each: Wired, all: readonly Wired[]) => Spot,
  tell: (own: string, other: string, spot: string) => string,
): string[] {
  const first = new Map<string, string>();
  return all.flatMap((each) => {
    const spot = spotOf(each, all);
    if (spot === null) return [];
    const { id } = each.config;
    const other = first.get(spot.key);
    if (other !== undefined) return [`devices[${each.index}].settings.${spot.field}: ${tell(id, other, spot.name)}`];
    first.set(spot.key, id);
    return [];
  });
}

/** The camera on whose relays an arm hangs. One camera may be configured twice, by two of its protocols: it has its relays once. */
function armOf({ config, settings }: Wired, all: readonly Wired[]): Spot {
  if (config.kind !== 'barrier' || settings.camera === undefined) return null;
  return { key: cameraKey(settings.camera, all), name: settings.camera, field: 'camera' };
}

function cameraKey(id: string, all: readonly Wired[]): string {
  const serialNo = all.find(({ config }) => config.id === id && config.kind === 'camera')?.settings.serialNo;
  return serialNo === undefined ? `id ${id}` : `no ${serialNo.toLowerCase()}`;
}

/** The only place of its kind: what stands there twice talks over itself. Boards on one line have addresses, guns and printers have none. */
function placeOf(each: Wired, all: readonly Wired[]): Spot {
  const { kind } = each.config;
  if (kind === 'display') return boardOf(each, all);
  const place = each.place ?? each.settings.path ?? null;
  const alone = kind === 'camera' || kind === 'printer' || kind === 'scanner' || kind === 'sign';
  return alone && place !== null ? { key: `${kind} ${place}`, name: place, field: fieldOf(each) } : null;
}

/** A display is a board with an address on its line. */
function boardOf(each: Wired, all: readonly Wired[]): Spot {
  const { camera, channel = 0, address } = each.settings;
  const line = camera === undefined ? each.place : `${cameraKey(camera, all)} ${channel}`;
  if (address === undefined || line === null) return null;
  const name = camera === undefined ? line : `${camera} RS-485 ${channel + 1}`;
  return { key: `display ${line} ${address}`, name: `${name} #${address}`, field: 'address' };
}

const inputsSchema = z.array(z.looseObject({ input: z.int() }));

/** An input of a board at two devices: a car on it would stand at two lanes. */
function inputTwins(all: readonly Wired[]): string[] {
  const first = new Map<string, string>();
  return all.flatMap(({ index, config, place, settings }) => {
    const wiring = inputsSchema.safeParse(settings['inputs']);
    if (place === null || settings.unit === undefined || !wiring.success) return [];
    return wiring.data.flatMap(({ input }) => {
      const key = `${place} ${settings.unit} ${input}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, config.id);
      return other === undefined || other === config.id
        ? []
        : [`devices[${index}].settings.inputs: input ${input} of this board belongs to "${other}" already`];
    });
  });
}

const fieldOf = ({ settings }: Wired): string => (settings.host === undefined ? 'path' : 'host');

/** A lane without a barrier has its arm on its camera: no barrier of another lane may hang there. */
function armsOfLanes(all: readonly Wired[], lanes: readonly Lane[]): string[] {
  return lanes.flatMap(({ id, camera, barrier }, index) => {
    if (camera === undefined || barrier !== undefined) return [];
    const other = lanes.find((lane) => {
      const arm = all.find(({ config }) => config.id === lane.barrier)?.settings.camera;
      return lane.id !== id && arm !== undefined && cameraKey(arm, all) === cameraKey(camera, all);
    });
    return other
      ? [
          `lanes[${index}].camera: without a barrier the arm hangs on "${camera}", as "${other.barrier ?? ''}" of "${other.id}" does`,
        ]
      : [];
  });
}
