import { join } from 'node:path';
import { vi } from 'vitest';
import { GateKeeper } from '../../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../../electron/station/lanes/runtime.ts';
import { OutboxHub } from '../../../../electron/station/outbox/hub.ts';
import { paymentLanes } from '../../../../electron/station/payment-lanes.ts';
import type { PaymentChannel } from '../../../../electron/station/payments/channel.ts';
import { createPayments, type Payments } from '../../../../electron/station/payments/payments.ts';
import { Pricing } from '../../../../electron/station/payments/pricing.ts';
import { stationCommands } from '../../../../electron/station/platform-commands.ts';
import { QingdaoCodec } from '../../../../electron/station/platforms/qingdao/codec.ts';
import { nodeEngine } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { QingdaoDownlink } from '../../../../electron/station/platforms/qingdao/downlink.ts';
import { QingdaoPlatform } from '../../../../electron/station/platforms/qingdao/qingdao-platform.ts';
import { Uplink } from '../../../../electron/station/platforms/qingdao/uplink.ts';
import { openRegistry } from '../../../../electron/station/registry/registry.ts';
import { Alarms } from '../../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../../electron/station/runtime/ids.ts';
import { Shifts } from '../../../../electron/station/shifts/shifts.ts';
import { PhotoVault } from '../../../../electron/station/store/photo-vault.ts';
import type { Actor } from '../../../../shared/domain/events.ts';
import type { Bill } from '../../../../shared/domain/money-flow.ts';
import { laneSchema, siteSchema } from '../../../../shared/domain/site.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { AREAS, HOURLY, IN, OUT, plate } from '../../../support/lane-world.ts';
import { readsFiles, settled } from '../../../support/settled.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { tempStore } from '../../../support/temp-store.ts';
import { until } from '../../../support/until.ts';
import { listen, noticePayload, platformKey, platformOpens, settings, userKey } from './support.ts';

export const ANNA: Actor = { kind: 'user', name: 'anna' };
export const CAR = '鲁B01C01';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

type Data = Readonly<Record<string, unknown>>;
/** What the city answers; `undefined`: nothing, ever. */
type Answer = (data: Data) => Data | undefined;

/** Nothing on a timer, and nothing asked about a car that came in, unless the test wants it. */
const QUIET = { intervals: { parkingStateMs: HOUR, heartbeatMs: HOUR }, lookUp: { atEntry: 'never' } };

const OK: Data = { resultCode: '200', msg: '' };

/**
 * Lanes, money, registry and outbox on a real database, and the platform against a city on a socket: notices go in as the broker
 * would hand them over. Time is the test's; answers take as long as they take.
 */
export class CityWorld {
  readonly clock = new FakeClock();
  readonly asked: { readonly name: string; readonly data: Data }[] = [];
  readonly alarms: Alarms;
  readonly hub: OutboxHub;
  readonly lanes: LaneRuntime;
  readonly payments: Payments;
  readonly registry: ReturnType<typeof openRegistry>;
  readonly platform: QingdaoPlatform;
  readonly #temp = tempStore(this.clock);
  readonly #answers: Map<string, Answer>;
  readonly #downlink: QingdaoDownlink;
  readonly #close: () => Promise<void>;
  readonly #another: () => QingdaoPlatform;
  readonly #server: Awaited<ReturnType<typeof listen>>;
  readonly #exchanges = vi.spyOn(Uplink.prototype, 'exchange');
  /** Encrypting and signing, mostly on another thread. */
  readonly #makes = vi.spyOn(Uplink.prototype, 'make');
  /** Questions that are left without an answer. */
  #silent = 0;
  #closed: Promise<void> | undefined;
  #requests = 0;
  #reads = 0;

