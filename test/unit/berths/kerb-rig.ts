import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { KerbDesk } from '../../../electron/station/berths/desk.ts';
import { BerthRuntime } from '../../../electron/station/berths/runtime.ts';
import type { BerthTold } from '../../../electron/station/devices/device.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { createPayments, type Payments } from '../../../electron/station/payments/payments.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { ConflictError } from '../../../electron/station/runtime/errors.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { Shifts } from '../../../electron/station/shifts/shifts.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Store } from '../../../electron/station/store/store.ts';
import type { Berth } from '../../../shared/domain/berth.ts';
import { type Actor, type EventDraft, type EventKind, STATION } from '../../../shared/domain/events.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { type Area, type Site, siteSchema } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { HOURLY } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempStore } from '../../support/temp-store.ts';
import type { Bank } from '../payments/pay-world.ts';

export const ANNA: Actor = { kind: 'user', name: 'anna' };
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

const AREAS: readonly Area[] = [{ id: 'a1', code: 1, name: '深南大道', spaces: 20, access: 'all' }];

export const blue = (text: string) => toPlate(text, 'blue');

/** Says of a conflict why. */
export function reasonOf(what: () => unknown): string | null {
  try {
    what();
    return null;
  } catch (error) {
    if (error instanceof ConflictError) return error.reason;
    throw error;
  }
}

/** Berths over a real database, with the real money behind them. Can be killed and started again. */
export class KerbRig {
  readonly clock = new FakeClock();
  readonly #temp = tempStore(this.clock);
  readonly alarms: string[] = [];
  /** Devices that can be reached. */
  readonly online = new Set<string>();
  readonly banks: readonly Bank[];
  readonly site: Site;
  store: Store = this.#temp.store;
  lanes: LaneRuntime;
  berths: BerthRuntime;
  payments: Payments;
  desk: KerbDesk;
  #db = this.#temp.db;

  constructor(site: object = {}, banks: readonly Bank[] = []) {
    this.banks = banks;
    this.site = siteSchema.parse({
      ...{ code: '440300000001', name: '路内停车', kind: 'kerbside', totalSpaces: 20, openSpaces: 20 },
      ...site,
    });
    [this.lanes, this.payments, this.berths, this.desk] = this.#open();
    for (let number = 1; number <= 4; number++) this.berth(number);
  }

