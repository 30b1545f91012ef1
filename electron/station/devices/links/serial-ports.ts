import { SerialPort } from 'serialport';

export interface SerialPortFound {
  readonly path: string;
  /** What is plugged in there, as the system names it; empty: it does not say. */
  readonly name: string;
}

type Listed = Awaited<ReturnType<typeof SerialPort.list>>;

/** The serial ports of this PC, those on USB first. Where the system does not tell (no udevadm, no rights) there are none: a path can still be typed. */
export async function serialPorts(list: () => Promise<Listed> = () => SerialPort.list()): Promise<SerialPortFound[]> {
  const listed = await list().catch((): Listed => []);
  return [...listed]
    .sort((a, b) => Number(isUsb(b)) - Number(isUsb(a)) || a.path.localeCompare(b.path, 'en', { numeric: true }))
    .map((port) => ({ path: port.path, name: nameOf(port) }));
}

const isUsb = ({ vendorId }: Listed[number]): boolean => vendorId !== undefined;

function nameOf(port: Listed[number]): string {
  // Windows has one name for all of it, with the port in brackets behind.
  const friendly: unknown = 'friendlyName' in port ? port.friendlyName : undefined;
  if (typeof friendly === 'string') return friendly.replace(/\s*\(COM\d+\)\s*$/, '');
  return [port.manufacturer, port.serialNumber].filter((part) => part !== undefined).join(' ');
}
