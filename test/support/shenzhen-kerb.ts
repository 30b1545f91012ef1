import { rmSync } from 'node:fs';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { type BerthView, berthViewSchema } from '../../shared/contract/berths.ts';
import { type StayView, stayViewSchema } from '../../shared/contract/stays.ts';
import { Street } from '../peers/berths/index.ts';
import type { ParkingCloud } from '../peers/shenzhen/index.ts';
import { type ShenzhenSite, shenzhenSettings, startShenzhen } from './shenzhen-site.ts';
import { ADMIN, StationProcess, stablePort, tempDirectory } from './station-process.ts';
import { until } from './until.ts';

const rows = z.object({ rows: z.array(berthViewSchema) });
const stays = pageOf(stayViewSchema);
const waiting = z.looseObject({ total: z.int() });

export const BERTHS = Array.from({ length: 12 }, (_, index) => `NS0001000100${String(index + 1).padStart(2, '0')}`);
/** CAM-2 is counted as silent sooner than the others. */
const SILENT_SECONDS = 10;

const DEVICES = [
  { serialNo: 'GEO-1', codes: BERTHS },
  { serialNo: 'CAM-1', codes: BERTHS.slice(0, 6), sees: true },
  { serialNo: 'CAM-2', codes: BERTHS.slice(6, 8), sees: true },
];

const watching = (code: string, sees: boolean): string | undefined =>
  DEVICES.find((each) => (each.sees ?? false) === sees && each.codes.includes(code))?.serialNo;

const document = (cloud: ParkingCloud, site: ShenzhenSite, port: number): object => ({
  site: {
    ...{ code: '440300000001', name: '深南大道路内停车', kind: 'kerbside', totalSpaces: 12, openSpaces: 12 },
    rules: { kerbside: { settleSeconds: 1, leaveSeconds: 1, backdateMinutes: 300 } },
  },
  areas: [{ id: 'r1', code: 1, name: '深南大道', spaces: 12 }],
  lanes: [],
  devices: DEVICES.map(({ serialNo, sees }) => ({
    ...{ id: serialNo, kind: sees ? 'berth-camera' : 'berth-sensor', driver: 'berth-http' },
    settings: { serialNo, ...(serialNo === 'CAM-2' ? { silentSeconds: SILENT_SECONDS } : {}) },
  })),
  berths: BERTHS.map((code) => {
    const [sensor, camera] = [watching(code, false), watching(code, true)];
    return { code, area: 'r1', road: '深南大道', ...(sensor && { sensor }), ...(camera && { camera }) };
  }),
  tariffs: [
    {
      ...{ id: 't1', name: '路内' },
      rules: [
        {
          vehicleClasses: ['small', 'medium', 'large'],
          freeMinutes: 15,
          followingPeriod: { minutes: 60, feeFen: 400 },
        },
      ],
    },
  ],
  users: [{ ...ADMIN, role: 'admin' }],
  platforms: { shenzhen: shenzhenSettings(cloud, site, port) },
});

/** A street of twelve berths on loopback: the real station, sensors and cameras in and over the road, and the city's cloud. */
export class KerbSite {
  readonly cloud: ParkingCloud;
  readonly street: Street;
  readonly #data: string;
  readonly #port: number;
  #station: StationProcess;

  private constructor(cloud: ParkingCloud, station: StationProcess, data: string, port: number) {
    this.cloud = cloud;
    this.#station = station;
    this.#data = data;
    this.#port = port;
    this.street = new Street(() => this.#station.url, DEVICES);
  }

  static async open(site: ShenzhenSite): Promise<KerbSite> {
    const [data, port] = [tempDirectory(), await stablePort()];
    const cloud = await startShenzhen(site, () => Date.now());
    for (const { serialNo, sees, codes } of DEVICES) if (sees) cloud.state.berthsOf.set(serialNo, codes);
    try {
      const station = await StationProcess.start({ data, port, provision: document(cloud, site, port) });
      return new KerbSite(cloud, station, data, port);
    } catch (error) {
      await cloud.close();
      throw error;
    }
  }

  get station(): StationProcess {
    return this.#station;
  }

  async kill9(): Promise<void> {
    await this.#station.kill9();
    this.cloud.carParkDied(2_000);
  }

  async restart(): Promise<void> {
    this.#station = await StationProcess.start({ data: this.#data, port: this.#port });
  }

  async berth(code: string): Promise<BerthView> {
    const found = (await this.#station.get(rows, '/berths')).rows.find((each) => each.code === code);
    if (!found) throw new Error(`no berth ${code}`);
    return found;
  }

  async stays(): Promise<StayView[]> {
    return (await this.#station.get(stays, '/sessions?pageSize=200')).items;
  }

  async outboxEmpty(): Promise<void> {
    const empty = async () => (await this.#station.get(waiting, '/outbox?status=waiting')).total === 0;
    await until('nothing waits in the outbox', empty, 10_000);
  }

  async close(): Promise<void> {
    await this.cloud.close();
    await this.#station.dispose();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
