import { z } from 'zod';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { setting } from '../../../../shared/domain/setting.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Camera, CommandOutcome, DeviceDeps, DeviceFacts, DriverDefinition } from '../device.ts';
import { drawScene, paintOf } from './scene.ts';

const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Shown with its reads; absent: the id of the device')
    .meta(setting('序列号', '随识别结果显示；不填用设备编号', 'Serial number')),
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
  #online = true;
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

  facts(): DeviceFacts {
    return { serialNo: this.#serialNo };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const detail = this.#online ? '虚拟相机，运行中' : '虚拟相机，已断开';
    const said = { code: this.#online ? 'virtual' : 'virtual-gone', figures: {} } as const;
    return [{ step: 'connection', result: this.#online ? 'ok' : 'failed', detail, said, tookMs: null }];
  }

  /** Takes the camera away, or brings it back: it sees nothing meanwhile. */
  connect(online: boolean): void {
    if (online === this.#online || !this.#running) return;
    this.#online = online;
    this.#deps.events.state(this.id, online ? 'online' : 'offline', online ? 'virtual' : '虚拟相机已断开');
  }

  /** A car stands before the camera and is read as `plate`; the picture shows plate it `really` has where the two differ. */
  shows(plate: Plate, really: Plate = plate): void {
    if (!this.#online) {
      // The loop feels the car all the same.
      for (const watcher of this.#watchers) watcher();
      return;
    }
    const { clock, entropy, events, link } = this.#deps;
    const now = clock.now();
    this.#lastSeenAt = now;
    this.#photo = drawScene({ plate: really, paint: paintOf(really) });
    for (const watcher of this.#watchers) watcher();
    link.exchanged('in', '虚拟识别', JSON.stringify({ plate: plate.text, color: plate.color }));
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
    if (!this.#online) return { outcome: 'refused', detail: '虚拟相机已断开' };
    this.#deps.link.exchanged('out', '虚拟取图', '');
    // A real camera sends its picture later, in a request of its own.
    this.#deps.clock.after(SNAPSHOT_MS, () => {
      if (this.#running && this.#online) this.#deps.events.snapshot(this.id, this.#photo ?? drawScene(null));
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
