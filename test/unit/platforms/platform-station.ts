import { join } from 'node:path';
import type { Barrier, CommandOutcome, GateAction } from '../../../electron/station/devices/device.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { paymentLanes } from '../../../electron/station/payment-lanes.ts';
import { changeDesk } from '../../../electron/station/payments/change-orders.ts';
import type { PaymentChannel } from '../../../electron/station/payments/channel.ts';
import { ExternalPrices } from '../../../electron/station/payments/external-prices.ts';
import { createPayments, type Payments } from '../../../electron/station/payments/payments.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { stationCommands } from '../../../electron/station/platform-commands.ts';
import type { DevicesForPlatforms, Platform, PlatformDeps } from '../../../electron/station/platforms/platform.ts';
import { openRegistry } from '../../../electron/station/registry/registry.ts';
import { Rules } from '../../../electron/station/registry/rules.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemClock } from '../../../electron/station/runtime/clock.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { Shifts } from '../../../electron/station/shifts/shifts.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Reader } from '../../../electron/station/store/reader/reader.ts';
import { changePageOf } from '../../../electron/station/ticket-pages.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import type { Bill } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { type Lane, laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { AREAS, HOURLY, IN, OUT, plate } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempStore } from '../../support/temp-store.ts';

export const ANNA: Actor = { kind: 'user', name: 'anna' };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export type Data = Readonly<Record<string, unknown>>;
export interface StationOptions {
  /** The hardware as platforms see it; none unless told. */
  readonly devices?: DevicesForPlatforms;
  /** Of the platform, over the quiet ones. */
  readonly settings?: Data;
  /** Of the car park. */
  readonly site?: Data;
  readonly lanes?: readonly Lane[];
  /** The lanes have arms, which move whenever they are told to, or end as the test says; otherwise none. */
  readonly arms?: boolean | Arms;
  /** Unless it is false, the platform collects at the lanes. */
  readonly channel?: boolean;
}

/** How what an arm is told ends. */
export type Arms = (lane: string, action: GateAction) => Promise<CommandOutcome>;

const moves: Arms = () => Promise.resolve({ outcome: 'done', detail: '' });

const arm = (id: string, ends: Arms): Barrier => ({
  ...{ id, kind: 'barrier', driver: 'test', lastSeenAt: () => null, arm: () => 'unknown' },
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  gate: (action) => ends(id.replace(/^arm-/, ''), action),
});

/** A platform as a start of the station makes it, and the car that comes where the test names none. */
export interface Tenant<Made extends Platform> {
  readonly make: (deps: PlatformDeps) => Made;
  readonly car: string;
}

/** Lanes, money, registry and outbox on a real database, with a platform that is built and not yet started. Time is the test's. */
export abstract class PlatformStation<Made extends Platform> {
  readonly clock = new FakeClock();
  readonly alarms: Alarms;
  hub: OutboxHub;
  readonly lanes: LaneRuntime;
  readonly payments: Payments;
  readonly prices: ExternalPrices;
  readonly shifts: Shifts;
  readonly registry: ReturnType<typeof openRegistry>;
  readonly rules: Rules;
  readonly log = memoryLog();
  platform: Made;
  /** What the platform was given. */
  protected readonly deps: PlatformDeps;
  readonly #temp = tempStore(this.clock);
  readonly #make: Tenant<Made>['make'];
  readonly #visitor: string;
  readonly #reader: Reader;
  #reads = 0;

