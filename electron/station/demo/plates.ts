import type { Plate } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import type { Entropy } from '../runtime/ports.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** A made-up plate: mostly local blue ones, one in four new-energy, now and then a lorry, a guest or a police car. */
export function madeUpPlate(entropy: Entropy): Plate {
  const pick = (from: string): string => [...from][Math.floor(entropy.random() * [...from].length)] ?? '';
  const some = (from: string, count: number): string => Array.from({ length: count }, () => pick(from)).join('');
  const local = entropy.random() < 0.8;
  const office = local ? '鲁B' : `${pick('京沪苏浙粤豫冀皖')}${pick('ABCDE')}`;
  const serial = (): string => `${pick(LETTERS)}${some(DIGITS, 4)}`;
  const kind = entropy.random();
  if (kind < 0.66) return toPlate(`${office}${entropy.random() < 0.5 ? some(DIGITS, 5) : serial()}`, 'blue');
  if (kind < 0.88) return toPlate(`${office}${pick('DDDAF')}${some(DIGITS, 5)}`, 'green');
  if (kind < 0.93) return toPlate(`${office}${serial()}`, 'yellow');
  if (kind < 0.96) return toPlate(`${office}${some(DIGITS, 5)}D`, 'yellow-green');
  if (kind < 0.98) return toPlate(`${office}${some(DIGITS, 4)}警`, 'white');
  return toPlate(`粤Z${some(DIGITS, 4)}港`, 'black');
}
