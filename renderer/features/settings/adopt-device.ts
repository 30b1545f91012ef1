import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { FoundDevice } from '../../../shared/contract/devices.ts';
import type { DeviceConfig, Lane } from '../../../shared/domain/site.ts';
import { freeId, freeNumber } from './ids.ts';

/** Where a found camera is put: at a lane that is there, for the way out of a lane for both, at a new lane, or nowhere yet. */
export type AdoptPlace =
  | { readonly kind: 'lane'; readonly laneId: string; readonly field: 'camera' | 'exitCamera' }
  | { readonly kind: 'new'; readonly direction: 'in' | 'out'; readonly name: string }
  | { readonly kind: 'none' };

/** What this protocol offers no way to do: the arm of its lane needs a board of its own. */
const WITHOUT_RELAYS = ['huaxia'];
export const movesArm = ({ driver }: Pick<FoundDevice, 'driver'>): boolean => !WITHOUT_RELAYS.includes(driver);

/** The place of a device in the document that calls itself by this number or address, -1 while it is in none. */
export function indexOfSerial(draft: ConfigurationDocument, found: Pick<FoundDevice, 'driver' | 'serialNo'>): number {
  return draft.devices.findIndex(
    ({ driver, settings }) => driver === found.driver && Object.values(settings).includes(found.serialNo),
  );
}

/** The camera that stands at a place already. */
export function standingAt(draft: ConfigurationDocument, place: AdoptPlace): DeviceConfig | undefined {
  if (place.kind !== 'lane') return undefined;
  const id = draft.lanes.find((lane) => lane.id === place.laneId)?.[place.field];
  return draft.devices.find((device) => device.id === id);
}

/**
 * Takes a found camera into the document. Where a camera stands already, the new one takes its place under the same id: arms wired
 * to it, and what was recorded under the id, go on. `arm`: its relays also move the arm of a lane that has none.
 */
export function adoptDevice(to: ConfigurationDocument, found: FoundDevice, place: AdoptPlace, arm: boolean): void {
  const { suggestion } = found;
  const old = standingAt(to, place);
  if (old) {
    const kept = old.driver === suggestion.driver ? old.settings : {};
    Object.assign(old, { driver: suggestion.driver, settings: { ...kept, ...suggestion.settings } });
    armOf(to, place, old.id, arm);
    return;
  }
  const taken = to.devices.some(({ id }) => id === suggestion.id);
  const id = taken ? freeId(`${suggestion.id}-`, to.devices) : suggestion.id;
  to.devices.push({ ...suggestion, id });
  if (place.kind === 'new') {
    const lane: Lane = {
      id: freeId(place.direction, to.lanes),
      name: place.name,
      direction: place.direction,
      reversible: false,
      number: freeNumber(to.lanes.map(({ number }) => number)),
      area: to.areas[0]?.id ?? '',
      camera: id,
    };
    to.lanes.push(lane);
    armOf(to, { kind: 'lane', laneId: lane.id, field: 'camera' }, id, arm);
  } else if (place.kind === 'lane') {
    const lane = to.lanes.find((each) => each.id === place.laneId);
    if (lane) lane[place.field] = id;
    armOf(to, place, id, arm);
  }
}

function armOf(to: ConfigurationDocument, place: AdoptPlace, camera: string, arm: boolean): void {
  const lane = place.kind === 'lane' ? to.lanes.find((each) => each.id === place.laneId) : undefined;
  if (!lane || lane.barrier !== undefined || !arm) return;
  const wanted = `bar-${lane.id}`;
  const id = to.devices.some((device) => device.id === wanted) ? freeId('bar', to.devices) : wanted;
  to.devices.push({ id, kind: 'barrier', driver: 'camera', settings: { camera } });
  lane.barrier = id;
}
