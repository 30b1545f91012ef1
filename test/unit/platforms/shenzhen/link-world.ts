import { z } from 'zod';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { done, notDone, type ShenzhenContext } from '../../../../electron/station/platforms/shenzhen/context.ts';
import { down, table } from '../../../../electron/station/platforms/shenzhen/define.ts';
import { maybeYuan } from '../../../../electron/station/platforms/shenzhen/down-fields.ts';
import { ShenzhenDownlink } from '../../../../electron/station/platforms/shenzhen/downlink.ts';
import { SystemClock } from '../../../../electron/station/runtime/clock.ts';
import type { Clock } from '../../../../electron/station/runtime/ports.ts';
import { siteSchema } from '../../../../shared/domain/site.ts';
import { freePort } from '../../../peers/sockets.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { MemoryStation } from '../memory-station.ts';
import { KEYS, RawCity, type RawEnd, rawEnd } from './raw-city.ts';

type Data = Readonly<Record<string, unknown>>;

/** Waits as the machine does; what o'clock it is can be said. */
export class WallClock extends SystemClock {
  byMs = 0;
  override now(): number {
    return super.now() + this.byMs;
  }
}

export interface LinkOptions {
  readonly role?: 'client' | 'server';
  readonly downlink?: Data;
  readonly settings?: Data;
  readonly clock?: Clock;
  /** Where the city listens; otherwise a city of this world does. */
  readonly port?: number;
  /** PEM of whoever signed the city's certificate. */
  readonly ca?: string;
}

/** The line down with the city as bytes at its other end. The interfaces are made up, so that what they do can be seen. */
export class LinkWorld {
  readonly station = new MemoryStation();
  readonly log = memoryLog();
  readonly city: RawCity | undefined;
  readonly port: number;
  /** What `orderPush` was asked to do. */
  readonly done: { readonly plate: string; readonly requestId: string }[] = [];
  /** Lets a slow one go on. */
  release: () => void = () => undefined;
  line: ShenzhenDownlink;
  readonly #context: ShenzhenContext;
  readonly #ca: string | undefined;

  private constructor(options: LinkOptions, port: number, city: RawCity | undefined) {
    this.city = city;
    this.#ca = options.ca;
    this.port = port;
    const settings = shenzhenSettingsSchema.parse({
      ...{ ...KEYS, baseUrl: 'http://127.0.0.1:1', ...options.settings },
      downlink: { host: '127.0.0.1', port, role: options.role, allow: ['127.0.0.1'], ...options.downlink },
    });
    this.#context = {
      ...{ settings, clock: options.clock ?? new SystemClock(), log: this.log, commands: this.station, areas: [] },
      site: siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 100, openSpaces: 90 }),
      ids: { next: (prefix) => prefix },
      entropy: { random: () => 0.5 },
      photos: { read: () => Promise.resolve(undefined) },
      publicUrl: () => '',
      station: () => {
        throw new Error('not asked here');
      },
    };
    this.line = this.#made();
  }

  static async open(options: LinkOptions = {}): Promise<LinkWorld> {
    const city = options.role === 'server' || options.port !== undefined ? undefined : await RawCity.listen();
    const world = new LinkWorld(options, options.port ?? city?.port ?? (await freePort()), city);
    world.line.start();
    return world;
  }

  #made(): ShenzhenDownlink {
    const own = this.#context.settings.downlink;
    if (!own) throw new Error('no line');
    return new ShenzhenDownlink(this.#context, own, this.#ca, [this.#push(), this.#query(), this.#slow()]);
  }

  /** As the next start of the program, on the same data. */
  async restarted(): Promise<void> {
    await this.line.stop();
    this.line = this.#made();
    this.line.start();
  }

  /** A connection on which the city may ask. */
  async end(): Promise<RawEnd> {
    return this.city ? await this.city.letIn() : await rawEnd(this.port);
  }

  async dispose(): Promise<void> {
    this.release();
    await this.line.stop();
    await this.city?.close();
  }

  #push() {
    return down({
      ...{ name: 'orderPush', title: '', section: '', sample: { plate: '粤B12345' } },
      schema: table({ plate: z.string().min(1).max(10), realPayMoney: maybeYuan() }),
      handle: ({ plate, realPayMoney: fen }, { requestId }) => {
        if (plate === 'FAULT') throw new Error('secret words');
        if (plate === 'NONE') return notDone(404, '没有这辆车');
        this.done.push({ plate, requestId });
        return done({ plate, nth: this.done.length, ...(fen === undefined ? {} : { fen }) });
      },
    });
  }

  #query() {
    return down({
      ...{ name: 'feeQuery', title: '', section: '', sample: {} },
      schema: table({ fill: z.int().optional() }),
      handle: ({ fill = 0 }) => done({ text: 'x'.repeat(fill) }),
    });
  }

  #slow() {
    return down({
      ...{ name: 'monthCard', title: '', section: '', sample: {} },
      schema: table({}),
      handle: async (_body, { requestId }) => {
        await new Promise<void>((resolve) => {
          this.release = resolve;
        });
        this.done.push({ plate: 'slow', requestId });
        return done({ nth: this.done.length });
      },
    });
  }
}
