import { join } from 'node:path';
import { vi } from 'vitest';
import type { Barrier } from '../../../../electron/station/devices/device.ts';
import { GateKeeper } from '../../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../../electron/station/lanes/runtime.ts';
import { OutboxHub } from '../../../../electron/station/outbox/hub.ts';
import { paymentLanes } from '../../../../electron/station/payment-lanes.ts';
import type { PaymentChannel } from '../../../../electron/station/payments/channel.ts';
import { createPayments, type Payments } from '../../../../electron/station/payments/payments.ts';
import { Pricing } from '../../../../electron/station/payments/pricing.ts';
import { stationCommands } from '../../../../electron/station/platform-commands.ts';
import { CmbPlatform } from '../../../../electron/station/platforms/cmb/cmb-platform.ts';
import type { CmbContext, CmbReply } from '../../../../electron/station/platforms/cmb/context.ts';
import { Uplink } from '../../../../electron/station/platforms/cmb/uplink.ts';
import { openRegistry } from '../../../../electron/station/registry/registry.ts';
import { Alarms } from '../../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../../electron/station/runtime/ids.ts';
import { Shifts } from '../../../../electron/station/shifts/shifts.ts';
import { PhotoVault } from '../../../../electron/station/store/photo-vault.ts';
import type { Actor } from '../../../../shared/domain/events.ts';
import type { Bill } from '../../../../shared/domain/money-flow.ts';
import { type Lane, laneSchema, siteSchema } from '../../../../shared/domain/site.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { AREAS, HOURLY, IN, OUT, plate } from '../../../support/lane-world.ts';
import { readsFiles, settled } from '../../../support/settled.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { tempStore } from '../../../support/temp-store.ts';
import { until } from '../../../support/until.ts';
import { bankForm, listen, type Received, settings } from './support.ts';

export const ANNA: Actor = { kind: 'user', name: 'anna' };
export const CAR = '京A12311';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

type Data = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, string>>;
/** What the bank answers; `undefined`: nothing, ever. */
type Answer = (form: Form) => Data | undefined;

/** Nothing on a timer, and nothing asked about a car that came in, unless the test wants it. */
const QUIET = { spaces: { everyMs: HOUR, quietMs: HOUR }, lookUp: { atEntry: 'never' } };
const OK: Data = { status: 0, message: 'success' };

export interface CmbWorldOptions {
  /** Of `platforms.cmb`, over the quiet ones. */
  readonly settings?: Data;
  /** Of the car park. */
  readonly site?: Data;
  readonly lanes?: readonly Lane[];
  /** The lanes have arms, which move whenever they are told to; otherwise none. */
  readonly arms?: boolean;
}

const arm = (id: string): Barrier => ({
  ...{ id, kind: 'barrier', driver: 'test', lastSeenAt: () => null, arm: () => 'unknown' },
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  gate: () => Promise.resolve({ outcome: 'done', detail: '' }),
});

/**
 * Lanes, money, registry and outbox on a real database, and the platform against a bank on a socket. What the bank pushes goes in at
 * the platform's inbound door. Time is the test's; answers take as long as they take.
 */
export class CmbWorld {
  readonly clock = new FakeClock();
  /** What the bank was asked, as texts. */
  readonly asked: { readonly name: string; readonly form: Form }[] = [];
  readonly alarms: Alarms;
  readonly hub: OutboxHub;
  readonly lanes: LaneRuntime;
  readonly payments: Payments;
  readonly registry: ReturnType<typeof openRegistry>;
  readonly log = memoryLog();
  /** What messages may look at, without the platform that is at work: it asks nobody. */
  readonly context: CmbContext;
  platform: CmbPlatform;
  readonly #temp = tempStore(this.clock);
  readonly #answers: Map<string, Answer>;
  readonly #raw = new Map<string, { readonly status: number; readonly text: string }>();
  readonly #close: () => Promise<void>;
  readonly #another: () => CmbPlatform;
  readonly #server: Awaited<ReturnType<typeof listen>>;
  readonly #posts = vi.spyOn(Uplink.prototype, 'post');
  /** Questions that are left without an answer. */
  #silent = 0;
  #closed: Promise<void> | undefined;
  #reads = 0;
  /** Whether somebody else is at work whose doings end by themselves, as a bank that pushes. */
  alsoBusy: () => boolean = () => false;