  /** As after a power cut: nothing is written down on the way out. */
  restart(): void {
    this.#stop();
    this.#db.close();
    this.#db = openDatabase(this.#temp.file);
    this.store = new Store(this.#db, this.clock);
    [this.lanes, this.payments, this.berths, this.desk] = this.#open();
    this.berths.recover();
    this.payments.recover();
  }

  #open(): [LaneRuntime, Payments, BerthRuntime, KerbDesk] {
    const { clock, store, site } = this;
    const log = memoryLog();
    const ids = new SystemIds(clock);
    const alarms = new Alarms(
      () => clock.now(),
      (alarm, cleared) => void this.alarms.push(`${cleared ? '-' : '+'}${alarm.code} ${alarm.subject}`),
    );
    const shifts = new Shifts({ store, clock, ids });
    const channels = this.banks;
    const payments: Payments = createPayments({
      ...{ store, clock, ids, log, channels, rules: () => site.rules },
      account: (stay) => lanes.account(stay),
      lanes: { doubts: () => [], standing: () => [], shiftAt: () => shifts.current('')?.id ?? null },
      pay: () => 'not-wanted',
      refresh: () => undefined,
      letGo: () => false,
    });
    const photos = new PhotoVault(join(this.#temp.directory, 'photos'), store.read.photos, log);
    const deciding = {
      ...{ store, clock, ids, log, site, areas: AREAS, pricing: new Pricing([HOURLY], site), photos },
      ...{ watcher: payments.desk, collectors: () => channels },
    };
    const gates = new GateKeeper({ find: () => undefined, alarms, clock, ids, log });
    const lanes = new LaneRuntime({ ...deciding, gates, lanes: [], authority: () => undefined });
    const berths = new BerthRuntime({ ...deciding, alarms, isOnline: (id) => this.online.has(id) });
    return [lanes, payments, berths, new KerbDesk({ berths, read: store.read, clock, site })];
  }

  berth(number: number, over: Partial<Berth> = {}): Berth {
    const id = `b${number}`;
    const berth: Berth = {
      ...{ id, code: `NS00${number}`, number, areaId: 'a1', road: '深南大道', side: 'right', position: number },
      ...{ sensor: `geo${number}`, camera: 'cam', inUse: true, updatedAt: this.clock.now() },
      ...over,
    };
    this.record({ ...ABOUT, kind: 'berth-changed', body: { change: 'added', berth } });
    return berth;
  }

  /** The sensor in the ground of a berth says so, now unless told. */
  geo(number: number, occupied: boolean, over: Partial<BerthTold> = {}) {
    return this.tell(`geo${number}`, 'geomagnetic', [told(number, occupied, over)]);
  }

  video(number: number, occupied: boolean, over: Partial<BerthTold> = {}) {
    return this.tell('cam', 'video', [told(number, occupied, over)]);
  }

  tell(deviceId: string, source: 'video' | 'geomagnetic', berths: readonly BerthTold[]) {
    return this.berths.told({
      ...{ deviceId, source, receivedAt: this.clock.now(), offsetMs: null, clockWrong: false, berths },
    });
  }

  person(number: number, occupied: boolean, over: { at?: number; plate?: string } = {}): void {
    const { at = this.clock.now(), plate } = over;
    this.desk.observe(
      {
        ...{ berthId: `b${number}`, occupied, at, plate: plate === undefined ? null : blue(plate) },
        ...{ vehicleClass: undefined, reason: undefined },
      },
      ANNA,
    );
  }

  identify(number: number, plate: string): void {
    const stay = this.stay(number);
    const told = { berthId: `b${number}`, uid: stay.uid, plate: blue(plate), vehicleClass: undefined };
    this.desk.identify(told, ANNA);
  }

  /** The car in a berth. */
  stay(number: number): Stay {
    const stay = this.berths.stay(this.berths.state(`b${number}`));
    if (!stay) throw new Error(`no car in berth ${number}`);
    return stay;
  }

  /** Every stay of a berth, the first first. */
  stays(number: number): Stay[] {
    const known = new Map<string, Stay>();
    for (const event of this.events('vehicle-entered')) {
      if (event.kind !== 'vehicle-entered' || event.body.stay.berth?.id !== `b${number}`) continue;
      const stay = this.store.read.stays.get(event.body.stay.uid);
      if (stay) known.set(stay.uid, stay);
    }
    return [...known.values()].sort((a, b) => a.enteredAt - b.enteredAt);
  }

  /** Of the oldest first. */
  events(kind?: EventKind) {
    const rows = this.store.read.journal.list({ ...(kind && { kind }), limit: 500 });
    return [...rows].sort((a, b) => a.seq - b.seq);
  }

  record(draft: EventDraft): void {
    this.store.write((tx) => tx.record(draft));
  }

  async wait(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }

  /** A car came and stayed; its stay runs. */
  async parked(number: number, plate: string | null, ms = MINUTE): Promise<Stay> {
    this.video(number, true, { at: this.clock.now(), plate: plate === null ? null : blue(plate) });
    await this.wait(ms);
    return this.stay(number);
  }

  /** It left, and is known to be gone. */
  async left(number: number): Promise<void> {
    this.video(number, false, { at: this.clock.now() });
    await this.wait(MINUTE);
  }

  #stop(): void {
    this.berths.stop();
    this.lanes.stop();
    this.payments.stop();
  }

  dispose(): void {
    this.#stop();
    this.#db.close();
    this.#temp.dispose();
    rmSync(this.#temp.directory, { recursive: true, force: true });
  }
}

const ABOUT = { key: null, laneId: null, passageId: null, actor: STATION } as const;

const told = (number: number, occupied: boolean, over: Partial<BerthTold>): BerthTold => ({
  ...{ code: `NS00${number}`, occupied, at: null, sequence: null, plate: null, confidence: null, photo: null },
  ...over,
});
