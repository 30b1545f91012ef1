import type { Plate } from '../../shared/domain/plate.ts';
import { toPlate } from '../../shared/domain/plates.ts';
import type { LaneDirection } from '../../shared/domain/site.ts';
import type { Chance } from './chance.ts';

/** How a driver means to pay. `nothing`: would rather not. */
export type Pays = 'cash' | 'pos' | 'scan' | 'qr' | 'agreement' | 'phone' | 'desk';

/** A car, as it really is. The station only knows what it reads. */
export interface Car {
  readonly id: number;
  readonly plate: Plate;
  /** What a driver without a plate scans. */
  readonly scan: string | null;
  readonly pays: Pays;
  where: 'outside' | 'inside';
  /** It stands in the area within. */
  inner: boolean;
  /** Which way it wants to go through the lane where it stands. */
  heading: LaneDirection;
  /** Nothing happened to it that the station could not see: what the station says of it must be true. */
  clean: boolean;
  why: string;
  /** The stay that began when it came in. */
  uid: string | null;
  standsSince: number;
}

/** The groups in which cameras take characters for one another. */
const GROUPS = ['0DQC', '1LT7', '2Z', '5S', '6G', '8B', 'UVY', 'MNWH', 'KX', 'EF', 'PR', '4A'] as const;
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

export function plateText(chance: Chance): string {
  let text = `鲁${chance.pick(['A', 'B', 'F'])}`;
  while (text.length < 7) text += LETTERS[chance.int(0, LETTERS.length - 1)];
  return text;
}

/** The same text with one character that a camera takes for another; itself where there is none. */
export function confused(text: string, chance: Chance): string {
  const at = chance.int(2, text.length - 1);
  const group = GROUPS.find((each) => each.includes(text[at] ?? ''));
  if (!group) return text;
  return text.slice(0, at) + chance.pick([...group]) + text.slice(at + 1);
}

/** What the camera makes of a car. */
export function readingOf(car: Car, chance: Chance): Plate {
  if (car.scan !== null) return { text: '', color: 'unknown', kind: chance.is(0.8) ? 'none' : 'unread' };
  const how = chance.among({ right: 93, confused: 3, wrong: 1, unread: 2, 'no plate': 0.3 });
  if (how === 'confused') return { ...car.plate, text: confused(car.plate.text, chance) };
  if (how === 'wrong') return { ...car.plate, text: plateText(chance) };
  if (how === 'unread') return { text: '', color: 'unknown', kind: 'unread' };
  if (how === 'no plate') return { text: '', color: 'unknown', kind: 'none' };
  return car.plate;
}

/** The cars of a day. Some plates differ by one character that cameras confuse; some are seen more than once. */
export function makeCars(count: number, chance: Chance): Car[] {
  const cars: Car[] = [];
  const taken = new Set<string>();
  for (let id = 0; id < count; id += 1) {
    const unlicensed = chance.is(0.02);
    const twinOf = cars.length > 0 && chance.is(0.02) ? chance.pick(cars) : null;
    let text = twinOf?.plate.text ? confused(twinOf.plate.text, chance) : plateText(chance);
    while (taken.has(text)) text = plateText(chance);
    taken.add(text);
    const color = chance.among({ blue: 90, yellow: 6, unknown: 4 });
    cars.push({
      id,
      plate: unlicensed ? { text: '', color: 'unknown', kind: 'none' } : toPlate(text, color),
      scan: unlicensed ? `wx-${id}` : null,
      pays: chance.among({ cash: 40, pos: 6, scan: 14, qr: 12, agreement: 12, phone: 13, desk: 3 }),
      where: 'outside',
      inner: false,
      heading: 'in',
      clean: !unlicensed,
      why: unlicensed ? 'no plate' : '',
      uid: null,
      standsSince: 0,
    });
  }
  return cars;
}

export function soil(car: Car, why: string): void {
  if (car.clean) car.why = why;
  car.clean = false;
}
