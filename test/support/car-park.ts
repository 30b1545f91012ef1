import { rmSync } from 'node:fs';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { type LaneView, laneViewSchema } from '../../shared/contract/lanes.ts';
import { messageViewSchema } from '../../shared/contract/outbox.ts';
import { type StayDetail, type StayView, stayDetailSchema, stayViewSchema } from '../../shared/contract/stays.ts';
import { type Bank, startBank } from '../peers/cmb/index.ts';
import { type FaultProxy, startFaultProxy } from '../peers/fault-proxy.ts';
import type { ThirdParty } from '../peers/keytop/index.ts';
import { createKeys, type QingdaoKeys, type QingdaoPlatform, startQingdaoPlatform } from '../peers/qingdao/index.ts';
import type { ParkingCloud } from '../peers/shenzhen/index.ts';
import type { Cloud } from '../peers/vanke/index.ts';
import { VzenithCamera, type VzenithOptions } from '../peers/vzenith/index.ts';
import { lanesInMall, type MallSite, startMall, underMall } from './mall-site.ts';
import { ACCESS_ID, ENTRY_SERIAL, EXIT_SERIAL, PARKING_CODE, type ProvisionOptions, provision } from './provision.ts';
import { type ShenzhenSite, startShenzhen, underShenzhen } from './shenzhen-site.ts';
import { StationProcess, stablePort, tempDirectory } from './station-process.ts';
import { until } from './until.ts';
import { Gate } from './vanke-gate.ts';
import { lanesOf, serialOf, startCloudFor, underVanke, type VankeSite } from './vanke-site.ts';

export interface CarParkOptions {
  /** Without it there is no platform at all. */
  readonly city?: {
    readonly brokerUrl?: string;
    readonly settings?: Readonly<Record<string, unknown>>;
    /** Its own time passes with the station's, so that what arrives hours later is hours later for it too. */
    readonly sharesTime?: boolean;
    /** A line between the two whose faults a test sets: {@link CarPark.line}. */
    readonly overLine?: boolean;
  };
  readonly provision?: Omit<ProvisionOptions, 'qingdao' | 'port'>;
  readonly camera?: Partial<VzenithOptions>;
  readonly clockOffsetMs?: number;
  /** The bank's platform, beside the city or alone; its time passes with the station's. */
  readonly bank?: true | BankSite;
  /** A cloud that has the word at the lanes; its time passes with the station's. */
  readonly cloud?: true | VankeSite;
  /** A mall's third party; its time passes with the station's, as far apart as the site says. */
  readonly mall?: true | MallSite;
  /** The city's cloud of DB4403; its time passes with the station's. */
  readonly shenzhen?: true | ShenzhenSite;
  /** Instead of a bank: a scan gun whose codes are paid at once, and a code to show that nobody pays. */
  readonly gun?: boolean;
}

interface BankSite {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What stands in the address before `cmbParking`, as somebody typed it into the platform. */
  readonly prefix?: string;
}

const stays = pageOf(stayViewSchema);
const messages = pageOf(messageViewSchema);
const events = z.array(eventViewSchema);
const links = z.array(z.object({ platform: z.string(), downlink: z.string() }));
const MINUTE = 60_000;
const bankShim = new URL('./bank-shim.ts', import.meta.url).href;
/** Pauses of a test's length; what they do is the same as with the real ones. */
const QUICK = {
  outbox: { firstMs: 200, maxMs: 1000, probeMs: 300 },
  spaces: { everyMs: 2000, quietMs: 300 },
};
/** Who is asked for money where a test does not say it. */
const BANK_CHANNELS = ['cmb', 'cmb-qr'];

const bankSettings = (bank: Bank, { settings }: BankSite): object => ({
  ...{ enabled: true, baseUrl: bank.baseUrl },
  ...{ appId: bank.appid, appSecret: bank.appsecret, parkCode: bank.parkCode },
  ...QUICK,
  ...settings,
});

