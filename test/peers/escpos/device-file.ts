import { execFile } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { socketWire, type Wire } from '../wire.ts';

/** A device file, as `/dev/usb/lp0`: a FIFO, from which the printer reads. It answers nothing. */
export interface DeviceFile {
  readonly path: string;
  readonly wire: Wire;
  stop(): Promise<void>;
}

/** Rejects where the system has no FIFOs. */
export async function makeDeviceFile(): Promise<DeviceFile> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-lp-'));
  const path = join(folder, 'lp0');
  await promisify(execFile)('mkfifo', [path]);
  // Open for writing too, so that it does not end when the station closes it.
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  const wire = socketWire(socket);
  return {
    path,
    wire: { ...wire, write: () => undefined },
    stop: async () => {
      socket.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
