import { join, resolve } from 'node:path';
import { Accounts } from './api/accounts.ts';
import type { PracticeLine } from './api/practice-port.ts';
import { createRouter } from './api/router.ts';
import { Backups } from './backup/backups.ts';
import { completeRestore, recordRestore } from './backup/restore.ts';
import { KerbDesk } from './berths/desk.ts';
import { BerthRuntime } from './berths/runtime.ts';
import { inOrder } from './channel-order.ts';
import { Closers } from './closers.ts';
import { ConfigurationDesk } from './configuration/desk.ts';
import { allForms } from './configuration/forms.ts';
import { testPlatform } from './configuration/platform-test.ts';
import { fallBack, proveConfiguration, settleConfiguration } from './configuration/settle.ts';
import { runDemo } from './demo/run.ts';
import { DeviceDesk } from './device-desk.ts';
import { deviceEvents } from './device-events.ts';
import { DevicePark } from './device-park.ts';
import { openLinks } from './devices/links/index.ts';
import { serialPorts } from './devices/links/serial-ports.ts';
import { devicesForPlatforms } from './devices-for-platforms.ts';
import { forgetSpent } from './forget-spent.ts';
import { openFront } from './front.ts';
import { healthChecks } from './health-checks.ts';
import { mountApi } from './inbound/api-routes.ts';
import { mountDevices } from './inbound/device-routes.ts';
import { createHttpServer, listen } from './inbound/http-server.ts';
import { mountPlatforms } from './inbound/platform-routes.ts';
import { reachableFrom } from './inbound/reachable.ts';
import { mountRpcSocket } from './inbound/rpc-socket.ts';
import { mountUi } from './inbound/ui-routes.ts';
import { laneViews } from './lane-views.ts';
import { GateKeeper } from './lanes/gate-keeper.ts';
import { watchNearEntries } from './lanes/near-entry.ts';
import { LaneRuntime } from './lanes/runtime.ts';
import { recordStart, recordStop, watchLife } from './life.ts';
import { metricsText } from './metrics.ts';
import { DailyChecks } from './outbox/daily-checks.ts';
import { OutboxHub } from './outbox/hub.ts';
import { Reconciliations } from './outbox/reconciliations.ts';
import { paymentLanes } from './payment-lanes.ts';
import { changeDesk } from './payments/change-orders.ts';
import type { PaymentChannel } from './payments/channel.ts';
import { ExternalPrices, feeSourceOf } from './payments/external-prices.ts';
import { createPayments } from './payments/payments.ts';
import { Pricing } from './payments/pricing.ts';
import { stationCommands } from './platform-commands.ts';
import { createPlatforms } from './platforms/create.ts';
import { lookUpEverywhere } from './platforms/look-up.ts';
import type { Platform } from './platforms/platform.ts';
import { openPracticeRoom } from './practice-room.ts';
import { provisionJsonSchema } from './provision-schema.ts';
import { seedBerths } from './registry/berths-seed.ts';
import { openRegistry } from './registry/registry.ts';
import { Rules } from './registry/rules.ts';
import { seedCards, seedLists } from './registry/seed.ts';
import { reopening } from './reopening.ts';
import { watchBalance } from './reports/nightly.ts';
import { Reports } from './reports/reports.ts';
import { besideTheLanes } from './reports/source.ts';
import { SystemClock } from './runtime/clock.ts';
import { DatabaseError, errorText, PortTakenError } from './runtime/errors.ts';
import { SystemEntropy, SystemIds } from './runtime/ids.ts';
import { Shifts } from './shifts/shifts.ts';
import { standingAlarms, watchUnreadable } from './standing-alarms.ts';
import { makeDirectory, readProvision } from './station-files.ts';
import type { Station, StationOptions } from './station-options.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import { openDatabase } from './store/database.ts';
import { lockDirectory } from './store/lock.ts';
import { PhotoVault } from './store/photo-vault.ts';
import { Reader } from './store/reader/reader.ts';
import { Store } from './store/store.ts';
import { openTariffOffice } from './tariff-office/tariff-office.ts';
import { changePageOf, entryPageOf } from './ticket-pages.ts';
import { portServer, WindowPorts } from './window-ports.ts';

