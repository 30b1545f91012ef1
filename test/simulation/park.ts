import type { Database } from 'better-sqlite3';
import { deviceEvents } from '../../electron/station/device-events.ts';
import type { Device, DeviceEvents } from '../../electron/station/devices/device.ts';
import { GateKeeper } from '../../electron/station/lanes/gate-keeper.ts';
import { watchNearEntries } from '../../electron/station/lanes/near-entry.ts';
import { LaneRuntime } from '../../electron/station/lanes/runtime.ts';
import { recordStart } from '../../electron/station/life.ts';
import { OutboxHub } from '../../electron/station/outbox/hub.ts';
import { paymentLanes } from '../../electron/station/payment-lanes.ts';
import type { PaymentChannel } from '../../electron/station/payments/channel.ts';
import { PATIENCE } from '../../electron/station/payments/patience.ts';
import { createPayments, type Payments } from '../../electron/station/payments/payments.ts';
import { Pricing } from '../../electron/station/payments/pricing.ts';
import type { BillWatcher } from '../../electron/station/payments/watcher.ts';
import { openRegistry, type Registry } from '../../electron/station/registry/registry.ts';
import type { Clock, Ids } from '../../electron/station/runtime/ports.ts';
import { Shifts } from '../../electron/station/shifts/shifts.ts';
import { standingAlarms } from '../../electron/station/standing-alarms.ts';
import type { Store } from '../../electron/station/store/store.ts';
import { EMPTY_CALENDAR } from '../../shared/domain/calendar.ts';
import type { JournalEvent } from '../../shared/domain/events.ts';
import type { Tariff } from '../../shared/domain/tariff.ts';
import type { Chance } from './chance.ts';
import { CityPlatform, type VirtualCity } from './city.ts';
import type { Layout } from './layout.ts';
import { defectLog, type Life, LifeClock, LifeStore } from './life.ts';
import { type Iron, NoPhotos, VirtualArm, VirtualAuthority, VirtualCamera } from './ports.ts';
import type { Timeline } from './timeline.ts';

export interface ParkDeps {
  readonly db: Database;
  readonly layout: Layout;
  readonly tariffs: readonly Tariff[];
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly ids: Ids;
  readonly life: Life;
  readonly iron: Iron;
  readonly channels: readonly PaymentChannel[];
  readonly city: VirtualCity;
  readonly calm: () => boolean;
  /** Told of what was committed before anybody in the program is. */
  readonly committed: (events: readonly JournalEvent[]) => void;
  readonly defect: (message: string) => void;
}

/** One run of the station, without its listeners: what `station.ts` puts together, over virtual iron. */
export interface Park {
  readonly life: Life;
  readonly clock: Clock;
  readonly store: Store;
  readonly lanes: LaneRuntime;
  readonly payments: Payments;
  readonly registry: Registry;
  readonly shifts: Shifts;
  readonly pricing: Pricing;
  readonly devices: DeviceEvents;
  readonly hub: OutboxHub;
}

export function openPark(deps: ParkDeps): Park {
  const { layout, life, timeline, chance, ids, iron, calm } = deps;
  const clock = new LifeClock(timeline, life);
  const log = defectLog(life, deps.defect);
  const store = new LifeStore(deps.db, clock, life);
  store.onCommitted((events) => {
    deps.committed(events);
    life.pass('after-commit');
  });
  const { crashed } = recordStart(store, 'simulated', clock.now());
  const alarms = standingAlarms(store, clock, []);
  const pricing = new Pricing(deps.tariffs, layout.site, EMPTY_CALENDAR);
  const { site, areas } = layout;
  const registry = openRegistry({
    store,
    clock,
    ids,
    log,
    areas,
    quotas: site.quotas,
    laneOf: (uid) => lanes.lanes().find((lane) => lanes.state(lane.id).passage?.uid === uid)?.name ?? null,
  });
  const shifts = new Shifts({ store, clock, ids });

  const port = { timeline, chance, life, iron, calm };
  const machines = new Map<string, Device>();
  for (const lane of layout.lanes) {
    if (lane.barrier !== undefined) machines.set(lane.barrier, new VirtualArm(lane.barrier, port));
    for (const id of [lane.camera, lane.exitCamera])
      if (id !== undefined) machines.set(id, new VirtualCamera(id, port));
  }
  const gates = new GateKeeper({ find: (id) => machines.get(id), alarms, clock, ids, log });
  const photos = new NoPhotos(store.read.photos, log);
  const authority = new VirtualAuthority(port);
  const watcher: BillWatcher = {
    opened: (bill, stay, laneId) => payments.desk.opened(bill, stay, laneId),
    over: (billId, how) => payments.desk.over(billId, how),
  };
  const lanes = new LaneRuntime({
    store,
    clock,
    ids,
    log,
    site,
    areas,
    lanes: layout.lanes,
    pricing,
    photos,
    gates,
    watcher,
    collectors: () => deps.channels,
    authority: (platform) => (platform === authority.platform ? authority : undefined),
  });
  const payments = createPayments({
    store,
    clock,
    ids,
    log,
    channels: deps.channels,
    pay: (laneId, billId, payment, actor) => lanes.pay(laneId, billId, payment, actor),
    account: (stay) => lanes.account(stay),
    lanes: paymentLanes({ lanes: () => lanes, shifts, rules: () => site.rules }),
    rules: () => site.rules,
    patience: { ...PATIENCE, longestMs: 15 * 60_000, giveUpMs: 5 * 3_600_000 },
    refresh: (laneId, actor) => lanes.order(laneId, { type: 'refresh', actor }),
    letGo: (laneId, billId) => lanes.letGo(laneId, billId),
  });
  const hub = new OutboxHub({
    store,
    clock,
    entropy: chance,
    log,
    alarms,
    platforms: [new CityPlatform({ city: deps.city, timeline, chance, life, calm })],
    afterCrash: crashed,
  });
  const devices = deviceEvents({ store, clock, lanes, gates, photos, alarms, scanned: () => undefined, log });
  watchNearEntries({ store, clock, ids, log });
  lanes.recover();
  payments.recover();
  return { life, clock, store, lanes, payments, registry, shifts, pricing, devices, hub };
}
