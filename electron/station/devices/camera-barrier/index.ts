import { z } from 'zod';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { setting } from '../../../../shared/domain/setting.ts';
import { idSchema } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { ConfigError } from '../../runtime/errors.ts';
import type {
  ArmPosition,
  Barrier,
  Camera,
  CommandOutcome,
  DeviceDeps,
  DeviceFacts,
  DriverDefinition,
  GateAction,
} from '../device.ts';
import { isCamera } from '../narrow.ts';

const settingsSchema = z.strictObject({
  camera: idSchema
    .describe('The camera whose relays move the arm')
    .meta(setting('相机', '用哪台相机的继电器控制闸杆', 'Camera')),
});

const NO_CAMERA: SelfTestStep = {
  ...{ step: 'reachable', result: 'failed', detail: '所属相机没有配置', tookMs: null },
  said: { code: 'camera-missing', figures: {} },
};
const UNTOLD: SelfTestStep = {
  ...{ step: 'reachable', result: 'skipped', detail: '所属相机不提供自检', tookMs: null },
  said: { code: 'camera-untested', figures: {} },
};

/** A barrier that hangs on the relays of a camera: dry contacts, so that where the arm really is only the camera could tell. */
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

  facts(): DeviceFacts {
    return { via: this.#cameraId };
  }

  /** The arm has no wire of its own: what can be tested of it is its camera. */
  async selfTest(): Promise<readonly SelfTestStep[]> {
    const steps = (await this.#camera()?.selfTest?.()) ?? [];
    const told = steps.filter(({ step }) => step === 'reachable' || step === 'commands');
    return [
      ...(told.length > 0 ? told : [this.#camera() ? UNTOLD : NO_CAMERA]),
      {
        step: 'relay',
        result: 'skipped',
        detail: `闸杆接在相机 ${this.#cameraId} 的继电器上，没有到位信号，请用开闸测试确认`,
        said: { code: 'relay-of-camera', figures: { camera: this.#cameraId } },
        tookMs: null,
      },
    ];
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    const camera = this.#camera();
    if (!camera) return { outcome: 'refused', detail: `no camera "${this.#cameraId}"` };
    const { clock, link } = this.#deps;
    const since = clock.monotonic();
    const ended = await camera.gate(action);
    if (ended.outcome === 'done') link.took(clock.monotonic() - since);
    return ended;
  }

  arm(): ArmPosition {
    return this.#camera()?.arm?.() ?? 'unknown';
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