/** A whole car park on loopback: the real station, a camera with its arm at each lane, the city's platform and the bank's. */
export class CarPark {
  readonly keys: QingdaoKeys;
  readonly entry: VzenithCamera;
  readonly exit: VzenithCamera;
  readonly #city: QingdaoPlatform | undefined;
  readonly #bank: Bank | undefined;
  readonly #cloud: Cloud | undefined;
  readonly #mall: ThirdParty | undefined;
  readonly #shenzhen: ParkingCloud | undefined;
  /** Cameras of lanes besides the two. */
  readonly #further = new Map<string, VzenithCamera>();
  readonly #line: FaultProxy | undefined;
  readonly #cityTime: { offsetMs: number } | undefined;
  readonly #bankTime: { offsetMs: number };
  readonly #data: string;
  #station: StationProcess;
  #clockOffsetMs: number;

  private constructor(made: {
    readonly keys: QingdaoKeys;
    readonly city: QingdaoPlatform | undefined;
    readonly cityTime: { offsetMs: number } | undefined;
    readonly bank: Bank | undefined;
    readonly bankTime: { offsetMs: number };
    readonly cloud: Cloud | undefined;
    readonly mall: ThirdParty | undefined;
    readonly shenzhen: ParkingCloud | undefined;
    readonly lanes: readonly string[];
    readonly line: FaultProxy | undefined;
    readonly station: StationProcess;
    readonly data: string;
    readonly camera: Partial<VzenithOptions>;
    readonly clockOffsetMs: number;
  }) {
    this.keys = made.keys;
    this.#city = made.city;
    this.#cityTime = made.cityTime;
    this.#bank = made.bank;
    this.#bankTime = made.bankTime;
    this.#cloud = made.cloud;
    this.#mall = made.mall;
    this.#shenzhen = made.shenzhen;
    this.#line = made.line;
    this.#station = made.station;
    this.#data = made.data;
    this.#clockOffsetMs = made.clockOffsetMs;
    const camera = (serialno: string, ipaddr: string): VzenithCamera =>
      new VzenithCamera({ serialno, ipaddr, url: made.station.cameraUrl, cometErrorPauseMs: 100, ...made.camera });
    this.entry = camera(ENTRY_SERIAL, '192.168.1.101');
    this.exit = camera(EXIT_SERIAL, '192.168.1.102');
    for (const [index, id] of made.lanes.entries())
      if (id !== 'in1' && id !== 'out1') this.#further.set(id, camera(serialOf(id), `192.168.1.${101 + index}`));
    for (const each of this.cameras) each.startComet();
  }

