import { z } from 'zod';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { type EpochMs, shanghaiCompact } from '../../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../../shared/domain/vehicle.ts';
import type { ShenzhenSettings } from './config.ts';
import type { ShenzhenContext } from './context.ts';

/** Our values as the tables write them. */

/** Epoch ms, as stored. */
export const instant = z.int().min(0).max(8_640_000_000_000_000);

/** An instant as a Long: 13 digits of milliseconds, or 10 of seconds where the city wants them. */
export const toEpoch = (at: EpochMs, { wire }: Pick<ShenzhenSettings, 'wire'>): number =>
  wire.epochUnit === 'ms' ? at : Math.floor(at / 1000);

/** Ten digits are seconds. */
export const fromEpoch = (value: number): EpochMs => (value < 100_000_000_000 ? value * 1000 : value);

/** `yyyyMMddHHmmss` of Asia/Shanghai. */
export const toCompact = (at: EpochMs): string => shanghaiCompact(at).slice(0, 14);

const COLORS: Readonly<Record<Exclude<Plate['color'], 'unknown'>, number>> = {
  blue: 0,
  yellow: 1,
  green: 2,
  'yellow-green': 3,
  black: 4,
  white: 5,
};

/** plateColor 0..5; what has no colour, or none that is known, has the code of the settings. */
export const toPlateColor = (plate: Plate, { wire }: Pick<ShenzhenSettings, 'wire'>): number =>
  plate.text === '' || plate.color === 'unknown' ? wire.noPlateColor : COLORS[plate.color];

/** carType: 0 small, 1 medium, 2 large. */
export const toCarType = (vehicleClass: VehicleClass): number =>
  vehicleClass === 'large' ? 2 : vehicleClass === 'medium' ? 1 : 0;

const NONCE_DIGITS = 10;

/** Ten digits anybody could have thrown, where the city wants them. */
export const noncestrOf = ({ settings, entropy }: Pick<ShenzhenContext, 'settings' | 'entropy'>): string | undefined =>
  settings.wire.noncestr
    ? String(Math.floor(entropy.random() * 10 ** NONCE_DIGITS)).padStart(NONCE_DIGITS, '0')
    : undefined;
