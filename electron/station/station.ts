import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { STATION } from '../../shared/domain/events.ts';
import { Accounts } from './api/accounts.ts';
import type { ApiContext } from './api/context.ts';
import { logDefects } from './api/log-defects.ts';
import { createRouter } from './api/router.ts';
import { laneView } from './api/views.ts';
import { settleConfiguration } from './configuration/settle.ts';
import { runDemo } from './demo/run.ts';
import { deviceEvents } from './device-events.ts';
import { DevicePark } from './device-park.ts';
import { mountApi } from './inbound/api-routes.ts';
import { mountDevices } from './inbound/device-routes.ts';
import { createHttpServer, listen } from './inbound/http-server.ts';
import { mountRpcSocket } from './inbound/rpc-socket.ts';
import { mountUi } from './inbound/ui-routes.ts';
import { GateKeeper } from './lanes/gate-keeper.ts';
import { watchNearEntries } from './lanes/near-entry.ts';
import { LaneRuntime } from './lanes/runtime.ts';
import { recordStart, recordStop, watchLife } from './life.ts';
import { metricsText } from './metrics.ts';
import { OutboxHub } from './outbox/hub.ts';
import { paymentLanes } from './payment-lanes.ts';
import type { PaymentChannel } from './payments/channel.ts';
import { createPayments } from './payments/payments.ts';
import { Pricing } from './payments/pricing.ts';
import { stationCommands } from './platform-commands.ts';
import { createPlatforms } from './platforms/create.ts';
import type { Platform } from './platforms/platform.ts';
import { provisionJsonSchema } from './provision-schema.ts';
import { openRegistry } from './registry/registry.ts';
import { Rules } from './registry/rules.ts';
import { seedCards, seedLists } from './registry/seed.ts';
import { watchBalance } from './reports/nightly.ts';
import { Reports } from './reports/reports.ts';
import { besideTheLanes } from './reports/source.ts';
import { Alarms } from './runtime/alarms.ts';
import { SystemClock } from './runtime/clock.ts';
import { ConfigError, errorText } from './runtime/errors.ts';
import { SystemEntropy, SystemIds } from './runtime/ids.ts';
import type { Clock, Entropy, Ids, Log } from './runtime/ports.ts';
import { Shifts } from './shifts/shifts.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import { openDatabase } from './store/database.ts';
import { lockDirectory } from './store/lock.ts';
import { PhotoVault } from './store/photo-vault.ts';
import { Reader } from './store/reader/reader.ts';
import { Store } from './store/store.ts';
import { openTariffOffice } from './tariff-office/tariff-office.ts';

export interface StationOptions {
  /** Everything the station keeps: database, photos, lock. Created when missing. */
  readonly dataDirectory: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly provisionFile: string | null;
  /** With an empty data directory: run the demo car park. */
  readonly demo: boolean;
  /** Where the built UI lies, if it does. */
  readonly uiDirectory?: string;
  readonly version: string;
  readonly log: Log;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly entropy?: Entropy;
}

export interface Station {
  /** Where it listens, e.g. `http://127.0.0.1:8700`. */
  readonly url: string;
  readonly demo: boolean;
  /** Serves the contract over a message port (the Electron window's) until the port closes. */
  connect(port: SupportedMessagePort): void;
  /** Lets what is under way end, writes down that it ended well, and gives everything back. Safe to call twice. */
  stop(): Promise<void>;
}

/** A predecessor that was just killed may need this long to let go of the data directory. */
const LOCK_PATIENCE_MS = 5_000;

