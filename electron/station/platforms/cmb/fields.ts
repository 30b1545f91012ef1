import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Lane, LaneDirection } from '../../../../shared/domain/site.ts';
import type { LaneRef, Stay } from '../../../../shared/domain/stay.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CmbSettings } from './config.ts';

/** The kinds of field that the tables are made of, for what we write. */

/** UNIX seconds, 10 digits. */
export const seconds = z.int().min(1_000_000_000).max(9_999_999_999);
/** Money in whole fen. */
export const fen = z.int().min(0).max(999_999_999);
/** An entry or exit: 1 to 255, each its own (FAQ 6.8). */
export const gate = z.int().min(1).max(255);
/** A plate, or the virtual plate of a car without one. */
export const vplNumber = z.string().min(1).max(30);
export const recordId = z.string().min(1).max(64);
/** Our number of an AutoPay: the id of the attempt. */
export const requestOrder = z.string().min(1).max(64);

export const toSeconds = (at: EpochMs): number => Math.floor(at / 1000);

/** The number of a lane at the bank; undefined where it has none that may be sent. */
export function gateOf({ id, number }: Pick<LaneRef, 'id' | 'number'>, { codes }: CmbSettings): number | undefined {
  const found = codes.gates[id] ?? number;
  return gate.safeParse(found).success ? found : undefined;
}

/** Why a record cannot leave; it can once the lane has a number. */
export const noGate = (laneId: string): string =>
  `车道 ${laneId} 没有招行的出入口编号（1-255），请在平台设置中填写后重发`;

/** Whether cars may go this way through a lane: always, on some days, or besides the other way. */
export const mayServe = (lane: Pick<Lane, 'direction' | 'reversible'>, direction: LaneDirection): boolean =>
  lane.direction === direction || lane.direction === 'both' || lane.reversible;

/** The lane that the bank calls by this number, among those that may serve `direction`. */
export function laneOf(
  number: number,
  direction: LaneDirection,
  lanes: readonly Lane[],
  settings: CmbSettings,
): Lane | undefined {
  return lanes.find((lane) => mayServe(lane, direction) && gateOf(lane, settings) === number);
}

/** A virtual plate of our own making: no owner can be found by it. */
export const isOwnVirtual = (plate: string): boolean => /^W[0-9A-F]{15}$/.test(plate);

/** Whether a plate was read, or typed. */
const hasPlate = ({ plate }: Pick<Stay, 'plate'>): boolean =>
  plate.text !== '' && plate.kind !== 'unread' && plate.kind !== 'none';

/**
 * How the bank calls the car of a stay: by its plate, else by what it scanned or was given, else by a virtual plate that follows from
 * the stay itself, so that entry, exit and payment always say the same: 16 ASCII characters.
 */
export function vplOf(stay: Pick<Stay, 'plate' | 'identity' | 'uid'>): string {
  if (hasPlate(stay)) return stay.plate.text;
  if (stay.identity !== null && vplNumber.safeParse(stay.identity).success) return stay.identity;
  return `W${createHash('sha256').update(stay.uid).digest('hex').slice(0, 15).toUpperCase()}`;
}