export type { PracticeLine, Station, StationOptions };

/** A predecessor that was just killed may need this long to let go of the data directory. */
const LOCK_PATIENCE_MS = 5_000;

/**
 * The station, from top to bottom: time and chance, the store, what the car park is, the lanes, the outside. Nothing else in
 * the product knows everybody.
 *
 * @throws ConfigError | DatabaseError | PortTakenError
 */
export async function openStation(options: StationOptions): Promise<Station> {
  const fellBack: string[] = [];
  try {
    return await openOnce(options, fellBack);
  } catch (error) {
    // A configuration that was applied while the station ran turned out not to run: the one before counts again.
    if (fellBack.length === 0) throw error;
    options.log.error('the configuration could not run; the one before counts again', { error: errorText(error) });
    return await openOnce({ ...options, provisionFile: null }, fellBack);
  }
}

/** @param fellBack why a configuration was given up: filled by an attempt that failed, told by the one after it */
async function openOnce(options: StationOptions, fellBack: string[]): Promise<Station> {
  const { log } = options;
  const clock = options.clock ?? new SystemClock();
  const ids = options.ids ?? new SystemIds(clock);
  const entropy = options.entropy ?? new SystemEntropy();
  const startedAt = clock.monotonic();
  const given = options.provisionFile === null ? undefined : readProvision(options.provisionFile);

  const closers = new Closers(log);
  const close = (): Promise<void> => closers.close();
  let failure: unknown;
  try {
    // --- the store ---------------------------------------------------------------------------------------------------
    const directory = resolve(options.dataDirectory);
    makeDirectory(directory);
    const lock = await lockDirectory(directory, clock, LOCK_PATIENCE_MS);
    closers.push(() => lock.release());
    const restored = completeRestore(directory);
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
    closers.push(() => {
      const theirs = failure instanceof PortTakenError || failure instanceof DatabaseError;
      if (failure !== undefined && !theirs && fallBack(store)) fellBack.push(errorText(failure));
    });
    recordRestore(directory, store, restored);
    const photos = new PhotoVault(join(directory, 'photos'), store.read.photos, log.child('photos'));
    closers.push(() => photos.flush());

    // --- what the car park is ----------------------------------------------------------------------------------------
    const { provision, demo, configured } = settleConfiguration(store, given, options.demo);
    const rules = new Rules(store, provision.site.rules);
    const site = rules.site(provision.site);
    const { crashed, downMs } = recordStart(store, options.version, clock.now());
    closers.push(() => recordStop(store, clock.now()));
    const alarms = standingAlarms(store, clock, fellBack);
    closers.push(watchUnreadable({ store, clock, alarms, log: log.child('store') }));
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
      ...{ areas: provision.areas, devices: provision.devices, quotas: site.quotas },
    });
    closers.push(() => registry.imports.stop());
    seedLists(registry.lists, store, provision.lists);
    seedCards(registry.cards, store, provision.cards, log);
    seedBerths(registry.berths, store, provision.berths, log);
    registry.imports.recover();
    const shifts = new Shifts({ store, clock, ids });
    const businessDayStart = (): string => site.rules.businessDayStart;
    const reports = new Reports({
      read: store.read,
      source: besideTheLanes(reader),
      lanes: provision.lanes,
      areas: provision.areas,
      businessDayStart,
      staleDays: () => site.rules.staleDays,
      totalSpaces: site.totalSpaces,
    });

    // --- the lanes and their iron ------------------------------------------------------------------------------------
    const find = (id: string) => park.find(id);
    const gates = new GateKeeper({ find, alarms, clock, ids, log: log.child('gates') });
    // Filled once the platforms are there; asked for the first time when a car stands at an exit.
    const channels: PaymentChannel[] = [];
    const changePage = () => changePageOf(platforms);
    const prices = new ExternalPrices({
      ...{ clock, alarms, log: log.child('prices') },
      account: (stay) => lanes.account(stay),
    });
    closers.push(() => prices.stop());
    const payments = createPayments({
      store,
      clock,
      ids,
      log: log.child('payments'),
      channels,
      rules: () => site.rules,
      account: (stay) => lanes.account(stay),
      pricedOutside: () => prices.platform !== null,
      lanes: paymentLanes({ lanes: () => lanes, shifts, rules: () => site.rules }),
      pay: (laneId, billId, payment, actor) => lanes.pay(laneId, billId, payment, actor),
      refresh: (laneId, actor) => lanes.order(laneId, { type: 'refresh', actor }),
      letGo: (laneId, billId) => lanes.letGo(laneId, billId),
      changePage,
    });
    closers.push(() => payments.stop());
    const deciding = {
      ...{ store, clock, ids, site, areas: provision.areas, pricing, prices, photos },
      ...{ watcher: payments.desk, collectors: () => channels },
    };
    const lanes: LaneRuntime = new LaneRuntime({
      ...{ ...deciding, log: log.child('lanes'), lanes: provision.lanes, gates },
      change: changeDesk({ read: store.read, ids, page: changePage }),
      authority: (id) => platforms.find((platform) => platform.id === id)?.authority,
    });
    // Just after a start nothing has been heard of any device: none of them counts as away before its time.
    const isOnline = (id: string): boolean => (park.watchOf(id)?.state ?? 'offline') !== 'offline';
    const berths = new BerthRuntime({ ...deciding, alarms, isOnline, log: log.child('berths') });
    const scanned = (deviceId: string, code: string | null): void => front.scanned(deviceId, code);
    const park = new DevicePark(provision.devices, {
      ...{ clock, ids, entropy, log: log.child('devices') },
      links: openLinks({ clock, ids, entropy, log: log.child('links') }),
      events: deviceEvents({ store, clock, lanes, berths, gates, photos, alarms, scanned, log: log.child('devices') }),
    });
    const front = openFront({
      ...{ store, clock, ids, alarms, lanes, park, payments, reports, shifts, rules, log: log.child('front') },
      ...{ site, areas: provision.areas },
    });
    closers.push(() => front.stop());
    closers.push(() => lanes.stop());
    closers.push(() => berths.stop());
    closers.push(watchNearEntries({ store, clock, ids, log: log.child('lanes') }));
    closers.push(() => park.stop());

    // --- the platforms -----------------------------------------------------------------------------------------------
    let reachable: string | undefined;
    const platforms: Platform[] = createPlatforms(provision.platforms, {
      station: () => ({
        lanes,
        registry,
        rules,
        payments,
        prices,
        read: store.read,
        search: reader,
        devices: devicesForPlatforms({ park, gates, lanes, announcer: front.announcer }),
        onCommitted: (listener) => store.onCommitted(listener),
      }),
      address: (own) => (own && !options.practice ? reachableFrom(own) : reachable),
      site,
      areas: provision.areas,
      clock,
      ids,
      entropy,
      log,
      photos,
      commands: stationCommands({
        ...{ store, lists: registry.lists, alarms, areas: provision.areas },
        spaces: () => lanes.spaces(),
        hub: () => hub,
      }),
    });
    if (options.practice) platforms.push(options.practice.platform);
    prices.use(feeSourceOf(platforms));
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

    // --- its own settings and copies ---------------------------------------------------------------------------------
    const reopen = reopening({ store, clock, lanes, reopen: options.reopen });
    const configuration = new ConfigurationDesk({
      ...{ store, rules, demo, configured, provision, reopen },
      // Whoever was let through is on the way out of the picture, and nothing of that car is still to be decided.
      occupied: (laneId) =>
        lanes.lanes().some(({ id }) => id === laneId) && !['idle', 'cleared'].includes(lanes.state(laneId).phase),
    });
    const backups = new Backups({
      ...{ store, clock, alarms, configured, reopen, dataDirectory: directory, version: options.version },
      log: log.child('backups'),
    });
    closers.push(() => backups.stop());

    // --- the outside -------------------------------------------------------------------------------------------------
    const stopping = new AbortController();
    const reconciliations = new Reconciliations({
      ...{ store, reader, clock, ids, photos, hub, log: log.child('outbox'), stopping: stopping.signal },
    });
    const dailyChecks = new DailyChecks({
      ...{ store, clock, alarms, platforms, reconciliations, log: log.child('outbox'), stopping: stopping.signal },
    });
    const practice = openPracticeRoom(options.practice, {
      ...{ store, clock, ids, entropy, log: log.child('practice'), version: options.version },
      ...{ dataDirectory: directory, site, areas: provision.areas, lanes, pricing, registry, accounts, photos, find },
    });
    closers.push(() => practice.close());
    const router = createRouter({
      ...{ configuration, backups, forms: () => allForms(platforms.flatMap((platform) => platform.channels ?? [])) },
      lookUp: (plate) => lookUpEverywhere(platforms, plate, clock),
      testPlatform: (id, settings) => testPlatform(id, settings, { clock, ids, log: log.child('test') }),
      ...{ store, reader, clock, ids, log: log.child('api'), site },
      dataDirectory: directory,
      version: options.version,
      demo,
      accounts,
      lanes,
      laneViews: () => laneViews({ lanes, gates, park, read: store.read, changePage }),
      devices: new DeviceDesk({ park, lanes, alarms, store, announcer: front.announcer, serialPorts }),
      ...{ announcements: front.announcements, printing: front.printing, scans: front.scans },
      practice: practice.port,
      berthDesk: new KerbDesk({ berths, read: store.read, clock, site }),
      watchOf: (id) => park.watchOf(id),
      ...{ pricing, prices },
      tariffs,
      rules,
      registry,
      areas: provision.areas,
      laneOf,
      shifts,
      reports,
      payments,
      entryPage: () => entryPageOf(platforms),
      photos,
      hub,
      reconciliations,
      dailyChecks,
      alarms,
      stopping: stopping.signal,
      startedAt,
      checks: () => healthChecks(db, alarms),
    });
    const app = createHttpServer(log.child('http'), clock);
    mountDevices(app, park.endpoints(), () => hub.makeWay());
    mountApi(app, {
      router,
      accounts,
      version: options.version,
      log: log.child('api'),
      provisionSchema: provisionJsonSchema,
      metrics: () => metricsText({ lanes, hub, journalSeq: () => store.read.journal.last().seq }),
    });
    const inbound = mountPlatforms(app, { platforms, clock, alarms, log: log.child('inbound') });
    mountUi(app, options.uiDirectory);
    const rpc = mountRpcSocket(app, router, log.child('rpc'), practice.connect);
    closers.push(async () => {
      stopping.abort();
      rpc.close();
      await app.close();
    });
    closers.push(() => inbound.close());

    // --- and now it runs: lanes first, then the news -----------------------------------------------------------------
    await park.start();
    front.start();
    lanes.recover(downMs);
    berths.recover();
    payments.recover();
    const url = options.practice ? 'practice:' : await listen(app, options.host, options.port);
    reachable = options.practice ? undefined : reachableFrom({ host: options.host, port: Number(new URL(url).port) });
    if (!options.practice) await inbound.start();
    await hub.start();
    dailyChecks.start();
    closers.push(watchLife({ store, clock, ids, alarms, log: log.child('life') }));
    backups.start();
    closers.push(forgetSpent({ store, clock, log: log.child('store') }));
    proveConfiguration(store);
    closers.push(watchBalance({ reports, clock, alarms, log: log.child('reports'), businessDayStart }));
    if (demo) closers.push(runDemo({ clock, entropy, log: log.child('demo'), lanes, find, store }));
    log.info('the station runs', {
      url,
      site: site.code,
      lanes: provision.lanes.length,
      platforms: platforms.map((platform) => platform.id),
      demo,
    });

    const windows = new WindowPorts(portServer(router, log.child('rpc')));
    closers.push(() => windows.close());
    const practiceToken = await practice.token();
    return {
      url,
      demo,
      practiceToken,
      connectPractice: practice.connect,
      connect: (port) => windows.connect(port),
      stop: close,
    };
  } catch (error) {
    failure = error;
    await close();
    throw error;
  }
}
