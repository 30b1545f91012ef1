import { z } from 'zod';
import type { DeviceConfig } from '../../shared/domain/site.ts';
import { findDriver } from './devices/registry.ts';

const lineSchema = z.looseObject({
  path: z.string().optional(),
  host: z.string().optional(),
  port: z.int().optional(),
  baudRate: z.int().optional(),
  dataBits: z.int().optional(),
  parity: z.string().optional(),
  stopBits: z.int().optional(),
  transport: z.string().optional(),
  unit: z.int().optional(),
  openCoil: z.int().optional(),
  closeCoil: z.int().optional(),
  camera: z.string().optional(),
  channel: z.int().optional(),
  address: z.int().optional(),
  serialNo: z.string().optional(),
});

export interface Wired {
  readonly index: number;
  readonly config: DeviceConfig;
  readonly settings: z.output<typeof lineSchema>;
  /** The port or address; null: it has no line of its own. */
  readonly place: string | null;
}

/** Devices as their drivers understand them; what these do not understand is a fault of its own. */
export function wired(devices: readonly DeviceConfig[]): Wired[] {
  return devices.flatMap((config, index) => {
    const parsed = findDriver(config.kind, config.driver)?.settings.safeParse(config.settings);
    const line = lineSchema.safeParse(parsed?.data);
    if (!parsed?.success || !line.success) return [];
    const { path, baudRate, host, port } = line.data;
    const serial = path === undefined || baudRate === undefined ? null : path;
    const place = host === undefined || port === undefined ? serial : `${host}:${port}`;
    return [{ index, config, settings: line.data, place }];
  });
}

/** What cannot be wired together: devices on one line that differ in its parameters, two arms on one relay, an arm on a camera without relays. */
export function lineFaults(devices: readonly DeviceConfig[]): string[] {
  const all = wired(devices);
  return all.flatMap((each) => {
    const before = all.slice(0, all.indexOf(each)).filter(({ place }) => place !== null && place === each.place);
    return [...parameterFaults(each, before), ...coilFaults(each, before), ...cameraFaults(each, devices)];
  });
}

const PARAMETERS = ['baudRate', 'dataBits', 'parity', 'stopBits', 'transport'] as const;

function parameterFaults({ index, settings }: Wired, before: readonly Wired[]): string[] {
  return PARAMETERS.flatMap((name) => {
    const own = settings[name];
    const other = before.find((one) => one.settings[name] !== undefined && one.settings[name] !== own);
    if (own === undefined || !other) return [];
    return [
      `devices[${index}].settings.${name}: "${other.config.id}" uses the same line with ${other.settings[name] ?? ''}`,
    ];
  });
}

function coilFaults({ index, config, settings }: Wired, before: readonly Wired[]): string[] {
  if (config.kind !== 'barrier') return [];
  const board = before.filter((one) => one.config.kind === 'barrier' && one.settings.unit === settings.unit);
  return (['openCoil', 'closeCoil'] as const).flatMap((name) => {
    const coil = settings[name];
    if (coil === undefined) return [];
    const other = board.find((one) => [one.settings.openCoil, one.settings.closeCoil].includes(coil));
    return other
      ? [`devices[${index}].settings.${name}: this relay moves the arm of "${other.config.id}" already`]
      : [];
  });
}

function cameraFaults({ index, config, settings }: Wired, devices: readonly DeviceConfig[]): string[] {
  const camera = devices.find(({ id, kind }) => kind === 'camera' && id === settings.camera);
  const driver = camera && findDriver('camera', camera.driver);
  const lacks =
    (config.kind === 'barrier' && driver?.gates === false && 'relays for an arm') ||
    (config.kind === 'display' && driver?.serial === false && 'RS-485 for a display');
  return lacks ? [`devices[${index}].settings.camera: "${settings.camera ?? ''}" offers no ${lacks}`] : [];
}