  private constructor(
    server: Awaited<ReturnType<typeof listen>>,
    answers: Map<string, Answer>,
    options: CmbWorldOptions,
  ) {
    const { clock, log } = this;
    const { store } = this.#temp;
    this.#answers = answers;
    this.#server = server;
    const ids = new SystemIds(clock);
    const site = siteSchema.parse({
      ...{ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 },
      ...options.site,
    });
    const lanes = (options.lanes ?? [IN, OUT]).map((lane) =>
      laneSchema.parse({ ...lane, camera: `cam-${lane.id}`, ...(options.arms && { barrier: `arm-${lane.id}` }) }),
    );
    this.alarms = new Alarms(
      () => clock.now(),
      () => undefined,
    );
    const { alarms } = this;
    this.registry = openRegistry({
      ...{ store, clock, ids, log, areas: AREAS, quotas: site.quotas },
      laneOf: () => null,
    });
    const channels: PaymentChannel[] = [];
    const shifts = new Shifts({ store, clock, ids });
    this.payments = createPayments({
      ...{ store, clock, ids, log, channels, rules: () => site.rules },
      account: (stay) => this.lanes.account(stay),
      lanes: paymentLanes({ lanes: () => this.lanes, shifts, rules: () => site.rules }),
      pay: (laneId, billId, payment, actor) => this.lanes.pay(laneId, billId, payment, actor),
      refresh: (laneId, actor) => this.lanes.order(laneId, { type: 'refresh', actor }),
      letGo: (laneId, billId) => this.lanes.letGo(laneId, billId),
    });
    const photos = new PhotoVault(join(this.#temp.directory, 'photos'), store.read.photos, log);
    this.lanes = new LaneRuntime({
      ...{ store, clock, ids, log, site, lanes, areas: AREAS, photos, pricing: new Pricing([HOURLY], site) },
      gates: new GateKeeper({ find: (id) => (options.arms ? arm(id) : undefined), alarms, clock, ids, log }),
      watcher: this.payments.desk,
      collectors: () => channels,
      authority: () => undefined,
    });
    const chosen = settings({ ...QUIET, baseUrl: server.baseUrl, ...options.settings });
    const commands = stationCommands({
      ...{ store, alarms, lists: this.registry.lists },
      spaces: () => this.lanes.spaces(),
      hub: () => this.hub,
    });
    const services = {
      ...{ lanes: this.lanes, registry: this.registry, payments: this.payments, read: store.read },
      onCommitted: store.onCommitted.bind(store),
    };
    const deps = { site, clock, ids, log, photos, commands, entropy: { random: () => 0.5 }, station: () => services };
    this.context = {
      ...{ site, settings: chosen, clock, ids, log, photos, commands, station: () => services },
      ask: () => Promise.resolve({ kind: 'failed', reason: 'nobody there', maybeArrived: false }),
    };
    this.#another = () => new CmbPlatform(chosen, deps);
    this.platform = this.#another();
    channels.push(...this.platform.channels);
    this.hub = new OutboxHub({
      ...{ store, clock, log, alarms, platforms: [this.platform], afterCrash: false },
      entropy: { random: () => 0.5 },
    });
    this.#close = async () => {
      this.lanes.stop();
      this.payments.stop();
      await this.registry.imports.stop();
      await this.hub.stop();
      await (this.#closed ?? server.close());
      this.#temp.dispose();
      this.#posts.mockRestore();
    };
  }

  static async open(options: CmbWorldOptions = {}): Promise<CmbWorld> {
    const answers = new Map<string, Answer>();
    const server = await listen(({ path, form }: Received, response) => {
      const name = path.split('/').at(-1) ?? '';
      world.asked.push({ name, form });
      const raw = world.#raw.get(name);
      if (raw) response.writeHead(raw.status).end(raw.text);
      const answer = raw ? undefined : (answers.get(name) ?? (() => OK))(form);
      if (answer !== undefined) response.end(JSON.stringify(answer));
      if (raw || answer !== undefined) return;
      world.#silent += 1;
      response.once('close', () => {
        world.#silent -= 1;
      });
    });
    const world: CmbWorld = new CmbWorld(server, answers, options);
    await world.hub.start();
    return world;
  }

  dispose(): Promise<void> {
    return this.#close();
  }

  get store() {
    return this.#temp.store;
  }

  get read() {
    return this.#temp.store.read;
  }

  /** What it answers to an interface from now on; `status` 0 with `data` unless told otherwise. */
  answer(name: string, answer: Answer | Data): void {
    this.#answers.set(name, typeof answer === 'function' ? answer : () => answer);
  }

  /** The very answer to an interface from now on, whatever it is. */
  answerHttp(name: string, status: number, text: string): void {
    this.#raw.set(name, { status, text });
  }

  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  /** The platform as the next start of the station makes it, on the same data. */
  async restarted(): Promise<CmbPlatform> {
    await this.platform.stop();
    this.platform = this.#another();
    await this.platform.start();
    return this.platform;
  }

  /** From now on nobody listens. */
  async vanish(): Promise<void> {
    this.#closed = this.#server.close();
    await this.#closed;
  }

  /** The bank calls us: business fields, rightly signed unless `sign` is given. @returns its answer */
  async push(name: string, fields: Form): Promise<CmbReply> {
    return this.pushRaw(name, bankForm(fields));
  }

  async pushRaw(name: string, body: string): Promise<CmbReply> {
    const response = await this.platform.inbound.handle({
      ...{ method: 'POST', path: `/cmbParking/${name}`, query: '', remote: '127.0.0.1' },
      contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
      body: Buffer.from(body, 'utf8'),
    });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return JSON.parse(Buffer.from(response.body).toString('utf8'));
  }

  /** A car stands before the camera of a lane; an empty text: its plate cannot be read. */
  car(lane: string, text = CAR, photo: Uint8Array | null = null): void {
    this.#reads += 1;
    this.lanes.plate({
      ...{ deviceId: `cam-${lane}`, serialNo: 's1', plateId: `${this.#reads}`, plate: plate(text), confidence: 99 },
      ...{ trigger: 'video', capturedAt: null, receivedAt: this.clock.now(), stored: false, photo },
    });
  }

  /** Time passes, in steps in which answers arrive. */
  async pass(ms: number, steps = 1): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.clock.advance(ms / steps);
      await this.settled();
    }
  }

  /** Came in and stands inside for so long. @returns its stay */
  async parked(minutes: number, text = CAR): Promise<string> {
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

  /** What left for the bank under this name. */
  sent(name: string): Form[] {
    return this.asked.filter((each) => each.name === name).map(({ form }) => form);
  }

  /** Until the bank was asked this so often, and what it said has been understood. */
  async heard(name: string, times = 1): Promise<void> {
    await this.comes(`${name} asked ${times} times`, () => this.sent(name).length >= times);
    await this.settled();
  }

  /** Until it is so, while no time passes. */
  comes(what: string, probe: () => boolean): Promise<boolean> {
    return until(what, async () => {
      await this.clock.advance(0);
      return probe();
    });
  }

  /** Lets answers arrive and messages leave, while no time passes. */
  settled(): Promise<void> {
    const { calls, settledResults } = this.#posts.mock;
    const open = (): number => settledResults.filter(({ type }) => type === 'incomplete').length;
    return settled({
      busy: () => this.alsoBusy() || readsFiles(),
      unanswered: () => open() - this.#silent,
      happened: () => this.asked.length + 2 * calls.length - open(),
      turn: () => this.clock.advance(0),
    });
  }
}
