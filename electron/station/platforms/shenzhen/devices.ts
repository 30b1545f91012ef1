import { createHash } from 'node:crypto';
import type { DeviceKind } from '../../../../shared/domain/site.ts';
import type { DeviceState } from '../platform.ts';
import type { ShenzhenSettings } from './config.ts';
import type { BoardContext } from './newest.ts';

/** Devices as the city knows them. */

/** 附录 equipmentType: 1000 出入口 · 2000 充电桩 · 3000 车位 · 4000 网关 · 5000 诱导. There are no charging posts and no gateways here. */
const TYPES: Readonly<Record<DeviceKind, string>> = {
  camera: '1000',
  barrier: '1000',
  io: '1000',
  scanner: '1000',
  printer: '1000',
  display: '5000',
  sign: '5000',
  'berth-sensor': '3000',
  'berth-camera': '3000',
};

const MOST_CHARACTERS = 36;
const DIGEST_CHARACTERS = 8;

/** After the start devices get so long to be heard of; what is silent still is told as abnormal. */
export const FIRST_WORD_MS = 15_000;

export const equipmentTypeOf = (kind: DeviceKind, { wire }: Pick<ShenzhenSettings, 'wire'>): string =>
  wire.equipmentTypes[kind] ?? TYPES[kind];

/** equipmentCode, barCode: as the city numbered it, or our own id, which is shortened where it is too long. */
export function equipmentCodeOf(id: string, { site }: Pick<ShenzhenSettings, 'site'>): string {
  const given = site.devices[id];
  if (given !== undefined) return given;
  if (id.length <= MOST_CHARACTERS) return id;
  const digest = createHash('sha1').update(id, 'utf8').digest('hex').slice(0, DIGEST_CHARACTERS);
  return `${id.slice(0, MOST_CHARACTERS - DIGEST_CHARACTERS - 1)}-${digest}`;
}

/** Whose code this is; undefined: nobody's. */
export const deviceOfCode = <D extends Pick<DeviceState, 'id'>>(
  code: string,
  devices: readonly D[],
  settings: Pick<ShenzhenSettings, 'site'>,
): D | undefined => devices.find(({ id }) => equipmentCodeOf(id, settings) === code);

/** 1 normal, 0 abnormal. */
export const equipmentStateOf = ({ state }: Pick<DeviceState, 'state'>): 0 | 1 => (state === 'online' ? 1 : 0);

/** Those that the city can be told of: nothing is known of one that had no time to be heard. */
export const devicesToTell = ({
  station,
  settled,
}: Pick<BoardContext, 'station' | 'settled'>): readonly DeviceState[] => {
  const isSettled = settled();
  return station()
    .devices.states()
    .filter(({ state }) => isSettled || state !== 'unknown');
};
