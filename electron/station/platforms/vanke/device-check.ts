import type { Lane } from '../../../../shared/domain/site.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { type FaultyKind, reportDevice } from './abnormal.ts';
import type { VankeContext } from './context.ts';
import { recallList, rememberList } from './kept-list.ts';

const KEY = 'device-faults';

/**
 * Looks at the connection of each camera, barrier and display of a lane (硬件设备连接检查), and reports one that cannot be reached: once,
 * and again only after it was there in between. Which are known to be away is remembered, so that a restart reports none anew.
 */
export class DeviceCheck {
  readonly #context: VankeContext;
  /** Since when each is known to be away. */
  #faults: ReadonlyMap<string, number> = new Map();
  /** What is known to be away may not have been reported yet: the program died between the two. */
  #unsure = true;
  #timer: Cancel = () => undefined;

  constructor(context: VankeContext) {
    this.#context = context;
  }

  start(): void {
    this.#faults = recallList(this.#context.commands, KEY);
    this.#plan();
  }

  stop(): void {
    this.#timer();
  }

  #plan(): void {
    const { clock, log, settings } = this.#context;
    this.#timer = clock.after(settings.abnormal.checkMs, () => {
      this.#plan();
      try {
        this.#look();
      } catch (error) {
        this.#unsure = true;
        log.error('the devices could not be looked at', { error: errorText(error) });
      }
    });
  }

  #look(): void {
    const { clock, commands, settings } = this.#context;
    const { repeat } = settings.abnormal;
    const before = this.#faults;
    const faults = new Map<string, number>();
    const now = clock.now();
    const faulty = this.#devices().flatMap((device) => {
      const { deviceId, state } = device;
      const known = before.get(deviceId);
      // Not heard of since the start: as it was before.
      if (state === 'online' || (state === 'unknown' && known === undefined)) return [];
      const at = repeat && state === 'offline' ? now : (known ?? now);
      faults.set(deviceId, at);
      return this.#unsure || at !== known ? [{ ...device, at }] : [];
    });
    if (faulty.length > 0 || faults.size !== before.size) rememberList(commands, KEY, faults);
    this.#faults = faults;
    this.#unsure = false;
    for (const each of faulty) reportDevice(each, this.#context);
  }

  /** Each once, by the first lane that uses it. */
  #devices() {
    const { station, settings } = this.#context;
    const { lanes, devices } = station();
    // What hangs on another is told with that one.
    const own = devices.states().filter(({ via }) => via === null);
    const states = new Map(own.map(({ id, state }) => [id, state]));
    const used = lanes.lanes().flatMap(devicesOf);
    return used
      .filter((device, index) => used.findIndex(({ deviceId }) => deviceId === device.deviceId) === index)
      .filter(({ kind }) => settings.abnormal.codes[kind] !== '')
      .flatMap((device) => {
        const state = states.get(device.deviceId);
        return state === undefined ? [] : [{ ...device, state }];
      });
  }
}

function devicesOf(lane: Lane) {
  const { camera, exitCamera, barrier, display } = lane;
  const all: readonly (readonly [FaultyKind, string | undefined])[] = [
    ['camera', camera],
    ['camera', exitCamera],
    ['barrier', barrier],
    ['display', display],
  ];
  return all.flatMap(([kind, deviceId]) => (deviceId === undefined ? [] : [{ lane, kind, deviceId }]));
}
