import type { ImportKind } from '../../../shared/domain/import-job.ts';
import type { DeviceConfig } from '../../../shared/domain/site.ts';
import type { Log } from '../runtime/ports.ts';
import { Agreements } from './agreements.ts';
import { Berths } from './berths.ts';
import { Bookings } from './bookings.ts';
import { CardRecharges } from './card-recharges.ts';
import { Cards } from './cards.ts';
import type { RegistryDeps } from './common.ts';
import { Debts } from './debts.ts';
import { agreementTable } from './imports/agreements.ts';
import { berthTable } from './imports/berths.ts';
import { bookingTable } from './imports/bookings.ts';
import { cardTable } from './imports/cards.ts';
import { couponTable } from './imports/coupons.ts';
import { debtTable } from './imports/debts.ts';
import { Imports } from './imports/imports.ts';
import type { TableKind } from './imports/kind.ts';
import { listTable } from './imports/lists.ts';
import { merchantTable } from './imports/merchants.ts';
import { visitorTable } from './imports/visitors.ts';
import { KeptCards } from './kept-cards.ts';
import { Lists } from './lists.ts';
import { Merchants } from './merchants.ts';
import { Visitors } from './visitors.ts';

/** Who may pass, on what terms: every service of the registry. */
export interface Registry {
  readonly lists: Lists;
  readonly cards: Cards;
  readonly recharges: CardRecharges;
  readonly keptCards: KeptCards;
  readonly bookings: Bookings;
  readonly visitors: Visitors;
  readonly merchants: Merchants;
  readonly debts: Debts;
  readonly agreements: Agreements;
  readonly berths: Berths;
  readonly imports: Imports;
  readonly tables: readonly TableKind[];
}

export function openRegistry(
  deps: RegistryDeps & {
    readonly log: Log;
    readonly areas: readonly { readonly id: string; readonly name?: string }[];
    /** What a berth may name; none in a car park without berths. */
    readonly devices?: readonly Pick<DeviceConfig, 'id' | 'kind'>[];
    readonly quotas: readonly { readonly id: string }[];
    /** Name of the lane at which a stay stands right now. */
    readonly laneOf: (uid: string) => string | null;
  },
): Registry {
  const lists = new Lists(deps);
  const cards = new Cards(deps);
  const bookings = new Bookings(deps);
  const visitors = new Visitors(deps);
  const debts = new Debts(deps);
  const merchants = new Merchants(deps);
  const agreements = new Agreements(deps);
  const berths = new Berths(deps);
  const tables = [
    ...[listTable(lists), cardTable(cards), bookingTable(bookings), visitorTable(visitors), debtTable(debts)],
    ...[merchantTable(merchants), couponTable(merchants), agreementTable(agreements), berthTable(berths)],
  ];
  const applying = (what: ImportKind, on: boolean): void => {
    // Only these can get in each other's way, by number, plate and code; rows of the others stand for themselves.
    if (what === 'cards') cards.importing(on);
    if (what === 'berths') berths.importing(on);
  };
  return {
    lists,
    cards,
    recharges: new CardRecharges(deps),
    keptCards: new KeptCards(deps, cards),
    bookings,
    visitors,
    merchants,
    debts,
    agreements,
    berths,
    imports: new Imports({ ...deps, tables, applying }),
    tables,
  };
}