  static async open(options: CarParkOptions = {}): Promise<CarPark> {
    const keys = createKeys();
    const data = tempDirectory();
    const port = await stablePort();
    const clockOffsetMs = options.clockOffsetMs ?? 0;
    const { city: wanted } = options;
    const mqtt = wanted?.brokerUrl === undefined ? {} : { mqtt: { url: wanted.brokerUrl } };
    const cityTime = wanted?.sharesTime === true ? { offsetMs: clockOffsetMs } : undefined;
    const now = cityTime ? { now: () => Date.now() + cityTime.offsetMs } : {};
    const city =
      wanted && (await startQingdaoPlatform({ keys, accessId: ACCESS_ID, parkingCode: PARKING_CODE, ...mqtt, ...now }));
    const line =
      city && wanted.overLine === true ? await startFaultProxy(Number(new URL(city.baseUrl).port)) : undefined;
    const over = line ? { baseUrl: `http://127.0.0.1:${line.port}${new URL(city?.baseUrl ?? '').pathname}` } : {};
    const bankTime = { offsetMs: clockOffsetMs };
    const site = options.bank === true ? {} : options.bank;
    const address = `http://127.0.0.1:${port}/${site?.prefix ?? ''}`;
    const bank = site && (await startBank({ address, now: () => Date.now() + bankTime.offsetMs }));
    const vanke = options.cloud === true ? {} : options.cloud;
    const cloud = vanke && (await startCloudFor(vanke, port, () => Date.now() + bankTime.offsetMs));
    const inMall = options.mall === true ? {} : options.mall;
    const mall = inMall && (await startMall(port, () => Date.now() + bankTime.offsetMs + (inMall.apartMs ?? 0)));
    const inShenzhen = options.shenzhen === true ? {} : options.shenzhen;
    const shenzhen = inShenzhen && (await startShenzhen(inShenzhen, () => Date.now() + bankTime.offsetMs));
    const document = provision({
      ...(bank ? { channels: BANK_CHANNELS } : {}),
      ...options.provision,
      port,
      ...(city ? { qingdao: { city, keys, ...wanted, settings: { ...over, ...wanted.settings } } } : {}),
    });
    const withGun = {
      ...document,
      channels: ['code', 'gun'],
      platforms: { ...document.platforms, cmb: { enabled: true } },
    };
    const withBank = bank
      ? { ...document, platforms: { ...document.platforms, cmb: bankSettings(bank, site) } }
      : document;
    const inCity = shenzhen ? underShenzhen(document, shenzhen, inShenzhen, port) : withBank;
    const withMall = mall ? underMall(document, mall, inMall, port) : inCity;
    const withCloud = cloud ? underVanke(document, cloud, vanke, port) : withMall;
    try {
      const station = await StationProcess.start({
        ...{ provision: options.gun ? withGun : withCloud, data, port, clockOffsetMs },
        ...(options.gun ? { env: { NODE_OPTIONS: `--import ${bankShim}` } } : {}),
      });
      const times = { cityTime, bankTime, clockOffsetMs };
      const lanes = vanke ? lanesOf(vanke).map(([id]) => id) : lanesInMall(inMall ?? inShenzhen ?? {});
      const platforms = { city, bank, cloud, mall, shenzhen };
      return new CarPark({
        ...{ keys, ...platforms, lanes, line, station, data, camera: options.camera ?? {} },
        ...times,
      });
    } catch (error) {
      await bank?.close();
      await cloud?.close();
      await mall?.close();
      await shenzhen?.close();
      await line?.stop();
      await city?.close();
      throw error;
    }
  }

  get station(): StationProcess {
    return this.#station;
  }