  protected constructor({ make, car }: Tenant<Made>, options: StationOptions) {
    const { clock, log } = this;
    const { store } = this.#temp;
    this.#make = make;
    this.#visitor = car;
    const ids = new SystemIds(clock);
    this.#reader = new Reader({ file: this.#temp.file, clock: new SystemClock(), log });
    const provisioned = siteSchema.parse({
      ...{ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 },
      ...options.site,
    });
    const rules = new Rules(store, provisioned.rules);
    this.rules = rules;
    const site = rules.site(provisioned);
    const lanes = (options.lanes ?? [IN, OUT]).map((lane) =>
      laneSchema.parse({ ...lane, camera: `cam-${lane.id}`, ...(options.arms && { barrier: `arm-${lane.id}` }) }),
    );
    this.alarms = new Alarms(
      () => clock.now(),
      () => undefined,
    );
    const { alarms } = this;
    const arms = options.arms === true ? moves : options.arms;
    this.registry = openRegistry({
      ...{ store, clock, ids, log, areas: AREAS, quotas: site.quotas },
      laneOf: () => null,
    });
    const channels: PaymentChannel[] = [];
    const shifts = new Shifts({ store, clock, ids });
    this.shifts = shifts;
    const prices = new ExternalPrices({ clock, log, alarms, account: (stay) => this.lanes.account(stay) });
    this.prices = prices;
    const changePage = () => changePageOf([this.platform]);
    this.payments = createPayments({
      ...{ store, clock, ids, log, channels, rules: () => site.rules },
      account: (stay) => this.lanes.account(stay),
      pricedOutside: () => prices.platform !== null,
      lanes: paymentLanes({ lanes: () => this.lanes, shifts, rules: () => site.rules }),
      pay: (laneId, billId, payment, actor) => this.lanes.pay(laneId, billId, payment, actor),
      refresh: (laneId, actor) => this.lanes.order(laneId, { type: 'refresh', actor }),
      letGo: (laneId, billId) => this.lanes.letGo(laneId, billId),
      changePage,
    });
    const photos = new PhotoVault(join(this.#temp.directory, 'photos'), store.read.photos, log);
    this.lanes = new LaneRuntime({
      ...{ store, clock, ids, log, site, lanes, areas: AREAS, photos, pricing: new Pricing([HOURLY], site) },
      gates: new GateKeeper({ find: (id) => (arms ? arm(id, arms) : undefined), alarms, clock, ids, log }),
      prices,
      watcher: this.payments.desk,
      collectors: () => channels,
      change: changeDesk({ read: store.read, ids, page: changePage }),
      authority: (id) => (this.platform.id === id ? this.platform.authority : undefined),
    });
    const commands = stationCommands({
      ...{ store, alarms, lists: this.registry.lists, areas: AREAS },
      spaces: () => this.lanes.spaces(),
      hub: () => this.hub,
    });
    const services = {
      ...{ lanes: this.lanes, registry: this.registry, payments: this.payments, read: store.read, prices, rules },
      onCommitted: store.onCommitted.bind(store),
      search: this.#reader,
      devices: options.devices ?? {
        states: () => [],
        show: async () => ({ outcome: 'refused', detail: '' }) as const,
        photograph: async () => ({ why: '' }),
      },
    };
    const entropy = { random: () => 0.5 };
    this.deps = {
      address: () => undefined,
      site,
      areas: AREAS,
      clock,
      ids,
      log,
      photos,
      commands,
      entropy,
      station: () => services,
    };
    this.platform = make(this.deps);
    prices.use(this.platform.fees);
    if (options.channel !== false) channels.push(...(this.platform.channels ?? []));
    this.hub = this.#hub();
  }

  #hub(afterCrash = false): OutboxHub {
    const { store, clock, log, alarms, deps, platform } = this;
    return new OutboxHub({ store, clock, log, alarms, entropy: deps.entropy, platforms: [platform], afterCrash });
  }

  async dispose(): Promise<void> {
    this.lanes.stop();
    this.payments.stop();
    await this.registry.imports.stop();
    await this.hub.stop();
    await this.close();
    await this.#reader.stop();
    this.#temp.dispose();
  }

  /** Closes the other side. The station has stopped by then; its data is still there for what comes of that. */
  protected abstract close(): Promise<void>;

  get store() {
    return this.#temp.store;
  }

  get read() {
    return this.#temp.store.read;
  }

  /** The platform as the next start of the station makes it, on the same data. */
  async restarted(): Promise<Made> {
    await this.platform.stop();
    this.platform = this.#make(this.deps);
    await this.platform.start();
    return this.platform;
  }

  /** Outbox and platform as after a crash of the station, on the same data. The lanes stay as they are. */
  async reopened(): Promise<void> {
    await this.hub.stop();
    this.platform = this.#make(this.deps);
    this.hub = this.#hub(true);
    await this.hub.start();
  }

  /** A car stands before the camera of a lane; an empty text: its plate cannot be read. */
  car(lane: string, text = this.#visitor, photo: Uint8Array | null = null, color: Plate['color'] = 'blue'): void {
    this.#reads += 1;
    this.lanes.plate({
      ...{
        deviceId: `cam-${lane}`,
        serialNo: 's1',
        plateId: `${this.#reads}`,
        confidence: 99,
        plate: { ...plate(text), color },
      },
      ...{ trigger: 'video', capturedAt: null, receivedAt: this.clock.now(), stored: false, photo },
    });
  }

  /** Came in and stands inside for so long. @returns its stay */
  async parked(minutes: number, text = this.#visitor): Promise<string> {
    this.car(IN.id, text);
    // The wall alone: nobody has to live through an hour of timers.
    this.clock.jumpWall(minutes * MINUTE);
    const stay = this.read.stays.inside(text);
    if (!stay) throw new Error('the car did not come in');
    return stay.uid;
  }

  /** The bill at the exit, or the last one. */
  bill(uid: string): Bill {
    const bill = this.read.bills.open(uid) ?? this.read.bills.ofStay(uid).at(-1);
    if (!bill) throw new Error('no bill');
    return bill;
  }

  cash(bill: Bill): void {
    const receivedFen = bill.arrears.reduce((sum, each) => sum + each.amountFen, bill.dueFen);
    this.payments.prepayments.pay(bill.id, { method: 'cash', receivedFen }, ANNA);
  }

  /** Money of the stay that is in the books, however it came. */
  takenFen(uid: string): number {
    return this.read.payments
      .ofStay(uid)
      .reduce((sum, { paid_fen, state }) => (state === 'paid' ? sum + paid_fen : sum), 0);
  }

  cases(): string[] {
    return this.read.cases.search({ offset: 0, limit: 100 }).items.map((each) => `${each.kind} ${each.amountFen}`);
  }
}
