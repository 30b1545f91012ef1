import { vi } from 'vitest';
import { CmbPlatform } from '../../../../electron/station/platforms/cmb/cmb-platform.ts';
import type { CmbContext, CmbReply } from '../../../../electron/station/platforms/cmb/context.ts';
import { Uplink } from '../../../../electron/station/platforms/cmb/uplink.ts';
import { HOUR, type StationOptions } from '../platform-station.ts';
import { PlatformWorld } from '../platform-world.ts';
import { bankForm, listen, settings } from './support.ts';

export { ANNA, HOUR, MINUTE } from '../platform-station.ts';
export const CAR = '京A12311';

type Form = Readonly<Record<string, string>>;
export type CmbWorldOptions = Omit<StationOptions, 'channel'>;

/** Nothing on a timer, and nothing asked about a car that came in, unless the test wants it. */
const QUIET = { spaces: { everyMs: HOUR, quietMs: HOUR }, lookUp: { atEntry: 'never' } };
const OK = { status: 0, message: 'success' };

/** The station before a bank on a socket. What the bank pushes goes in at the platform's inbound door. */
export class CmbWorld extends PlatformWorld<CmbPlatform, Form> {
  /** What messages may look at, without the platform that is at work: it asks nobody. */
  readonly context: CmbContext;

  private constructor(server: Awaited<ReturnType<typeof listen>>, options: CmbWorldOptions) {
    const chosen = settings({ ...QUIET, baseUrl: server.baseUrl, ...options.settings });
    super(
      {
        ...{ server, ok: OK, car: CAR, asking: vi.spyOn(Uplink.prototype, 'post') },
        make: (deps) => new CmbPlatform(chosen, deps),
      },
      options,
    );
    this.context = {
      ...{ ...this.deps, settings: chosen },
      ask: () => Promise.resolve({ kind: 'failed', reason: 'nobody there', maybeArrived: false }),
    };
  }

  static async open(options: CmbWorldOptions = {}): Promise<CmbWorld> {
    const server = await listen(({ path, form }, response) => world.hear(path.split('/').at(-1) ?? '', form, response));
    const world: CmbWorld = new CmbWorld(server, options);
    await world.hub.start();
    return world;
  }

  /** The bank calls us: business fields, rightly signed unless `sign` is given. @returns its answer */
  async push(name: string, fields: Form): Promise<CmbReply> {
    return this.pushRaw(name, bankForm(fields));
  }

  async pushRaw(name: string, body: string): Promise<CmbReply> {
    const response = await this.platform.inbound.handle({
      ...{ method: 'POST', path: `/cmbParking/${name}`, query: '', remote: '127.0.0.1', headers: {} },
      contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
      body: Buffer.from(body, 'utf8'),
    });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return JSON.parse(Buffer.from(response.body).toString('utf8'));
  }
}
