import { startThirdParty, type ThirdParty } from '../peers/keytop/index.ts';
import type { provision } from './provision.ts';
import { serialOf } from './vanke-site.ts';

/** A mall's third party (科拓) beside the car park. */
export interface MallSite {
  /** Laid over the settings of `platforms.keytop`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ways to be paid, in the order of the exits. */
  readonly channels?: readonly string[];
  /** A virtual display at each lane. */
  readonly displays?: boolean;
  /** Lanes besides `in1` and `out1`. What begins with `in` is an entrance. */
  readonly lanes?: readonly string[];
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

/** The lanes of a site by their ids, the two usual ones first. */
export const lanesInMall = ({ lanes = [] }: MallSite): readonly string[] => ['in1', 'out1', ...lanes];

type Document = ReturnType<typeof provision>;

/** The document with the further lanes, each with a camera that pulls its arm. */
export function withLanes(document: Document, ids: readonly string[]): Document {
  const [camera] = document.devices;
  const first = document.lanes.length + 1;
  const further = ids.map((id, index) => ({
    ...{ id, name: `西门${id.startsWith('in') ? '入口' : '出口'}${index + 1}`, number: first + index },
    ...{ direction: id.startsWith('in') ? 'in' : 'out', area: 'a1', booth: '1' },
    ...{ camera: `cam-${id}`, barrier: `bar-${id}` },
  }));
  const devices = ids.flatMap((id) => [
    {
      ...{ id: `cam-${id}`, kind: 'camera', driver: 'vzenith-http' },
      settings: { ...camera?.settings, serialNo: serialOf(id) },
    },
    { id: `bar-${id}`, kind: 'barrier', driver: 'camera', settings: { camera: `cam-${id}` } },
  ]);
  return { ...document, lanes: [...document.lanes, ...further], devices: [...document.devices, ...devices] };
}

/** The document of a car park that works with a third party, on the shared listener. */
export function underMall(given: Document, mall: ThirdParty, site: MallSite, port: number): object {
  const document = withLanes(given, site.lanes ?? []);
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
