import { z } from 'zod';
import type { Plate } from '../../../../shared/domain/plate.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Camera, CommandOutcome, DeviceDeps, DriverDefinition } from '../device.ts';
import { CAR_COLORS, drawScene } from './scene.ts';

const settingsSchema = z.strictObject({
  serialNo: z.string().min(1).max(60).optional().describe('Shown with its reads; absent: the id of the device'),
});

const SNAPSHOT_MS = 200;

/** A camera that sees the cars it is told to see: for the demo car park and for trying a configuration out. */
export class VirtualCamera implements Camera {
  readonly id: string;
  readonly kind = 'camera';
  readonly driver = 'virtual';
  readonly #serialNo: string;
  readonly #deps: DeviceDeps;
  readonly #watchers: (() => void)[] = [];
  #running = false;
  #plateId = 0;
  #photo: Uint8Array | null = null;
  #lastSeenAt: EpochMs | null = null;

  constructor(id: string, settings: z.output<typeof settingsSchema>, deps: DeviceDeps) {
    this.id = id;
    this.#serialNo = settings.serialNo ?? id;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#running = true;
    // A counter that began at 1 with every start would repeat the identity of earlier reads.
    this.#plateId = this.#deps.clock.now();
    this.#lastSeenAt = this.#deps.clock.now();
    this.#deps.events.state(this.id, 'online', 'virtual');
  }

  async stop(): Promise<void> {
    this.#running = false;
  }

  lastSeenAt(): EpochMs | null {
    return this.#lastSeenAt;
  }

  /** A car stands before the camera and is read as `plate`. */
  shows(plate: Plate): void {
    const { clock, entropy, events } = this.#deps;
    const now = clock.now();
    this.#lastSeenAt = now;
    // One car, one colour, wherever it is seen.
    const sum = [...plate.text].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
    const paint = CAR_COLORS[sum % CAR_COLORS.length] ?? [128, 128, 128];
    this.#photo = drawScene({ plate, paint });
    for (const watcher of this.#watchers) watcher();
    events.plate({
      deviceId: this.id,
      serialNo: this.#serialNo,
      plateId: String(++this.#plateId),
      plate,
      confidence: plate.kind === 'unread' ? null : 90 + Math.floor(entropy.random() * 10),
      trigger: 'automatic',
      capturedAt: now,
      receivedAt: now,
      stored: false,
      photo: this.#photo,
    });
  }

  /** Calls `watcher` whenever a car comes to stand before the camera, before its plate is reported. */
  onCar(watcher: () => void): void {
    this.#watchers.push(watcher);
  }

  async gate(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: 'a virtual camera has no relays' };
  }

  async sendSerial(): Promise<CommandOutcome> {
    return { outcome: 'refused', detail: 'nothing hangs on a virtual camera' };
  }

  async snapshot(): Promise<CommandOutcome> {
    // A real camera sends its picture later, in a request of its own.
    this.#deps.clock.after(SNAPSHOT_MS, () => {
      if (this.#running) this.#deps.events.snapshot(this.id, this.#photo ?? drawScene(null));
    });
    return { outcome: 'done', detail: 'virtual' };
  }
}

export const virtualCamera: DriverDefinition<typeof settingsSchema> = {
  driver: 'virtual',
  kind: 'camera',
  settings: settingsSchema,
  create: (id, settings, deps) => new VirtualCamera(id, settings, deps),
};
