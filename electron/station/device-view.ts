import type { DeviceState } from '../../shared/contract/devices.ts';
import type { DisplayLine } from '../../shared/domain/display.ts';
import type { Lane } from '../../shared/domain/site.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import type { DevicePark } from './device-park.ts';
import type { Device, DeviceFacts, Printer, RawTalker } from './devices/device.ts';
import { isBarrier, isCamera, isDisplay, isInputBoard, isPrinter, isScanner, isSign } from './devices/narrow.ts';
import type { DeviceWatch } from './devices/watch.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import type { Alarms } from './runtime/alarms.ts';

const ROLES = ['camera', 'exitCamera', 'barrier', 'io', 'display', 'scanner', 'printer'] as const;

export interface ViewDeps {
  readonly park: DevicePark;
  readonly lanes: LaneRuntime;
  readonly alarms: Alarms;
}

/** The lanes at which a device stands, and as what. */
export const lanesServed = (
  { id }: Device,
  lanes: Pick<LaneRuntime, 'lanes'>,
): { readonly lane: Lane; readonly role: (typeof ROLES)[number] }[] =>
  lanes.lanes().flatMap((lane) => ROLES.filter((role) => lane[role] === id).map((role) => ({ lane, role })));

/** The lane whose arm this device moves: a barrier, or a camera where nothing else does. */
export const laneOfArm = (device: Device, lanes: Pick<LaneRuntime, 'lanes'>): Lane | undefined =>
  lanes
    .lanes()
    .find((lane) =>
      isBarrier(device) ? lane.barrier === device.id : lane.barrier === undefined && lane.camera === device.id,
    );

/** Who can send bytes to it as they are: nobody where an arm hangs on the same line. */
export function rawTalker(device: Device, park: Pick<DevicePark, 'sharesWithArm'>): RawTalker['raw'] {
  if (!(isDisplay(device) || isSign(device) || isPrinter(device)) || park.sharesWithArm(device)) return undefined;
  return device.raw?.bind(device);
}

/** A device as its page shows it: what it told, what is known by watching it, and what may be asked of it. */
export function deviceView(device: Device, watch: DeviceWatch, deps: ViewDeps): DeviceState {
  const { park, lanes } = deps;
  const facts = device.facts?.() ?? {};
  const via = facts.via ?? null;
  const link = (via === null ? undefined : park.watchOf(via)) ?? watch;
  return {
    ...park.viewOf(device),
    ...{ state: link.state, since: time(link.since), reconnects: link.reconnects, via },
    serialNo: facts.serialNo ?? null,
    firmware: facts.firmware ?? null,
    address: facts.address ?? null,
    delay: watch.delay,
    readDelayMs: watch.readDelayMs,
    lanes: lanesServed(device, lanes).map(({ lane, role }) => ({ id: lane.id, name: lane.name, role })),
    alarms: alarmsOf(device, deps),
    inputs: inputsOf(facts, watch),
    relays: facts.relays ? { ...facts.relays } : null,
    arm: armOf(device),
    lastPicture: watch.picture && { takenAt: toRfc3339(watch.picture.takenAt), plate: watch.picture.plate },
    showing: isDisplay(device) ? lines(device.showing()) : null,
    sign: isSign(device) ? device.showing() : null,
    lastScan: isScanner(device) ? scanOf(device.lastScan()) : null,
    printed: isPrinter(device) ? paperOf(device) : null,
    can: {
      selfTest: device.selfTest !== undefined || isCamera(device),
      snapshot: isCamera(device) && device.takesPictures !== false,
      pulse: laneOfArm(device, lanes) !== undefined,
      show: isDisplay(device),
      speak: isDisplay(device) && device.speaks,
      volume: isDisplay(device) && device.speaks && device.setVolume !== undefined,
      sign: isSign(device),
      print: isPrinter(device),
      drawer: isPrinter(device) && device.hasDrawer,
      scan: isScanner(device),
      raw: rawTalker(device, park) !== undefined,
    },
  };
}

/** Null: it says nothing of an arm. A board with loops alone never does. */
function armOf(device: Device): DeviceState['arm'] {
  if (isBarrier(device) || isCamera(device)) return device.arm?.() ?? null;
  const told = isInputBoard(device) ? device.arm() : 'unknown';
  return told === 'unknown' ? null : told;
}

function alarmsOf(device: Device, { lanes, alarms }: ViewDeps): DeviceState['alarms'] {
  const laneIds = new Set(lanesServed(device, lanes).map(({ lane }) => lane.id));
  const movesArm = laneOfArm(device, lanes) !== undefined;
  return alarms
    .list()
    .filter(
      ({ code, subject }) =>
        subject === device.id || (code === 'gate-command-lost' && laneIds.has(subject) && movesArm),
    )
    .map(({ subject: _subject, since, ...alarm }) => ({ ...alarm, since: toRfc3339(since) }));
}

function inputsOf({ inputs = [], contacts = [] }: DeviceFacts, watch: DeviceWatch): DeviceState['inputs'] {
  const roles = new Set([...contacts.map(({ role }) => role), ...inputs, ...watch.inputs.keys()]);
  return [...roles].map((role) => {
    const known = watch.inputs.get(role);
    const contact = contacts.find((each) => each.role === role);
    return {
      ...{ role, on: known?.on ?? contact?.on ?? null, changedAt: time(known?.at ?? null) },
      contact: contact ? { terminal: contact.terminal, closed: contact.closed } : null,
    };
  });
}

function paperOf(printer: Printer): DeviceState['printed'] {
  const printed = printer.lastPrinted?.() ?? null;
  return printed && { at: toRfc3339(printed.at), document: [...printed.document], columns: printer.columns };
}

const scanOf = (scan: { readonly at: number; readonly characters: number } | null): DeviceState['lastScan'] =>
  scan && { at: toRfc3339(scan.at), characters: scan.characters };
const time = (at: number | null): string | null => (at === null ? null : toRfc3339(at));
const lines = (shown: readonly DisplayLine[] | null): DisplayLine[] | null => (shown ? [...shown] : null);
