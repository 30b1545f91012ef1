import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import { KEPT_SECRET } from '../../../shared/domain/setting.ts';
import type { DeviceKind } from '../../../shared/domain/site.ts';
import { freeId } from './ids.ts';
import { readNode, type Settings } from './schema.ts';
import type { Forms } from './section.ts';

/** What the ids of devices begin with. */
export const STEMS: Readonly<Record<DeviceKind, string>> = {
  camera: 'cam',
  barrier: 'bar',
  io: 'io',
  display: 'led',
  sign: 'sign',
  printer: 'prn',
  scanner: 'gun',
  'berth-sensor': 'geo',
  'berth-camera': 'eye',
};

/** The fields of lanes that name devices. */
const FIELDS = ['camera', 'exitCamera', 'barrier', 'io', 'display', 'scanner', 'printer'] as const;

export const formOf = (forms: Forms, kind: DeviceKind, driver: string): unknown =>
  forms.drivers.find((form) => form.kind === kind && form.driver === driver)?.schema;

/** What most car parks have: real hardware before what is made up. */
export function firstDriver(forms: Forms, kind: DeviceKind): string {
  const drivers = forms.drivers.filter((form) => form.kind === kind).map(({ driver }) => driver);
  return drivers.find((driver) => driver !== 'virtual') ?? drivers[0] ?? '';
}

/** Where a device is, which another driver of the same kind most likely asks for as well. */
const PLACES = ['serialNo', 'host', 'path', 'camera', 'area'];

/**
 * Of the settings under another driver those that say where the device is, as far as this one knows them. The bullets of a secret stay too: the station
 * then says that what is stored is not sent by another driver.
 */
export function settingsKept(settings: Settings, schema: unknown): Record<string, unknown> {
  const known = readNode(schema).properties ?? {};
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => (PLACES.includes(name) || value === KEPT_SECRET) && Object.hasOwn(known, name),
    ),
  );
}

/** Makes another kind of device of one: nothing of what it was is left, and an id that nobody gave it follows. */
export function changeKind(to: ConfigurationDocument, index: number, kind: DeviceKind, forms: Forms): void {
  const device = to.devices[index];
  if (!device) return;
  const made = new RegExp(`^${STEMS[device.kind]}\\d+$`).test(device.id);
  const named =
    to.lanes.some((lane) => FIELDS.some((field) => lane[field] === device.id)) ||
    to.devices.some(({ settings }) => settings['camera'] === device.id);
  const id = made && !named ? freeId(STEMS[kind], to.devices) : device.id;
  Object.assign(device, { id, kind, driver: firstDriver(forms, kind), settings: {} });
}
