import type { EventBody } from '../../../../shared/domain/events.ts';
import type { Lane } from '../../../../shared/domain/site.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { DeviceState } from '../platform.ts';
import { DEVICE_TYPES, deviceTypeOf } from './codes.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { PostDeviceState } from './messages/PostDeviceState.ts';
import { PostParkingDevice } from './messages/PostParkingDevice.ts';
import { deviceCodeOf } from './places.ts';

/** After the start devices get so long to be heard of; what is silent still is told as a fault. */
const FIRST_WORD_MS = 15_000;

interface Known {
  readonly deviceCode: string;
  readonly deviceIp: string;
  readonly deviceName: string;
  readonly deviceType: number;
}

interface Condition {
  readonly status: '0' | '1';
  readonly remark: string;
}

const FINE: Condition = { status: '0', remark: '' };

/**
 * Tells of devices (1.4) and how they are (1.3): all of them at every start, and since then what changed. One device's messages share a
 * key: it is known before its state is told, and its states come in order.
 */
export class DeviceReports {
  readonly #context: KeytopContext;
  /** As it was told last, by the id of the device. */
  readonly #known = new Map<string, string>();
  readonly #conditions = new Map<string, string>();
  /** In the name of every message: each start tells everything. */
  #run = '';
  #count = 0;
  #cancels: Cancel[] = [];

  constructor(context: KeytopContext) {
    this.#context = context;
  }

  start(): void {
    const { clock, ids, settings, station } = this.#context;
    this.#run = ids.next('start');
    this.#safely(() => this.#all((state) => state === 'unknown'));
    if (settings.boothDevice !== '') {
      const booth = { deviceCode: settings.boothDevice, deviceName: '收费电脑', deviceType: DEVICE_TYPES.station };
      this.#safely(() => {
        this.#tellOf(settings.boothDevice, { ...booth, deviceIp: '' });
        this.#tellState(settings.boothDevice, { ...booth, deviceIp: '' }, FINE);
      });
    }
    this.#cancels = [
      clock.after(FIRST_WORD_MS, () => this.#safely(() => this.#all(() => false))),
      station().onCommitted((events) => {
        for (const event of events) if (event.kind === 'device-state') this.#safely(() => this.#changed(event.body));
      }),
    ];
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
  }

  /** Whoever is committing has done so; the next start tells everything again. */
  #safely(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#context.log.error('the third party could not be told of a device', { error: errorText(error) });
    }
  }

  #all(waitFor: (state: DeviceState['state']) => boolean): void {
    for (const device of this.#context.station().devices.states()) {
      const known = knownOf(device, this.#context);
      if (known === undefined) continue;
      this.#tellOf(device.id, known);
      if (!waitFor(device.state))
        this.#tellState(device.id, known, conditionOf(device.state, '启动后没有收到设备应答'));
    }
  }

  #changed({ deviceId, state, detail }: EventBody<'device-state'>): void {
    for (const device of this.#context.station().devices.states()) {
      if (device.id !== deviceId && device.via !== deviceId) continue;
      const known = knownOf(device, this.#context);
      if (known === undefined) continue;
      this.#tellOf(device.id, known);
      this.#tellState(device.id, known, conditionOf(state, detail));
    }
  }

  #tellOf(id: string, known: Known): void {
    const text = JSON.stringify(known);
    if (this.#known.get(id) === text) return;
    this.#known.set(id, text);
    this.#context.commands.enqueue(KEYTOP.name, PostParkingDevice.draft({ ...this.#next(known), body: known }));
  }

  #tellState(id: string, known: Known, condition: Condition): void {
    const { deviceCode, deviceName, deviceType } = known;
    if (this.#conditions.get(id) === condition.status) return;
    this.#conditions.set(id, condition.status);
    this.#context.commands.enqueue(
      KEYTOP.name,
      PostDeviceState.draft({ ...this.#next(known), body: { deviceCode, deviceName, deviceType, ...condition } }),
    );
  }

  #next({ deviceCode }: Pick<Known, 'deviceCode'>) {
    this.#count += 1;
    return { recordId: `${this.#run}-${this.#count}`, key: `device:${deviceCode}` };
  }
}

const conditionOf = (state: DeviceState['state'], detail: string): Condition =>
  state === 'online' ? FINE : { status: '1', remark: detail.slice(0, 200) };

/** Undefined: the appendix has no such kind of device. */
function knownOf({ id, kind, address }: DeviceState, context: KeytopContext): Known | undefined {
  const deviceType = deviceTypeOf(kind);
  if (deviceType === undefined) return undefined;
  const deviceName = nameOf(id, context.station().lanes.lanes()) ?? id;
  return { deviceCode: deviceCodeOf(id, context), deviceIp: address ?? '', deviceName, deviceType };
}

/** By the first lane that uses it, as the third party's staff would look for it. */
function nameOf(id: string, lanes: readonly Lane[]): string | undefined {
  for (const { name, camera, exitCamera, barrier, display } of lanes) {
    if (camera === id) return `${name}相机`;
    if (exitCamera === id) return `${name}出场相机`;
    if (barrier === id) return `${name}道闸`;
    if (display === id) return `${name}显示屏`;
  }
  return undefined;
}