/**
 * The station, from top to bottom: time and chance, the store, what the car park is, the lanes, the outside. Nothing else in
 * the product knows everybody.
 *
 * @throws ConfigError | DatabaseError | PortTakenError
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const { log } = options;
  const clock = options.clock ?? new SystemClock();
  const ids = options.ids ?? new SystemIds(clock);
  const entropy = options.entropy ?? new SystemEntropy();
  const startedAt = clock.monotonic();
  const given = options.provisionFile === null ? undefined : readProvision(options.provisionFile);

  // Closed in reverse order, whether the start fails half-way or the station stops.
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop())
      try {
        await closer();
      } catch (error) {
        log.error('something did not close cleanly', { error: errorText(error) });
      }
  };
  // Whoever asks again waits for the same end: two runs at once would close the store under the sender.
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll();
    return closing;
  };

  try {
    // --- the store ---------------------------------------------------------------------------------------------------
    const directory = resolve(options.dataDirectory);
    makeDirectory(directory);
    const lock = await lockDirectory(directory, clock, LOCK_PATIENCE_MS);
    closers.push(() => lock.release());
    const file = join(directory, 'gatehouse.db');
    const db = openDatabase(file);
    closers.push(() => {
      db.close();
    });
    const checkpointer = startCheckpointer(db, file, clock, log.child('store'));
    closers.push(() => checkpointer.stop());
    const reader = new Reader({ file, clock, log: log.child('reader') });
    closers.push(() => reader.stop());
    const store = new Store(db, clock);
    const photos = new PhotoVault(join(directory, 'photos'), store.read.photos, log.child('photos'));
    closers.push(() => photos.flush());

    // --- what the car park is ----------------------------------------------------------------------------------------
    const { provision, demo } = settleConfiguration(store, given, options.demo);
    const rules = new Rules(store, provision.site.rules);
    const site = rules.site(provision.site);
    const { crashed } = recordStart(store, options.version, clock.now());
    closers.push(() => recordStop(store, clock.now()));
    const alarms = new Alarms(
      () => clock.now(),
      (alarm, cleared) =>
        store.write((tx) =>
          tx.record({
            kind: 'alarm',
            key: null,
            laneId: null,
            passageId: null,
            actor: STATION,
            body: { ...alarm, cleared },
          }),
        ),
    );
    const accounts = new Accounts(store, clock);
    await accounts.provision(provision.users);
    const pricing = new Pricing([], site);
    const tariffs = openTariffOffice({
      ...{ store, clock, ids, reader, pricing, site, lanes: provision.lanes, log: log.child('tariffs') },
      ...{ areas: provision.areas, provisioned: provision.tariffs },
    });
    closers.push(() => tariffs.stop());
    const laneOf = (uid: string): string | null =>
      lanes.lanes().find((lane) => lanes.state(lane.id).passage?.uid === uid)?.name ?? null;
    const registry = openRegistry({
      ...{ store, clock, ids, laneOf, log: log.child('imports') },
      ...{ areas: provision.areas, quotas: site.quotas },
    });
    closers.push(() => registry.imports.stop());
    seedLists(registry.lists, store, provision.lists);
    seedCards(registry.cards, store, provision.cards, log);
    registry.imports.recover();
    const shifts = new Shifts({ store, clock, ids });
    const businessDayStart = (): string => site.rules.businessDayStart;
    const reports = new Reports({
      read: store.read,
      source: besideTheLanes(reader),
      lanes: provision.lanes,
      businessDayStart,
      staleDays: () => site.rules.staleDays,
      totalSpaces: site.totalSpaces,
    });

    // --- the lanes and their iron ------------------------------------------------------------------------------------
    const find = (id: string) => park.find(id);
    const gates = new GateKeeper({ find, alarms, clock, ids, log: log.child('gates') });
    // Filled once the platforms are there; asked for the first time when a car stands at an exit.
    const channels: PaymentChannel[] = [];
    const payments = createPayments({
      store,
      clock,
      ids,
      log: log.child('payments'),
      channels,
      rules: () => site.rules,
      account: (stay) => lanes.account(stay),
      lanes: paymentLanes({ lanes: () => lanes, shifts, rules: () => site.rules }),
      pay: (laneId, billId, payment, actor) => lanes.pay(laneId, billId, payment, actor),
      refresh: (laneId, actor) => lanes.order(laneId, { type: 'refresh', actor }),
    });
    closers.push(() => payments.stop());
    const lanes: LaneRuntime = new LaneRuntime({
      store,
      clock,
      ids,
      log: log.child('lanes'),
      site,
      areas: provision.areas,
      lanes: provision.lanes,
      pricing,
      photos,
      gates,
      watcher: payments.desk,
      authority: (id) => platforms.find((platform) => platform.id === id)?.authority,
    });
    const park = new DevicePark(provision.devices, {
      clock,
      ids,
      entropy,
      log: log.child('devices'),
      events: deviceEvents({ store, clock, lanes, gates, photos, alarms, log: log.child('devices') }),
    });
    closers.push(() => lanes.stop());
    closers.push(watchNearEntries({ store, clock, ids, log: log.child('lanes') }));
    closers.push(() => park.stop());

    // --- the platforms -----------------------------------------------------------------------------------------------
    const platforms: Platform[] = createPlatforms(provision.platforms, {
      station: () => ({ lanes, registry, payments, read: store.read }),
      site,
      clock,
      ids,
      entropy,
      log,
      photos,
      commands: stationCommands({ store, lists: registry.lists, alarms, spaces: () => lanes.spaces(), hub: () => hub }),
    });
    channels.push(...inOrder(platforms, provision.channels, alarms));
    const hub = new OutboxHub({
      store,
      clock,
      entropy,
      log: log.child('outbox'),
      alarms,
      platforms,
      afterCrash: crashed,
    });
    closers.push(() => hub.stop());

    // --- the outside -------------------------------------------------------------------------------------------------
    const stopping = new AbortController();
    const router = createRouter({
      store,
      reader,
      clock,
      ids,
      log: log.child('api'),
      site,
      dataDirectory: directory,
      version: options.version,
      demo,
      accounts,
      lanes,
      laneViews: () =>
        lanes.lanes().map((lane) => {
          const arm = gates.arm(lane);
          return laneView(lane, lanes.state(lane.id), {
            read: store.read,
            direction: lanes.directionOf(lane),
            doubts: (stay) => lanes.doubts(stay),
            arm: arm && 'arm' in arm ? arm.arm() : 'unknown',
            devices: park.viewsOf(lane),
          });
        }),
      devices: park,
      pricing,
      tariffs,
      rules,
      registry,
      areas: provision.areas,
      laneOf,
      shifts,
      reports,
      payments,
      photos,
      hub,
      alarms,
      stopping: stopping.signal,
      startedAt,
      checks: () => [
        {
          name: 'database',
          ok: db.open && db.pragma('synchronous', { simple: true }) === 2,
          detail: 'WAL, synchronous=FULL',
        },
        {
          name: 'alarms',
          ok: !alarms.list().some((alarm) => alarm.severity === 'alarm'),
          detail: `${alarms.list().length} standing`,
        },
      ],
    });
    const app = createHttpServer(log.child('http'), clock);
    mountDevices(app, park.endpoints());
    mountApi(app, {
      router,
      accounts,
      version: options.version,
      log: log.child('api'),
      provisionSchema: provisionJsonSchema(),
      metrics: () => metricsText({ lanes, hub, journalSeq: () => store.read.journal.last().seq }),
    });
    mountUi(app, options.uiDirectory);
    const rpc = mountRpcSocket(app, router, log.child('rpc'));
    closers.push(async () => {
      stopping.abort();
      rpc.close();
      await app.close();
    });

    // --- and now it runs: lanes first, then the news -----------------------------------------------------------------
    await park.start();
    lanes.recover();
    payments.recover();
    const url = await listen(app, options.host, options.port);
    await hub.start();
    closers.push(watchLife({ store, clock, ids, alarms, log: log.child('life') }));
    closers.push(watchBalance({ reports, clock, alarms, log: log.child('reports'), businessDayStart }));
    if (demo) closers.push(runDemo({ clock, entropy, log: log.child('demo'), lanes, find, store }));
    log.info('the station runs', {
      url,
      site: site.code,
      lanes: provision.lanes.length,
      platforms: platforms.map((platform) => platform.id),
      demo,
    });

    const ports = new PortHandler<ApiContext>(router, { clientInterceptors: [logDefects(log.child('rpc'))] });
    return {
      url,
      demo,
      connect: (port) => {
        ports.upgrade(port, { context: { session: { principal: null }, local: true } });
      },
      stop: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The channels that the manager named, in that order. One that nobody offers is said out loud: an exit will not ask it. */
function inOrder(platforms: readonly Platform[], order: readonly string[], alarms: Alarms): PaymentChannel[] {
  const offered = platforms.flatMap((platform) => platform.channels ?? []);
  return order.flatMap((id) => {
    // The counter is always there, and comes last whether or not it is named.
    if (id === 'cash') return [];
    const channel = offered.find((each) => each.id === id);
    if (!channel)
      alarms.raise({
        code: 'channel-not-available',
        subject: id,
        detail: `收费渠道 ${id} 未接入，出口不会使用`,
        severity: 'warning',
      });
    return channel ?? [];
  });
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o700);
  } catch {
    // Taking the lock says what is wrong with the directory.
  }
}

function readProvision(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([`${file}: ${errorText(error)}`]);
  }
}
