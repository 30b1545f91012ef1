import { onTestFinished } from 'vitest';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import type { Clock } from '../../../electron/station/runtime/ports.ts';
import type { Reader } from '../../../electron/station/store/reader/reader.ts';
import { openTariffOffice, type TariffOffice } from '../../../electron/station/tariff-office/tariff-office.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import { aStay } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

export const MANAGER: Actor = { kind: 'user', name: '老陈' };
/** 08:00 of Monday, 2026-03-02. */
export const EIGHT = Date.parse('2026-03-02T08:00:00+08:00');
export const HOUR = 3_600_000;

/** So much for each begun hour, from the first minute. */
export const hourly = (feeFen: number, more: object = {}): Tariff =>
  tariffSchema.parse({
    id: 't1',
    name: '标准',
    rules: [{ vehicleClasses: ['small', 'medium', 'large'], followingPeriod: { minutes: 60, feeFen } }],
    ...more,
  });

const site = siteSchema.parse({ code: '1001', name: '测试停车场', totalSpaces: 10, openSpaces: 10 });
const lane = (id: string, number: number, tariff?: string) =>
  laneSchema.parse({ id, name: id, direction: 'out', number, area: 'a1', ...(tariff === undefined ? {} : { tariff }) });

export interface World {
  readonly temp: TempStore;
  readonly clock: Clock;
  pricing: Pricing;
  office: TariffOffice;
  /** Closes the office and opens it again on the same store, with this provision. */
  restart(provisioned: readonly Tariff[]): Promise<void>;
  /** What the lane at the exit would ask for the whole stay. */
  charge(stay: Stay, at: number, tariffId?: string): number | undefined;
}

/** A tariff office on a real database. Lane `out2` names the tariff `night`. */
export function openOffice(
  provisioned: readonly Tariff[],
  options: { readonly clock?: Clock; readonly temp?: TempStore; readonly reader?: Pick<Reader, 'ended'> } = {},
): World {
  const clock = options.clock ?? new FakeClock(EIGHT);
  const temp = options.temp ?? tempStore(clock);
  const open = (tariffs: readonly Tariff[]) => {
    const pricing = new Pricing([], site);
    const reader = options.reader ?? { ended: () => Promise.resolve([]) };
    const office = openTariffOffice({
      ...{ store: temp.store, clock, ids: new SystemIds(clock), log: memoryLog(), reader, pricing, site },
      lanes: [lane('out1', 1), lane('out2', 2, 'night')],
      areas: [{ id: 'a1' }],
      provisioned: tariffs,
    });
    return { pricing, office };
  };
  const world: World = {
    temp,
    clock,
    ...open(provisioned),
    restart: async (tariffs) => {
      await world.office.stop();
      Object.assign(world, open(tariffs));
    },
    charge: (stay, at, tariffId) =>
      world.pricing.account(stay, { at, tariffId, card: null, coupons: [], fixedFen: null })?.fee.feeFen,
  };
  onTestFinished(async () => {
    await world.office.stop();
    if (options.temp === undefined) temp.dispose();
  });
  return world;
}

export const stayFrom = (enteredAt: number, more: Partial<Stay> = {}): Stay => aStay('u1', { enteredAt, ...more });
export const draftOf = ({ office }: World, tariff: unknown): string =>
  office.drafts.create({ kind: 'nothing', tariff }, {}, MANAGER).id;
export const publish = (world: World, tariff: unknown, effectiveFrom?: number) =>
  world.office.publishing.publish(draftOf(world, tariff), { effectiveFrom }, MANAGER);
export const eventsOf = ({ temp }: World, kind: string) =>
  temp.store.read.journal.after(0, 1000).filter((event) => event.kind === kind);
