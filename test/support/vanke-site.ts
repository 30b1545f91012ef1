import type { LaneAuthority } from '../../shared/domain/site.ts';
import { type Cloud, startCloud, type TestCertificate, type Trust } from '../peers/vanke/index.ts';
import type { provision } from './provision.ts';

/** What stands in the address before the name of an interface. */
const PREFIX = 'any/prefix';

export interface VankeSite {
  /** Laid over the settings of `platforms.vanke`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Lanes besides `in1` and `out1`, and how the cloud has the word there; null: it has none. What begins with `in` is an entrance. */
  readonly lanes?: Readonly<Record<string, Partial<LaneAuthority> | null>>;
  /** A virtual display at each lane. */
  readonly displays?: boolean;
  /** With it the cloud speaks HTTPS. */
  readonly tls?: TestCertificate;
  /** Whom the cloud believes. */
  readonly trust?: Trust;
  /** Where the station listens for the cloud, if not on its own port: `https://127.0.0.1:…`. */
  readonly address?: string;
}

export const serialOf = (laneId: string): string =>
  `SN-${laneId.replace(/^(in|out)/, (way) => `${way.toUpperCase()}-`)}`;

/** Number of the plate reader of a lane at the cloud, which is none of our own ids. */
export const readerOf = (laneId: string): string => `LPR-${laneId}`;
export const displayOf = (laneId: string): string => `DWWE-${laneId}`;

/** The lanes of a site by their ids, the two usual ones first. */
export const lanesOf = (
  site: VankeSite,
): readonly (readonly [id: string, authority: Partial<LaneAuthority> | null])[] =>
  Object.entries({ in1: {}, out1: {}, ...site.lanes });

export const startCloudFor = (site: VankeSite, port: number, now: () => number): Promise<Cloud> =>
  startCloud({
    address: site.address ?? `http://127.0.0.1:${port}/${PREFIX}`,
    ...{ prefix: '/park/v1', now, monotonic: () => performance.now() },
    ...(site.tls ? { tls: site.tls } : {}),
    ...(site.trust ? { trust: site.trust } : {}),
  });

type Document = ReturnType<typeof provision>;

/** The document of a car park where the cloud has the word at each lane, with both loops on the inputs of its camera. */
export function underVanke(document: Document, cloud: Cloud, site: VankeSite, port: number): object {
  const ids = lanesOf(site).map(([id]) => id);
  const [usual] = document.devices;
  const camera = (id: string) => ({
    ...{ id: `cam-${id}`, kind: 'camera', driver: 'vzenith-http' },
    settings: {
      ...{ ...usual?.settings, serialNo: serialOf(id) },
      inputs: [
        { source: 0, role: 'trigger-loop' },
        { source: 1, role: 'safety-loop' },
      ],
    },
  });
  const numbers = Object.fromEntries(
    ids.flatMap((id) => [
      [`cam-${id}`, readerOf(id)],
      [`led-${id}`, displayOf(id)],
    ]),
  );
  return {
    ...document,
    lanes: lanesOf(site).map(([id, authority], index) => ({
      ...{ id, name: `东二门${String(index + 1).padStart(2, '0')}道`, number: index + 1 },
      ...{ direction: id.startsWith('in') ? 'in' : 'out', area: 'a1', booth: '1' },
      ...{ camera: `cam-${id}`, barrier: `bar-${id}` },
      ...(site.displays ? { display: `led-${id}` } : {}),
      ...(authority ? { authority: { platform: 'vanke', ...authority } } : {}),
    })),
    devices: ids.flatMap((id) => [
      camera(id),
      { id: `bar-${id}`, kind: 'barrier', driver: 'camera', settings: { camera: `cam-${id}` } },
      ...(site.displays ? [{ id: `led-${id}`, kind: 'display', driver: 'virtual', settings: {} }] : []),
    ]),
    platforms: {
      ...document.platforms,
      vanke: {
        ...{ enabled: true, baseUrl: cloud.baseUrl, ...cloud.keys, devices: numbers },
        photo: { publicUrl: site.address === undefined ? `http://127.0.0.1:${port}` : site.address },
        ...site.settings,
      },
    },
  };
}
