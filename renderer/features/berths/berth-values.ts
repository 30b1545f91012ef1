import type { BerthView } from '../../../shared/contract/berths.ts';
import type { BerthSide } from '../../../shared/domain/berth.ts';
import { countOf } from '../../office/choices.tsx';

/** No device. An id never begins with a dash. */
export const NONE = '-';

/** A berth as it is typed. */
export interface BerthValues {
  readonly code: string;
  readonly number: string;
  readonly areaId: string;
  readonly road: string;
  readonly side: BerthSide;
  readonly position: string;
  readonly sensor: string;
  readonly camera: string;
  readonly inUse: boolean;
}

/** The one that is changed, or a new one, which most likely lies where the one added before lies. */
export function valuesOf(
  berth: BerthView | null,
  beside: Pick<BerthView, 'areaId' | 'road' | 'side'> | null,
): BerthValues {
  const like = berth ?? beside;
  return {
    code: berth?.code ?? '',
    number: berth ? String(berth.number) : '',
    areaId: like?.areaId ?? '',
    road: like?.road ?? '',
    side: like?.side ?? 'right',
    position: berth ? String(berth.position) : '',
    sensor: berth?.sensor ?? NONE,
    camera: berth?.camera ?? NONE,
    inUse: berth?.inUse ?? true,
  };
}

/** Where there is one road section, a berth lies there. */
export const onlyArea = (
  areas: readonly { readonly areaId: string }[],
): Pick<BerthView, 'areaId' | 'road' | 'side'> | null =>
  areas.length === 1 && areas[0] ? { areaId: areas[0].areaId, road: '', side: 'right' } : null;

const within = (text: string, from: number, to: number): boolean => {
  const count = countOf(text);
  return count === null || (count !== undefined && count >= from && count <= to);
};

/** What is wrong by itself, by field. */
export const faultsOf = ({ code, areaId, number, position }: BerthValues) => ({
  code: code.trim() === '',
  areaId: areaId === '',
  number: !within(number, 1, 9999),
  position: !within(position, 0, 99_999),
});

const deviceOf = (id: string): string | null => (id === NONE ? null : id);

/** As the station takes it; what was left empty is left to it. */
export function callOf({ code, areaId, road, side, inUse, ...rest }: BerthValues) {
  const number = countOf(rest.number);
  const position = countOf(rest.position);
  return {
    ...{ code: code.trim(), areaId, road: road.trim(), side, inUse },
    ...{ sensor: deviceOf(rest.sensor), camera: deviceOf(rest.camera) },
    ...(number === null || number === undefined ? {} : { number }),
    ...(position === null || position === undefined ? {} : { position }),
  };
}
