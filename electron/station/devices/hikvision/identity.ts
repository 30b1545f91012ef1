import type { DeviceInfo } from './messages.ts';

/** What an event says of who sent it. */
export interface IdentityClaim {
  readonly mac: string | null;
  readonly ip: string | null;
  readonly remote: string;
}

/** MAC addresses and serial numbers as they are compared: letters and digits alone. */
export const plainId = (id: string): string => id.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

/** By MAC where the event has one, which is what is configured or what the camera told of itself; else by address. */
export function isIt(
  { mac, ip, remote }: IdentityClaim,
  own: { readonly serialNo: string; readonly host: string; readonly info: DeviceInfo | null },
): boolean {
  if (mac === null) return ip === own.host || remote.replace(/^::ffff:/, '') === own.host;
  const claimed = plainId(mac);
  return claimed === plainId(own.serialNo) || (own.info?.mac != null && claimed === plainId(own.info.mac));
}
