import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { paymentLanes } from '../../../electron/station/payment-lanes.ts';
import { type ChangePage, changeDesk } from '../../../electron/station/payments/change-orders.ts';
import { createPayments, type Payments } from '../../../electron/station/payments/payments.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { isUnderWay } from '../../../electron/station/payments/settlement.ts';
import { openRegistry } from '../../../electron/station/registry/registry.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import type { Clock } from '../../../electron/station/runtime/ports.ts';
import { Shifts } from '../../../electron/station/shifts/shifts.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import type { Store } from '../../../electron/station/store/store.ts';
import type { Actor, JournalEvent } from '../../../shared/domain/events.ts';
import type { Attempt, Bill } from '../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import { laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import { Life, LifeStore } from '../../simulation/life.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { AREAS, HOURLY, IN, OUT, plate } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory, tempStore } from '../../support/temp-store.ts';
import type { TruthBank } from './exit-bank.ts';

const PLATE = '鲁B12345';
const ANNA: Actor = { kind: 'user', name: 'anna' };
const HOUR = 3_600_000;

let empty: Buffer | undefined;

function emptyFile(): Buffer {
  const temp = tempStore(new FakeClock());
  temp.db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(temp.file);
  temp.dispose();
  return bytes;
}

/**
 * A real station over a real file: lanes, settlement, store. One car has been inside for 61 minutes. The channels outlive the station, which can
 * die in any instruction and start again on its file.
 */
export class ExitWorld {
  readonly clock = new FakeClock();
  readonly log = memoryLog();
  readonly banks: readonly TruthBank[];
  life: Life;
  store: Store;
  lanes: LaneRuntime;
  payments: Payments;
  readonly uid: string;
  /** Everything that was committed, by whichever run of the program. */
  readonly events: JournalEvent[] = [];
  /** Told of each event as it is committed. */
  heard: (event: JournalEvent) => void = () => undefined;
  /** Where change is paid out. */
  changePage: ChangePage | undefined;
  shifts: Shifts | undefined;
  readonly #directory = tempDirectory();
  readonly #agreements: readonly Pick<Agreement, 'platform' | 'kind'>[];
  #db: Database;
  #ids = 0;
  #reads = 0;

