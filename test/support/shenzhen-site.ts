import { type CloudOptions, type ParkingCloud, startCloud } from '../peers/shenzhen/index.ts';
import { withLanes } from './mall-site.ts';
import type { provision } from './provision.ts';
import { stablePort } from './station-process.ts';

/** The city's cloud (DB4403) beside the car park. */
export interface ShenzhenSite {
  /** Laid over the settings of `platforms.shenzhen`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Laid over the settings of the line. */
  readonly downlink?: Readonly<Record<string, unknown>>;
  /** What this city agreed otherwise. */
  readonly cloud?: CloudOptions;
  /** Lanes besides `in1` and `out1`. What begins with `in` is an entrance. */
  readonly lanes?: readonly string[];
}

/** Where the car park is. */
const PLACE = { longitude: 114.057868, latitude: 22.543099 } as const;

/** Pauses of a test's length; what they do is the same as with the real ones. */
const RETRY_MS = 1_000;
const FREE_NUM_MS = 300;

/** A cloud that knows of the short pauses. Its ports are stable, so that it may go away and come back. */
export async function startShenzhen({ cloud: options = {} }: ShenzhenSite, now: () => number): Promise<ParkingCloud> {
  const cloud = await startCloud({
    ...{ now, monotonic: () => performance.now(), port: await stablePort() },
    ...options,
    tcp: { port: await stablePort(), ...options.tcp },
  });
  // When a test lets hours pass the station says again what the cloud heard a moment ago.
  Object.assign(cloud.pace, { everyMs: 0, retryMs: [RETRY_MS], freeNumMs: FREE_NUM_MS, reconnectMs: [RETRY_MS] });
  return cloud;
}

/** Settings of `platforms.shenzhen` for a station on that port. */
export const shenzhenSettings = (cloud: ParkingCloud, site: ShenzhenSite, port: number): object => ({
  ...{ enabled: true, baseUrl: cloud.baseUrl.replace(/\/api$/, ''), ...cloud.keys },
  downlink: {
    ...{ host: '127.0.0.1', port: cloud.tcpPort, reconnectSeconds: [RETRY_MS / 1_000], replyMs: 4_000 },
    ...site.downlink,
  },
  site: PLACE,
  photo: { publicUrl: `http://127.0.0.1:${port}` },
  timeouts: { connectMs: 500, headersMs: 1_000, bodyMs: 1_000, totalMs: 1_000 },
  outbox: { retrySeconds: [RETRY_MS / 1_000] },
  reports: { freeNumQuietMs: FREE_NUM_MS },
  ...site.settings,
});

type Document = ReturnType<typeof provision>;

/** The document of a car park that the city hears and calls. */
export function underShenzhen(given: Document, cloud: ParkingCloud, site: ShenzhenSite, port: number): object {
  const document = withLanes(given, site.lanes ?? []);
  return {
    ...document,
    platforms: { ...document.platforms, shenzhen: shenzhenSettings(cloud, site, port) },
  };
}
