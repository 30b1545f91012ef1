import type { BerthView } from '../../../shared/contract/berths.ts';

/** What was typed, as codes and plates are written. */
export const cleanSearch = (raw: string): string =>
  raw
    .replace(/[\s·.-]/g, '')
    .toUpperCase()
    .slice(0, 16);

/** How well a berth fits what was typed; 0: not at all. The number on the ground counts most, then its plate, then any part of its code. */
function likeness({ code, number, car }: BerthView, text: string): number {
  const name = code.toUpperCase();
  if (name === text || (/^\d{1,4}$/.test(text) && number === Number(text))) return 5;
  if (name.endsWith(text)) return 4;
  if (car !== null && car.plate !== '' && car.plate.slice(1).startsWith(text)) return 3;
  if (car?.plate.includes(text)) return 2;
  return name.includes(text) ? 1 : 0;
}

/** The berths that fit, the best first and else as they stand. */
export function searchBerths(berths: readonly BerthView[], text: string): readonly BerthView[] {
  if (text === '') return [];
  return berths
    .map((berth) => ({ berth, rank: likeness(berth, text) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ berth }) => berth);
}