  private constructor(
    server: Awaited<ReturnType<typeof listen>>,
    answers: Map<string, Answer>,
    options: { readonly settings?: Data; readonly channel?: boolean },
  ) {
    const { clock } = this;
    const { store } = this.#temp;
    this.#answers = answers;
    const log = memoryLog();
    const ids = new SystemIds(clock);
    const site = siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 });
    const lanes = [laneSchema.parse({ ...IN, camera: 'cam-in' }), laneSchema.parse({ ...OUT, camera: 'cam-out' })];
    this.alarms = new Alarms(
      () => clock.now(),
      () => undefined,
    );
    const { alarms } = this;
    this.registry = openRegistry({
      ...{ store, clock, ids, log, areas: AREAS, quotas: [] },
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
      gates: new GateKeeper({ find: () => undefined, alarms, clock, ids, log }),
      watcher: this.payments.desk,
      collectors: () => channels,
      authority: () => undefined,
    });
    const chosen = settings({ ...QUIET, baseUrl: server.baseUrl, ...options.settings });
    this.#server = server;
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
    this.#another = () => new QingdaoPlatform(chosen, deps);
    this.platform = this.#another();
    if (options.channel !== false) channels.push(...this.platform.channels);
    this.hub = new OutboxHub({
      ...{ store, clock, log, alarms, platforms: [this.platform], afterCrash: false },
      entropy: { random: () => 0.5 },
    });
    const keys = { publicKey: platformKey.publicKey, privateKey: userKey.privateKey };
    const context = { ...deps, settings: chosen, noteDrift: () => undefined };
    this.#downlink = new QingdaoDownlink(
      {
        ...context,
        ask: () => Promise.resolve({ kind: 'failed', reason: 'not asked in a notice', maybeArrived: false }),
      },
      new QingdaoCodec(chosen, keys, nodeEngine(keys)),
      () => undefined,
    );
    this.#close = async () => {
      this.lanes.stop();
      this.payments.stop();
      await this.registry.imports.stop();
      await this.hub.stop();
      await (this.#closed ?? server.close());
      this.#temp.dispose();
      this.#exchanges.mockRestore();
      this.#makes.mockRestore();
    };
  }

  static async open(options: { readonly settings?: Data; readonly channel?: boolean } = {}): Promise<CityWorld> {
    const answers = new Map<string, Answer>();
    const server = await listen(({ path, form }, response) => {
      const name = path.split('/').at(-1) ?? '';
      const { data } = JSON.parse(platformOpens(form.get('cipher') ?? '', form.get('sign') ?? '').plain);
      world.asked.push({ name, data });
      const answer = (answers.get(name) ?? (() => OK))(data);
      if (answer !== undefined) {
        response.end(JSON.stringify(answer));
        return;
      }
      world.#silent += 1;
      response.once('close', () => {
        world.#silent -= 1;
      });
    });
    const world: CityWorld = new CityWorld(server, answers, options);
    await world.hub.start();
    return world;
  }

  dispose(): Promise<void> {
    return this.#close();
  }

  get read() {
    return this.#temp.store.read;
  }

  answer(name: string, answer: Answer | Data): void {
    this.#answers.set(name, typeof answer === 'function' ? answer : () => answer);
  }

  /** The platform as the next start of the station makes it, on the same data. */
  async restarted(): Promise<QingdaoPlatform> {
    await this.platform.stop();
    const next = this.#another();
    await next.start();
    return next;
  }

  /** From now on nobody listens. */
  async vanish(): Promise<void> {
    this.#closed = this.#server.close();
    await this.#closed;
  }

  /** Pushes a notice; `at` is the time in its envelope. @returns its answer, as it stands in the outbox. */
  push(name: string, body: Data, options: { readonly requestId?: string; readonly at?: number } = {}) {
    this.#requests += 1;
    const requestId = options.requestId ?? String(this.#requests);
    const before = this.read.outbox.maxId();
    const payload = noticePayload(requestId, shanghaiDateTime(options.at ?? this.clock.now()), body);
    this.#downlink.receive(`qdpark/v1/${name}/234/1001`, payload);
    const row = this.read.outbox.get(before + 1);
    const stored = row === undefined ? undefined : JSON.parse(row.body);
    return { message: row?.message, success: stored?.success, params: JSON.parse(stored?.params ?? 'null') };
  }

  car(lane: 'in' | 'out', text = CAR): void {
    this.#reads += 1;
    this.lanes.plate({
      ...{ deviceId: `cam-${lane}`, serialNo: 's1', plateId: `${this.#reads}`, plate: plate(text), confidence: 99 },
      ...{ trigger: 'video', capturedAt: null, receivedAt: this.clock.now(), stored: false, photo: null },
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
    this.car('in', text);
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

  /** What left for the city under this name. */
  sent(name: string): Data[] {
    return this.asked.filter((each) => each.name === name).map(({ data }) => data);
  }

  /** Until the city was asked this so often, and what it said has been understood. */
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
    const [{ mock: asking }, { mock: making }] = [this.#exchanges, this.#makes];
    const open = ({ settledResults }: typeof asking | typeof making): number =>
      settledResults.filter(({ type }) => type === 'incomplete').length;
    return settled({
      busy: () => open(making) > 0 || readsFiles(),
      unanswered: () => open(asking) - this.#silent,
      happened: () => this.asked.length + 2 * asking.calls.length - open(asking) + making.calls.length,
      turn: () => this.clock.advance(0),
    });
  }
}
