import type { Cancel } from '../../runtime/ports.ts';
import type { Camera, Device } from '../device.ts';
import { addressText } from '../line-settings.ts';
import type { DeviceLinks, LineAddress, Written } from '../links.ts';
import { isCamera } from '../narrow.ts';

/** How frames get to a board: a line of its own or a shared one, or a camera that passes them on. */
export interface Carrier {
  /** As people name the place. */
  readonly place: string;
  /** The device that it hangs on. */
  readonly via: string | undefined;
  /** The line is open, or the camera took what it was given last. */
  readonly isUp: () => boolean;
  open(heard: (bytes: Uint8Array) => void, state: (up: boolean, detail: string) => void): void;
  close(): void;
  /** How long so many bytes are on the wire after they were written, ms; 0 where that is not known. */
  readonly onWireMs: (bytes: number) => number;
  /** Sends bytes and keeps others off while `until` lasts. */
  send(bytes: Uint8Array, until: (written: Written, why: string) => Promise<void>): Promise<void>;
}

const WRITE_MS = 2_000;
const USUAL = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

/** Written is what the system took: a port is busy with it for a while. Of a serial server the usual 9600 8N1 is supposed. */
function onWireMs(address: LineAddress, bytes: number): number {
  const { dataBits, stopBits, parity, baudRate } = address.kind === 'serial' ? address : USUAL;
  const bits = 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits;
  return Math.ceil((bytes * bits * 1000) / baudRate);
}

export function lineCarrier(address: LineAddress, links: DeviceLinks): Carrier {
  let line: ReturnType<DeviceLinks['line']> | null = null;
  return {
    place: addressText(address),
    via: undefined,
    isUp: () => line?.isUp ?? false,
    onWireMs: (bytes) => onWireMs(address, bytes),
    open: (heard, state) => {
      line = links.line(address, { data: heard, state });
    },
    close: () => {
      line?.close();
      line = null;
    },
    send: async (bytes, until) => {
      const on = line;
      if (!on) return until('none', '未启动');
      await on.turn('usual', async () => {
        await until(await on.write(bytes, WRITE_MS), `${addressText(address)} 未连接`);
      });
    },
  };
}

export function cameraCarrier(cameraId: string, channel: number, find: (id: string) => Device | undefined): Carrier {
  const camera = (): Camera | undefined => {
    const device = find(cameraId);
    return device && isCamera(device) ? device : undefined;
  };
  let cancel: Cancel = () => undefined;
  let tell: (up: boolean, detail: string) => void = () => undefined;
  // Whether the camera is there shows when something is to be passed on.
  let taken = true;
  return {
    place: cameraId,
    via: cameraId,
    isUp: () => camera() !== undefined && taken,
    onWireMs: () => 0,
    open: (heard, state) => {
      tell = state;
      cancel = camera()?.onSerial?.(channel, heard) ?? cancel;
    },
    close: () => cancel(),
    send: async (bytes, until) => {
      const by = camera();
      if (!by) return until('none', `没有相机 ${cameraId}`);
      const { outcome, detail } = await by.sendSerial(channel, bytes);
      const was = taken;
      taken = outcome !== 'refused';
      if (taken !== was) tell(taken, detail);
      await until(outcome === 'done' ? 'written' : outcome === 'refused' ? 'none' : 'some', detail);
    },
  };
}
