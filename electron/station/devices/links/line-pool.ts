import { ConfigError } from '../../runtime/errors.ts';
import type { Clock, Entropy, Log } from '../../runtime/ports.ts';
import type { Line, LineAddress, LineListener } from '../links.ts';
import { dialFile } from './file-wire.ts';
import { dialSerial } from './serial-wire.ts';
import { SharedLine } from './shared-line.ts';
import { dialTcp } from './tcp-wire.ts';
import type { Dial } from './wire.ts';

const dialAny =
  (clock: Clock): Dial =>
  (address, events) => {
    switch (address.kind) {
      case 'serial':
        return dialSerial(address, events);
      case 'tcp':
        return dialTcp(address, events);
      case 'file':
        return dialFile(clock)(address, events);
    }
  };

const placeOf = (address: LineAddress): string =>
  address.kind === 'tcp' ? `tcp ${address.host} ${address.port}` : `${address.kind} ${address.path}`;

/** The lines of the car park: who names the same port or address shares one connection. */
export class LinePool {
  readonly #deps: { readonly clock: Clock; readonly entropy: Entropy; readonly log: Log; readonly dial: Dial };
  readonly #lines = new Map<string, SharedLine>();

  constructor(deps: { readonly clock: Clock; readonly entropy: Entropy; readonly log: Log; readonly dial?: Dial }) {
    this.#deps = { dial: dialAny(deps.clock), ...deps };
  }

  /** See `DeviceLinks.line`. */
  open(address: LineAddress, listener: LineListener): Line {
    const place = placeOf(address);
    const open = this.#lines.get(place);
    if (open && JSON.stringify(canonical(open.address)) !== JSON.stringify(canonical(address)))
      throw new ConfigError([`devices: the port ${place} is used with different parameters`]);
    const line = open ?? new SharedLine(address, { ...this.#deps, left: () => void this.#lines.delete(place) });
    this.#lines.set(place, line);
    return line.join(listener);
  }
}

/** The same, whatever the order in which it was written down. */
const canonical = (address: LineAddress): unknown => Object.entries(address).sort(([a], [b]) => (a < b ? -1 : 1));
