import { StreetDevice } from './device.ts';

/** One visit of one car, as it truly was. Epoch ms; `to` null: it is still there. */
export interface Visit {
  readonly code: string;
  readonly from: number;
  to: number | null;
  /** Null: nothing on the street ever read it. */
  plate: string | null;
}

/** How a device is placed. */
interface Placed {
  readonly serialNo: string;
  readonly codes: readonly string[];
  readonly key?: string;
  /** It looks, and reads plates; else it lies in the ground and feels. */
  readonly sees?: boolean;
}

interface Coming {
  /** What the cameras read of it at once; left out: nothing. */
  readonly plate?: string;
  readonly at?: number;
  readonly photo?: string;
}

/** A street of berths with its sensors and cameras, and what truly happens on it. */
export class Street {
  readonly devices: readonly StreetDevice[];
  readonly visits: Visit[] = [];
  readonly #now: () => number;

  constructor(url: () => string, placed: readonly Placed[], now: () => number = Date.now) {
    this.#now = now;
    this.devices = placed.map(
      ({ sees = false, ...each }) => new StreetDevice({ ...each, sees, url, now: () => this.#now() }),
    );
  }

  device(serialNo: string): StreetDevice {
    const device = this.devices.find(({ options }) => options.serialNo === serialNo);
    if (!device) throw new Error(`no device ${serialNo}`);
    return device;
  }

  /** A car comes to stand. */
  async arrive(code: string, { plate, at = this.#now(), photo }: Coming = {}): Promise<Visit> {
    if (this.#inside(code)) throw new Error(`${code} is taken`);
    const visit: Visit = { code, from: at, to: null, plate: plate ?? null };
    this.visits.push(visit);
    const seen = { ...(plate !== undefined && { plate, plateColor: 'blue' }), ...(photo !== undefined && { photo }) };
    await Promise.all(this.#watching(code).map((device) => device.change(code, true, at, seen)));
    return visit;
  }

  async leave(code: string, { at = this.#now(), photo }: Omit<Coming, 'plate'> = {}): Promise<Visit> {
    const visit = this.#inside(code);
    if (!visit) throw new Error(`${code} is free`);
    visit.to = at;
    const seen = photo === undefined ? {} : { photo };
    await Promise.all(this.#watching(code).map((device) => device.change(code, false, at, seen)));
    return visit;
  }

  /** A camera makes out the plate only now. */
  async reads(code: string, plate: string): Promise<void> {
    const visit = this.#inside(code);
    if (!visit) throw new Error(`${code} is free`);
    visit.plate = plate;
    const seeing = this.#watching(code).filter(({ options }) => options.sees);
    await Promise.all(seeing.map((device) => device.reads(code, plate)));
  }

  /** Something stands there for a moment and is gone again: no visit. */
  async passes(code: string, ms: number, at = this.#now()): Promise<void> {
    for (const device of this.#watching(code)) {
      await device.change(code, true, at);
      await device.change(code, false, at + ms);
    }
  }

  async heartbeats(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.heartbeat()));
  }

  /** Everything that waits in the devices is sent. */
  async flush(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.flush()));
  }

  #watching(code: string): StreetDevice[] {
    return this.devices.filter((device) => device.watches(code));
  }

  #inside(code: string): Visit | undefined {
    return this.visits.find((visit) => visit.code === code && visit.to === null);
  }
}

export type { StreetDevice } from './device.ts';
