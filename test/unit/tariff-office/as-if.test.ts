import { expect, it } from 'vitest';
import type { TariffBook } from '../../../electron/station/tariff/book.ts';
import { priceStay } from '../../../electron/station/tariff/price-stay.ts';
import { bookAsIf } from '../../../electron/station/tariff-office/as-if.ts';
import { EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { EIGHT, HOUR, hourly } from './office.ts';

const late = { effectiveFrom: '2026-03-01T00:00:00+08:00' };
const present: TariffBook = {
  tariffs: [
    hourly(100),
    hourly(200, { ...late, version: 2 }),
    hourly(300, { id: 'both', areas: ['a1', 'a2'], ...late }),
    hourly(400, { id: 'lane', onlyNamed: true, ...late }),
  ],
  calendar: EMPTY_CALENDAR,
  defaultVehicleClass: 'small',
};
const price = (book: TariffBook, areaId?: string, tariffId?: string): number | undefined =>
  priceStay({ ...book, tariffId }, { enteredAt: EIGHT, exitedAt: EIGHT + HOUR, vehicleClass: 'small', areaId })?.feeFen;
const everywhere = (book: TariffBook): unknown[] => [
  price(book),
  price(book, 'a1'),
  price(book, 'a2'),
  price(book, undefined, 'lane'),
  price(book, undefined, 't1'),
];

it('a draft takes the place that it would have, from always, and no other', () => {
  expect(everywhere(present)).toEqual([200, 300, 300, 400, 200]);
  // The next version of the general one, though it would begin years from now.
  const future = hourly(900, { effectiveFrom: '2030-01-01T00:00:00+08:00' });
  expect(everywhere(bookAsIf(present, future))).toEqual([900, 300, 300, 400, 900]);
  // A new general one: lanes that name the old one keep it.
  expect(everywhere(bookAsIf(present, hourly(900, { id: 'new' })))).toEqual([900, 300, 300, 400, 200]);
  // One for an area alone.
  expect(everywhere(bookAsIf(present, hourly(900, { id: 'one', areas: ['a1'] })))).toEqual([200, 900, 300, 400, 200]);
  expect(everywhere(bookAsIf(present, hourly(900, { id: 'two', areas: ['a2', 'a1'] })))).toEqual([
    200, 900, 900, 400, 200,
  ]);
  // One that only lanes name.
  expect(everywhere(bookAsIf(present, hourly(900, { id: 'lane', onlyNamed: true })))).toEqual([
    200, 300, 300, 900, 200,
  ]);
});
