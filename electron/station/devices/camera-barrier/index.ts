import { z } from 'zod';
import { idSchema } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { ConfigError } from '../../runtime/errors.ts';
import type { Barrier, Camera, CommandOutcome, DeviceDeps, DriverDefinition, GateAction } from '../device.ts';
import { isCamera } from '../narrow.ts';

const settingsSchema = z.strictObject({
  camera: idSchema.describe('The camera whose relays move the arm'),
});

/** A barrier that hangs on the relays of a camera: dry contacts only, so nothing tells where the arm really is. */
class CameraBarrier implements Barrier {
  readonly id: string;
  readonly kind = 'barrier';
  readonly driver = 'camera';
  readonly #cameraId: string;
  readonly #deps: DeviceDeps;

  constructor(id: string, cameraId: string, deps: DeviceDeps) {
    this.id = id;
    this.#cameraId = cameraId;
    this.#deps = deps;
  }

  /** @throws ConfigError when the camera does not exist. */
  async start(): Promise<void> {
    if (!this.#camera()) throw new ConfigError([`devices.${this.id}.settings.camera: no camera "${this.#cameraId}"`]);
  }

  async stop(): Promise<void> {}

  lastSeenAt(): EpochMs | null {
    return this.#camera()?.lastSeenAt() ?? null;
  }

  gate(action: GateAction): Promise<CommandOutcome> {
    const camera = this.#camera();
    return camera
      ? camera.gate(action)
      : Promise.resolve({ outcome: 'refused', detail: `no camera "${this.#cameraId}"` });
  }

  arm(): 'unknown' {
    return 'unknown';
  }

  #camera(): Camera | undefined {
    const device = this.#deps.find(this.#cameraId);
    return device && isCamera(device) ? device : undefined;
  }
}

export const cameraBarrier: DriverDefinition<typeof settingsSchema> = {
  driver: 'camera',
  kind: 'barrier',
  settings: settingsSchema,
  create: (id, settings, deps) => new CameraBarrier(id, settings.camera, deps),
};
