import { startThirdParty, type ThirdParty } from '../peers/keytop/index.ts';
import type { provision } from './provision.ts';

/** A mall's third party (科拓) beside the car park. */
export interface MallSite {
  /** Laid over the settings of `platforms.keytop`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ways to be paid, in the order of the exits. */
  readonly channels?: readonly string[];
  /** A virtual display at each lane. */
  readonly displays?: boolean;
  /** How far the third party's clock is from the station's, ms; may be set later. */
  readonly apartMs?: number;
}

/** Pauses of a test's length; what they do is the same as with the real ones. */
const QUICK = { outbox: { firstMs: 200, maxMs: 1000, probeMs: 300 }, spaces: { quietMs: 300 } };
const CHANNELS = ['keytop', 'keytop-qr', 'keytop-scan'];

export const startMall = (port: number, now: () => number): Promise<ThirdParty> =>
  startThirdParty({
    address: `http://127.0.0.1:${port}`,
    ...{ prefix: '/park/v1', now, monotonic: () => performance.now() },
  });

type Document = ReturnType<typeof provision>;

/** The document of a car park that works with a third party, on the shared listener. */
export function underMall(document: Document, mall: ThirdParty, site: MallSite, port: number): object {
  return {
    ...document,
    channels: site.channels ?? CHANNELS,
    lanes: document.lanes.map((lane) => ({ ...lane, ...(site.displays ? { display: `led-${lane.id}` } : {}) })),
    devices: [
      ...document.devices,
      ...(site.displays
        ? document.lanes.map(({ id }) => ({ id: `led-${id}`, kind: 'display', driver: 'virtual', settings: {} }))
        : []),
    ],
    platforms: {
      ...document.platforms,
      keytop: {
        ...{ enabled: true, baseUrl: mall.baseUrl, parkCode: mall.parkCode },
        ...{ user: mall.up.user, password: mall.up.pwd, key: mall.up.key },
        downlink: { user: mall.down.user, password: mall.down.pwd, key: mall.down.key },
        photo: { publicUrl: `http://127.0.0.1:${port}` },
        pages: { entry: mall.entryPageUrl, change: mall.changePageUrl },
        ...QUICK,
        ...site.settings,
      },
    },
  };
}