  constructor(
    banks: readonly TruthBank[],
    agreements: readonly Pick<Agreement, 'platform' | 'kind'>[],
    life = new Life(),
  ) {
    this.banks = banks;
    this.#agreements = agreements;
    // The tables are made once for all worlds.
    empty ??= emptyFile();
    writeFileSync(this.#file(), empty);
    this.#db = this.#reopened();
    this.life = life;
    ({ store: this.store, lanes: this.lanes, payments: this.payments } = this.#open());
    this.#agree();
    this.#read(IN.id);
    this.uid = this.store.read.stays.inside(PLATE)?.uid ?? '';
  }

  /** The hour inside goes by. */
  async parked(): Promise<this> {
    await this.clock.advance(61 * 60_000);
    return this;
  }

  dispose(): void {
    this.lanes.stop();
    this.payments.stop();
    this.#db.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** As after kill -9: nothing is written down on the way out, and what was on its way is not heard any more. */
  restart(life = new Life()): void {
    this.life.end();
    this.lanes.stop();
    this.payments.stop();
    this.#db.close();
    this.#db = this.#reopened();
    this.life = life;
    ({ store: this.store, lanes: this.lanes, payments: this.payments } = this.#open());
    this.lanes.recover();
    this.payments.recover();
  }

  // --- what happens at the exit --------------------------------------------------------------------------------------

  phase(): string {
    return this.lanes.state(OUT.id).phase;
  }

  bill(): Bill | null {
    return this.phase() === 'charging' ? (this.lanes.state(OUT.id).passage?.bill ?? null) : null;
  }

  stay(): Stay {
    const stay = this.store.read.stays.get(this.uid);
    if (!stay) throw new Error('no stay');
    return stay;
  }

  arrive(): void {
    if (this.stay().status === 'inside' && this.phase() === 'idle') this.#read(OUT.id);
  }

  cash(): void {
    const bill = this.bill();
    if (!bill) return;
    const amountFen = bill.arrears.reduce((sum, debt) => sum + debt.amountFen, bill.dueFen);
    this.lanes.order(OUT.id, {
      ...{ type: 'collect', method: 'cash', amountFen, receivedFen: amountFen, billId: bill.id, actor: ANNA },
    });
  }

  release(): void {
    if (this.bill()) this.lanes.order(OUT.id, { type: 'release', reason: '免费', actor: ANNA });
  }

  owe(): void {
    if (this.bill()) this.lanes.order(OUT.id, { type: 'owe', reason: '欠费', actor: ANNA });
  }

  /** Decides anew: the bill is another one from here on. */
  refresh(): void {
    if (this.bill()) this.lanes.order(OUT.id, { type: 'refresh', actor: ANNA });
  }

  cancel(): void {
    if (this.bill()) this.lanes.order(OUT.id, { type: 'cancel', reason: '倒车', actor: ANNA });
  }

  /** Shows a code or charges a scanned one. Its end is waited for by nobody: the station may die meanwhile. */
  charge(channel: string, despiteUnknown = false): void {
    const bill = this.bill();
    if (!bill) return;
    this.payments.desk.charge(bill.id, { channel, authCode: '1345', despiteUnknown }, ANNA).catch(() => undefined);
  }

  /** The platform tells of an order that was paid, and again until it is heard. */
  push(bank: TruthBank, attemptId: string, named = true): void {
    const order = bank.orders.get(attemptId);
    if (!order?.paid) return;
    // Of a part nobody tells who has not answered with it before.
    if (order.takesFen < order.amountFen && this.store.read.attempts.get(attemptId)?.shortFen === undefined) return;
    this.payments.notices.notify({
      ...(named ? { attemptId } : {}),
      ...{ uid: this.uid, reference: bank.referenceOf(attemptId), amountFen: order.takesFen, method: 'platform' },
      ...{ via: bank.via, paidAt: this.clock.now(), givesBack: bank.givesBack },
    });
  }

  // --- what became of it ---------------------------------------------------------------------------------------------

  attempts(): Attempt[] {
    return this.store.read.attempts.ofStay(this.uid);
  }

  states(): string[] {
    return this.attempts().map(({ channel, state, setAside }) => `${channel} ${state}${setAside ? ' aside' : ''}`);
  }

  underWay(): Attempt[] {
    return this.attempts().filter(isUnderWay);
  }

  /** The money of one order, wherever it was put. */
  accountedFen(attemptId: string): number {
    const { payments, cases } = this.store.read;
    const booked = payments.ofAttempt(attemptId).filter(({ state }) => state === 'paid');
    const reported = ['paid-twice', 'late-payment', 'unknown-payment'].flatMap(
      (kind) => cases.get(`case-${kind}-${attemptId}`) ?? [],
    );
    const bookedFen = booked.reduce((sum, { paid_fen: fen }) => sum + fen, 0);
    return reported.reduce((sum, { amountFen }) => sum + amountFen, bookedFen);
  }

  count(kind: JournalEvent['kind']): number {
    return this.store.read.journal.list({ kind, limit: 500 }).length;
  }

  // --- how it is put together ----------------------------------------------------------------------------------------

  #id(prefix: string): string {
    this.#ids += 1;
    return `${prefix}_${String(this.#ids).padStart(8, '0')}`;
  }

  /** It is the program that dies here, not the machine: nothing needs to reach the disk. */
  #reopened(): Database {
    const db = openDatabase(this.#file());
    db.pragma('synchronous = OFF');
    return db;
  }

  #file(): string {
    return join(this.#directory, 'gatehouse.db');
  }

  #read(laneId: string): void {
    this.#reads += 1;
    this.lanes.plate({
      ...{ deviceId: `cam-${laneId}`, serialNo: 's1', plateId: String(this.#reads), plate: plate(PLATE) },
      ...{
        confidence: 99,
        trigger: 'video',
        capturedAt: null,
        receivedAt: this.clock.now(),
        stored: false,
        photo: null,
      },
    });
  }

  #agree(): void {
    const now = this.clock.now();
    for (const [index, each] of this.#agreements.entries())
      this.store.write((tx) =>
        tx.record({
          ...{ kind: 'agreement-changed', key: null, laneId: null, passageId: null, actor: ANNA },
          body: {
            change: 'added',
            agreement: {
              ...{ id: `agr${index}`, plate: PLATE, limitFen: null, uid: null, collectMinutes: 180, ...each },
              ...{ validFrom: now - HOUR, validTo: now + 1000 * HOUR, updatedAt: now },
            },
          },
        }),
      );
  }

  #open(): { store: Store; lanes: LaneRuntime; payments: Payments } {
    const { life, banks } = this;
    const fake = this.clock;
    const clock: Clock = {
      now: () => fake.now(),
      monotonic: () => fake.monotonic(),
      after: (ms, task) => fake.after(ms, () => (life.dead ? undefined : task())),
    };
    for (const bank of banks) bank.crossing = () => life.pass('at-port');
    const log = this.log;
    const ids = { next: (prefix: string) => this.#id(prefix) };
    const store = new LifeStore(this.#db, clock, life);
    store.onCommitted((events) => {
      for (const event of events) {
        this.events.push(event);
        this.heard(event);
      }
      life.pass('after-commit');
    });
    const site = siteSchema.parse({ code: '370200000001', name: '停车场', totalSpaces: 100, openSpaces: 90 });
    const alarms = new Alarms(
      () => clock.now(),
      () => undefined,
    );
    openRegistry({ ...{ store, clock, ids, log, areas: AREAS, quotas: [] }, laneOf: () => null });
    const shifts = new Shifts({ store, clock, ids });
    this.shifts = shifts;
    const changePage = () => this.changePage;
    const payments = createPayments({
      ...{ store, clock, ids, log, channels: banks, rules: () => site.rules },
      account: (stay) => lanes.account(stay),
      lanes: paymentLanes({ lanes: () => lanes, shifts, rules: () => site.rules }),
      pay: (laneId, billId, payment, actor) => lanes.pay(laneId, billId, payment, actor),
      refresh: (laneId, actor) => lanes.order(laneId, { type: 'refresh', actor }),
      letGo: (laneId, billId) => lanes.letGo(laneId, billId),
      changePage,
    });
    const lanes: LaneRuntime = new LaneRuntime({
      ...{ store, clock, ids, log, site, areas: AREAS, pricing: new Pricing([HOURLY], site) },
      lanes: [IN, OUT].map((lane) => laneSchema.parse({ ...lane, camera: `cam-${lane.id}` })),
      photos: new PhotoVault(join(this.#directory, 'photos'), store.read.photos, log),
      gates: new GateKeeper({ find: () => undefined, alarms, clock, ids, log }),
      watcher: payments.desk,
      collectors: () => banks,
      change: changeDesk({ read: store.read, ids, page: changePage }),
      authority: () => undefined,
    });
    return { store, lanes, payments };
  }
}
