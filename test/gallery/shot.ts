import type { Page } from 'playwright-core';
import type { CarPark } from '../support/car-park.ts';

/** One picture for the gallery: where to go, as whom, and what to do there before it is taken. */
export interface Shot {
  /** Becomes the file's name, with size, theme and language behind it. */
  readonly name: string;
  /** After the `#/`, e.g. `stays?plate=鲁B`. */
  readonly at: string;
  /** Where two days with the city have passed, or a morning with the bank; the lived-in car park without it. */
  readonly site?: 'city' | 'bank';
  readonly as?: 'admin' | 'manager' | 'attendant';
  readonly act?: (page: Page, park: CarPark) => Promise<void>;
  /** Puts back what `act` changed, so that the next picture finds the window as it was. */
  readonly after?: (page: Page, park: CarPark) => Promise<void>;
}