  get city(): QingdaoPlatform {
    if (!this.#city) throw new Error('this car park has no platform');
    return this.#city;
  }

  get hasCity(): boolean {
    return this.#city !== undefined;
  }

  get bank(): Bank {
    if (!this.#bank) throw new Error('this car park has no bank');
    return this.#bank;
  }

  get cloud(): Cloud {
    if (!this.#cloud) throw new Error('this car park has no cloud');
    return this.#cloud;
  }

  get mall(): ThirdParty {
    if (!this.#mall) throw new Error('this car park is in no mall');
    return this.#mall;
  }

  get shenzhen(): ParkingCloud {
    if (!this.#shenzhen) throw new Error('this car park is not in Shenzhen');
    return this.#shenzhen;
  }

  get cameras(): readonly VzenithCamera[] {
    return [this.entry, this.exit, ...this.#further.values()];
  }

  /** The camera of a lane, which also has its arm. */
  camera(laneId: string): VzenithCamera {
    const usual = { in1: this.entry, out1: this.exit }[laneId];
    const camera = usual ?? this.#further.get(laneId);
    if (!camera) throw new Error(`there is no lane ${laneId}`);
    return camera;
  }

  /** A lane where the cloud has the word. */
  gate(laneId: string): Gate {
    return new Gate(laneId, this.camera(laneId), this.cloud);
  }

  /** The line between station and city. */
  get line(): FaultProxy {
    if (!this.#line) throw new Error('the city is reached directly');
    return this.#line;
  }

  /** Starts the station again on the same directory and port, with what it has stored. */
  async restart(): Promise<void> {
    const { port } = this.#station;
    this.#station = await StationProcess.start({ data: this.#data, port, clockOffsetMs: this.#clockOffsetMs });
  }

  /** Time passes for the station, the city and the bank alike. */
  async pass(minutes: number): Promise<void> {
    this.#clockOffsetMs += minutes * MINUTE;
    // What is on its way just now was written at another time.
    const window = this.#shenzhen?.pace.windowMs;
    if (this.#shenzhen) this.#shenzhen.pace.windowMs = 0;
    this.#bankTime.offsetMs = this.#clockOffsetMs;
    if (this.#cityTime) this.#cityTime.offsetMs = this.#clockOffsetMs;
    else if (this.#city) this.#city.serverClock.skewMs = this.#clockOffsetMs;
    const over = this.#station.ended.then(() => {
      throw new Error('the station has ended');
    });
    over.catch(() => undefined);
    await Promise.race([this.#station.setClock(this.#clockOffsetMs), over]);
    if (this.#shenzhen && window !== undefined) this.#shenzhen.pace.windowMs = window;
  }

  /** Epoch ms by the station's clock. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** Resolves when the station hears its platform's broker. */
  async hearing(): Promise<void> {
    const online = async () =>
      (await this.#station.get(links, '/outbox/summary')).some(
        ({ platform, downlink }) => platform === 'qingdao' && downlink === 'online',
      );
    await until('the line to the broker', online, 20_000);
  }

  lane(id: string): Promise<LaneView> {
    return this.#station.get(laneViewSchema, `/lanes/${id}`);
  }

  /** Resolves with the lane once it looks as wanted. */
  laneWhen(id: string, what: string, wanted: (lane: LaneView) => boolean): Promise<LaneView> {
    return until(`lane ${id}: ${what}`, async () => {
      const lane = await this.lane(id);
      return wanted(lane) ? lane : undefined;
    });
  }

  order(laneId: string, action: string, body: object): Promise<LaneView> {
    return this.#station.send(laneViewSchema, `/lanes/${laneId}/${action}`, body);
  }

  async stays(plate: string): Promise<StayView[]> {
    return (await this.#station.get(stays, `/sessions?plate=${encodeURIComponent(plate)}&pageSize=200`)).items;
  }

  /** The only stay of a plate. */
  async stayOf(plate: string): Promise<StayView> {
    const [stay, ...others] = await this.stays(plate);
    if (!stay || others.length > 0) throw new Error(`${plate} has ${others.length + (stay ? 1 : 0)} stays, not one`);
    return stay;
  }

  stay(uid: string): Promise<StayDetail> {
    return this.#station.get(stayDetailSchema, `/sessions/${uid}`);
  }

  /** The bytes of a photo. */
  async photo(id: string): Promise<Buffer> {
    const schema = z.object({ base64: z.base64() });
    return Buffer.from((await this.#station.get(schema, `/photos/${id}`)).base64, 'base64');
  }

  /** 补录: a car that has been inside for so long. */
  register(plate: string, minutesAgo: number): Promise<StayView> {
    const enteredAt = new Date(this.now() - minutesAgo * MINUTE - 1000).toISOString();
    const proof = '停车票';
    return this.#station.send(stayViewSchema, '/sessions', {
      plate,
      plateColor: 'blue',
      laneId: 'in1',
      enteredAt,
      proof,
    });
  }

  /** The car at the exit pays what `dueFen` says; `passageId` names it. */
  collect(dueFen: number, passageId?: string): Promise<LaneView> {
    const named = passageId === undefined ? {} : { passageId };
    return this.order('out1', 'collect', { method: 'cash', amountFen: dueFen, ...named });
  }

  async outbox(query = ''): Promise<z.output<typeof messages>> {
    return this.#station.get(messages, `/outbox?pageSize=200${query}`);
  }

  /** Resolves when nothing waits to be sent any more. */
  async outboxEmpty(timeoutMs = 10_000): Promise<void> {
    const empty = async (): Promise<true | undefined> =>
      (await this.#station.get(messages, '/outbox?pageSize=1&status=waiting')).total === 0 ? true : undefined;
    await until('nothing waits in the outbox', empty, timeoutMs);
  }

  events(kind: string): Promise<z.output<typeof events>> {
    return this.#station.get(events, `/events?kind=${kind}&limit=500`);
  }

  async close(): Promise<void> {
    await Promise.all(this.cameras.map((camera) => camera.stop()));
    // First, or they would go on pushing at a port where nobody is any more.
    await this.#bank?.close();
    await this.#cloud?.close();
    await this.#mall?.close();
    await this.#shenzhen?.close();
    await this.#station.dispose();
    await this.#line?.stop();
    await this.#city?.close();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
