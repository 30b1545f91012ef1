import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Barrier, CommandOutcome, Device } from '../../../electron/station/devices/device.ts';
import type { AuthorityAnswer, AuthorityQuestion } from '../../../electron/station/lanes/authority-port.ts';
import { GateKeeper } from '../../../electron/station/lanes/gate-keeper.ts';
import { LaneRuntime } from '../../../electron/station/lanes/runtime.ts';
import { ExternalPrices } from '../../../electron/station/payments/external-prices.ts';
import type { FeeSource } from '../../../electron/station/payments/fee-source.ts';
import { Pricing } from '../../../electron/station/payments/pricing.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import { openDatabase } from '../../../electron/station/store/database.ts';
import { PhotoVault } from '../../../electron/station/store/photo-vault.ts';
import { Store } from '../../../electron/station/store/store.ts';
import type { EventKind } from '../../../shared/domain/events.ts';
import { type Lane, laneSchema, type Site, siteSchema } from '../../../shared/domain/site.ts';
import type { Tariff } from '../../../shared/domain/tariff.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { AREAS, collector, HOURLY, IN, OUT, OUT2, plate } from '../../support/lane-world.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempDirectory } from '../../support/temp-store.ts';

/** A lane with a camera and an arm of its own. */
const equipped = (lane: Lane, over: object = {}): Lane =>
  laneSchema.parse({ ...lane, camera: `cam-${lane.id}`, barrier: `arm-${lane.id}`, ...over });

export interface RigOptions {
  readonly site?: Partial<Site>;
  readonly lanes?: readonly Lane[];
  readonly tariffs?: readonly Tariff[];
  readonly database?: (file: string) => Database;
  /** What the platform says; it is asked through {@link Rig.questions}. */
  readonly answer?: (question: AuthorityQuestion) => Promise<AuthorityAnswer>;
  /** Devices of the test's own, in place of the arms that obey. */
  readonly iron?: (id: string) => Device | undefined;
  /** Whoever prices stays in place of the tariffs. */
  readonly fees?: FeeSource['ask'];
}

export const IN1 = equipped(IN);
export const OUT1 = equipped(OUT);
export const OUT_2 = equipped(OUT2);
export const remote = (lane: Lane): Lane =>
  equipped(lane, { authority: { platform: 'keytop', pollSeconds: 3, giveUpAfter: 3, rules: 'both', fees: 'local' } });

/** The lanes over a real database file, with arms that obey. Can be killed and started again. */
export class Rig {
  readonly clock = new FakeClock();
  readonly log = memoryLog();
  readonly directory = tempDirectory();
  readonly file = join(this.directory, 'gatehouse.db');
  /** What the arms were told, `<lane>:<action>`. */
  readonly moves: string[] = [];
  /** Bills that the settlement heard of: `+<lane>` stands there, `-` over. */
  readonly bills: string[] = [];
  readonly questions: AuthorityQuestion[] = [];
  /** Of each question: whether it was given up. */
  readonly signals: AbortSignal[] = [];
  /** No device reports a trigger loop any more. */
  deaf = false;
  alarms: Alarms;
  /** Set with the lanes. */
  prices: ExternalPrices | undefined;
  gates: GateKeeper | undefined;
  outcome: CommandOutcome = { outcome: 'done', detail: '' };
  db: Database;
  store: Store;
  lanes: LaneRuntime;
  readonly #options: RigOptions;
  #reads = 0;

  constructor(options: RigOptions = {}) {
    this.#options = options;
    this.db = (options.database ?? openDatabase)(this.file);
    this.store = new Store(this.db, this.clock);
    this.alarms = this.#alarms();
    this.lanes = this.#runtime();
  }

  #alarms(): Alarms {
    return new Alarms(
      () => this.clock.now(),
      () => undefined,
    );
  }

  /** As after a power cut: nothing is written down on the way out. */
  restart(downMs = 0): void {
    this.lanes.stop();
    this.db.close();
    this.moves.length = 0;
    this.bills.length = 0;
    this.questions.length = 0;
    this.db = openDatabase(this.file);
    this.store = new Store(this.db, this.clock);
    this.alarms = this.#alarms();
    this.lanes = this.#runtime();
    this.lanes.recover(downMs);
  }

  #runtime(): LaneRuntime {
    const { clock, store, log } = this;
    const ids = new SystemIds(clock);
    const site = siteSchema.parse({
      code: '370200000001',
      name: '停车场',
      totalSpaces: 100,
      openSpaces: 90,
      ...this.#options.site,
    });
    const lanes = this.#options.lanes ?? [IN1, OUT1, OUT_2];
    const arms = new Map(lanes.flatMap((lane) => (lane.barrier ? [[lane.barrier, this.#arm(lane)] as const] : [])));
    const { alarms } = this;
    const { answer, fees, iron } = this.#options;
    const prices = new ExternalPrices({ clock, log, alarms, account: (stay) => this.lanes.account(stay) });
    this.prices = prices;
    prices.use(fees && { platform: 'keytop', ask: fees });
    const gates = new GateKeeper({ find: (id) => iron?.(id) ?? arms.get(id), alarms, clock, ids, log });
    this.gates = gates;
    return new LaneRuntime({
      prices,
      gates,
      ...{
        store,
        clock,
        ids,
        log,
        site,
        lanes,
        areas: AREAS,
        pricing: new Pricing(this.#options.tariffs ?? [HOURLY], site),
      },
      photos: new PhotoVault(join(this.directory, 'photos'), store.read.photos, log),
      watcher: {
        opened: (bill, _stay, laneId) => void this.bills.push(`+${laneId} ${bill.dueFen}`),
        over: (_billId, how) => void this.bills.push(`-${how}`),
      },
      collectors: () => [collector('city')],
      authority: () =>
        answer && {
          platform: 'keytop',
          ask: (question, signal) => {
            this.questions.push(question);
            this.signals.push(signal);
            return answer(question);
          },
        },
    });
  }

  #arm(lane: Lane): Barrier {
    return {
      id: lane.barrier ?? '',
      kind: 'barrier',
      driver: 'test',
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      lastSeenAt: () => this.clock.now(),
      arm: () => 'unknown',
      facts: () => ({ inputs: this.deaf ? ['safety-loop'] : ['trigger-loop', 'safety-loop'] }),
      gate: (action) => {
        this.moves.push(`${lane.id}:${action}`);
        return Promise.resolve(this.outcome);
      },
    };
  }

  car(lane: Lane, text: string): void {
    this.lanes.plate({
      deviceId: lane.camera ?? '',
      serialNo: 's1',
      plateId: `${++this.#reads}`,
      plate: plate(text),
      confidence: 99,
      trigger: 'video',
      capturedAt: null,
      receivedAt: this.clock.now(),
      stored: false,
      photo: null,
    });
  }

  /** The car came in and went its way. */
  async parked(text: string, minutes: number): Promise<void> {
    this.car(IN1, text);
    await this.clock.advance(minutes * 60_000);
  }

  phase(lane: Lane): string {
    return this.lanes.state(lane.id).phase;
  }

  passage(lane: Lane) {
    return this.lanes.state(lane.id).passage;
  }

  events(kind: EventKind) {
    return this.store.read.journal.list({ kind, limit: 500 });
  }

  dispose(): void {
    this.lanes.stop();
    this.db.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
