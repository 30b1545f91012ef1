import type { Plate } from '../../../shared/domain/plate.ts';
import type { DeviceKind } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Stranger } from './device.ts';

/** A device that called us and stands in nobody's configuration. */
export interface Found {
  readonly kind: DeviceKind;
  readonly driver: string;
  readonly serialNo: string;
  readonly address: string;
  readonly name: string | null;
  readonly firstSeenAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  readonly requests: number;
  readonly plate: Plate | null;
  readonly picture: { readonly takenAt: EpochMs; readonly jpeg: Uint8Array } | null;
}

/** How many strangers there are is up to whoever sends: the one that was silent longest makes room. */
const MOST = 40;
const MOST_PICTURES = 12;
const LARGEST_PICTURE = 1024 * 1024;
const PICTURE_EVERY_MS = 5_000;

/** Devices that could be taken into the configuration. In memory: one that is still there calls again. */
export class FoundDevices {
  readonly #clock: Clock;
  readonly #found = new Map<string, Found>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  saw(driver: string, kind: DeviceKind, stranger: Stranger): void {
    const key = `${driver}\n${stranger.serialNo}`;
    const now = this.#clock.now();
    const known = this.#found.get(key);
    const fresh = known?.picture && now - known.picture.takenAt < PICTURE_EVERY_MS;
    const jpeg = fresh ? null : stranger.picture();
    const picture = jpeg && jpeg.byteLength <= LARGEST_PICTURE ? { takenAt: now, jpeg } : (known?.picture ?? null);
    this.#found.delete(key);
    this.#found.set(key, {
      ...{ kind, driver, serialNo: stranger.serialNo, address: stranger.address },
      name: stranger.name ?? known?.name ?? null,
      firstSeenAt: known?.firstSeenAt ?? now,
      lastSeenAt: now,
      requests: (known?.requests ?? 0) + 1,
      plate: stranger.plate ?? known?.plate ?? null,
      picture,
    });
    this.#makeRoom();
  }

  /** In the order in which they first called. */
  list(): readonly Found[] {
    return [...this.#found.values()].sort((a, b) => a.firstSeenAt - b.firstSeenAt);
  }

  get(driver: string, serialNo: string): Found | undefined {
    return this.#found.get(`${driver}\n${serialNo}`);
  }

  #makeRoom(): void {
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST && oldest !== undefined) this.#found.delete(oldest);
    const pictured = [...this.#found].filter(([, { picture }]) => picture);
    for (const [key, found] of pictured.slice(0, -MOST_PICTURES)) this.#found.set(key, { ...found, picture: null });
  }
}
