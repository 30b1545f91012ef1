import { expect } from 'vitest';
import { Refused } from '../../../../electron/station/platforms/define-message.ts';
import { parseLossless } from '../../../../electron/station/platforms/lossless-json.ts';
import type { Platform } from '../../../../electron/station/platforms/platform.ts';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import {
  notDone,
  type ShenzhenContext,
  type ShenzhenReply,
} from '../../../../electron/station/platforms/shenzhen/context.ts';
import { downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import type { Actor, EventKind, JournalEvent } from '../../../../shared/domain/events.ts';
import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import { type Data, PlatformStation, type StationOptions } from '../platform-station.ts';

/** Whatever the city does through our services. */
export const CITY: Actor = { kind: 'platform', name: 'shenzhen' };
export const CAR = '粤B12345';

/** Asked by nobody: what the city says goes straight to the message. */
const mute: Platform = {
  ...{ id: 'shenzhen', title: '深圳', duties: [], concurrency: 1 },
  retry: { firstMs: 1000, maxMs: 1000, probeMs: 1000 },
  project: () => [],
  send: async () => ({ kind: 'delivered' }),
  start: async () => undefined,
  stop: async () => undefined,
  status: () => ({ clockDriftMs: null, downlink: 'none' }),
};

/** An instant of the wall clock in China. */
export function at(text: string): number {
  const found = parseShanghaiDateTime(text);
  if (found === undefined) throw new Error(`no time: ${text}`);
  return found;
}

/** A station in memory, and the registry's messages as they come off the line. */
export class RegistryWorld extends PlatformStation<Platform> {
  readonly context: ShenzhenContext;
  #requests = 0;

  constructor(options: StationOptions = {}) {
    super({ make: () => mute, car: CAR }, options);
    const settings = shenzhenSettingsSchema.parse({
      ...{ baseUrl: 'http://127.0.0.1:1', accessKey: 'k', accessSecret: 's', parkCode: '80010001' },
      ...options.settings,
    });
    this.context = { ...this.deps, settings, publicUrl: () => '' };
  }

  protected override async close(): Promise<void> {}

  /** What the city gets to hear; under a number of its own unless the request names one. */
  async ask(name: string, data: Data, requestId?: string): Promise<ShenzhenReply> {
    const message = downMessages.find((each) => each.name === name);
    if (!message) throw new Error(`no message ${name}`);
    this.#requests += 1;
    const head = { accessKey: 'k', timestamp: this.clock.now(), signature: 'S' };
    const body = parseLossless(JSON.stringify({ ...head, ...data }));
    const call = { at: this.clock.now(), requestId: requestId ?? `r${this.#requests}` };
    const reply = await message.receive(body, call, this.context);
    return reply instanceof Refused ? notDone(400, reply.reason) : reply;
  }

  /** It is carried out. @returns its data */
  async done(name: string, data: Data): Promise<Data> {
    const reply = await this.ask(name, data);
    expect(reply).toMatchObject({ code: 0, msg: 'success' });
    return reply.data;
  }

  /** It is answered well, and the journal is as it was. */
  async repeated(name: string, data: Data): Promise<Data> {
    const before = this.rows();
    const answered = await this.done(name, data);
    expect(this.rows()).toBe(before);
    return answered;
  }

  /** It is refused with this code and these words, and the journal is as it was. */
  async refused(name: string, data: Data, code: number, words: string | RegExp): Promise<void> {
    const before = this.rows();
    const reply = await this.ask(name, data);
    expect(reply).toMatchObject({ code, data: {} });
    expect(reply.msg).toMatch(words);
    expect(this.rows()).toBe(before);
  }

  rows(): number {
    return this.read.journal.after(0, 10_000).length;
  }

  /** Whatever stands in the journal under this kind. */
  told<K extends EventKind>(kind: K): Extract<JournalEvent, { kind: K }>[] {
    const isOne = (event: JournalEvent): event is Extract<JournalEvent, { kind: K }> => event.kind === kind;
    return this.read.journal.after(0, 10_000).filter(isOne);
  }
}

/** Runs a test on a station, and ends it. */
export const withWorld =
  (test: (world: RegistryWorld) => Promise<void>, options: StationOptions = {}) =>
  async (): Promise<void> => {
    const world = new RegistryWorld(options);
    try {
      await test(world);
    } finally {
      await world.dispose();
    }
  };
