import type { DisplayColor, DisplayLine } from '../../shared/domain/display.ts';
import type { Actor } from '../../shared/domain/events.ts';
import type { Announcer } from './announcing/announcer.ts';
import type { DisplayTry } from './api/device-port.ts';
import type { DevicePark } from './device-park.ts';
import { lanesServed, rawTalker } from './device-view.ts';
import type { CommandOutcome, Device } from './devices/device.ts';
import { isDisplay, isSign } from './devices/narrow.ts';
import type { LaneRuntime } from './lanes/runtime.ts';
import { ConflictError } from './runtime/errors.ts';
import type { Store } from './store/store.ts';

interface TryOutDeps {
  readonly park: Pick<DevicePark, 'sharesWithArm'>;
  readonly lanes: Pick<LaneRuntime, 'lanes'>;
  readonly store: Pick<Store, 'write'>;
  readonly announcer: Pick<Announcer, 'show'>;
}

/** What people try out at displays, signs and printers. Whoever did it stands in the journal before anything leaves. */
export class DeviceTryOuts {
  readonly #deps: TryOutDeps;

  constructor(deps: TryOutDeps) {
    this.#deps = deps;
  }

  async show(device: Device, { lines, speech, volume }: DisplayTry, actor: Actor): Promise<CommandOutcome> {
    if (!isDisplay(device)) throw new ConflictError('no-display', '该设备不是显示屏');
    if (speech !== '' && !device.speaks) throw new ConflictError('no-voice', '该显示屏没有语音');
    this.#tested(
      device,
      lines.map(({ text }) => text),
      actor,
      speech,
    );
    const shown = lines.map(({ text, color }): DisplayLine => ({ text, alignment: 'left', color }));
    return await this.#deps.announcer.show(device, shown, 'test', speech, volume);
  }

  async sign(device: Device, free: number, color: DisplayColor, actor: Actor): Promise<CommandOutcome> {
    if (!isSign(device)) throw new ConflictError('no-sign', '该设备不是余位屏');
    this.#tested(device, [`${free}`], actor);
    return device.show(free, color);
  }

  /** @throws ConflictError where bytes could move an arm: no opening without an explanation. */
  async raw(device: Device, hex: string, reason: string, actor: Actor): Promise<CommandOutcome> {
    const { park, store } = this.#deps;
    const send = rawTalker(device, park);
    if (!send && park.sharesWithArm(device))
      throw new ConflictError('arm-on-line', '这条线上还接着道闸，不能发送原始字节；请用开闸测试');
    if (!send) throw new ConflictError('no-raw', '该设备不接受原始字节');
    store.write((tx) =>
      tx.record({ ...this.#about(device, actor), kind: 'device-raw-sent', body: { deviceId: device.id, hex, reason } }),
    );
    return send(Buffer.from(hex, 'hex'));
  }

  #tested(device: Device, lines: readonly string[], actor: Actor, speech = ''): void {
    this.#deps.store.write((tx) =>
      tx.record({
        ...this.#about(device, actor),
        kind: 'display-tested',
        body: { deviceId: device.id, lines: [...lines], ...(speech === '' ? {} : { speech }) },
      }),
    );
  }

  #about(device: Device, actor: Actor) {
    const [served] = lanesServed(device, this.#deps.lanes);
    return { key: null, laneId: served?.lane.id ?? null, passageId: null, actor };
  }
}
