import { vi } from 'vitest';
import { z } from 'zod';
import { KeytopPlatform } from '../../../../electron/station/platforms/keytop/keytop-platform.ts';
import { addresses } from '../../../../electron/station/platforms/keytop/paths.ts';
import { Uplink } from '../../../../electron/station/platforms/keytop/uplink.ts';
import type { DeviceState } from '../../../../electron/station/platforms/platform.ts';
import type { DisplayLine } from '../../../../shared/domain/display.ts';
import type { Actor, EventDraft, EventKind, JournalEvent } from '../../../../shared/domain/events.ts';
import type { DeviceKind } from '../../../../shared/domain/site.ts';
import { serveForms } from '../form-server.ts';
import { type Data, HOUR, type StationOptions } from '../platform-station.ts';
import { PlatformWorld } from '../platform-world.ts';
import { DOWN, opened, PARK_CODE, sealed, settings, UP } from './support.ts';

export { ANNA, HOUR, MINUTE } from '../platform-station.ts';
export const CAR = '闽D02000';
/** Whatever the third party does through our services. */
export const KEYTOP_ACTOR: Actor = { kind: 'platform', name: 'keytop' };

export const OK: Data = { resCode: 0, resMsg: '', data: null };
/** Free spaces are told only where the test wants it. */
const QUIET = { spaces: { quietMs: HOUR } };

const envelopeSchema = z.strictObject({ data: z.string() });
const replySchema = z.strictObject({
  resCode: z.int(),
  resMsg: z.unknown(),
  data: z.array(z.record(z.string(), z.unknown())).nullable(),
});
type KeytopAnswered = z.output<typeof replySchema>;

/** How the third party writes a request, where it does not write it as it should. */
export interface Spelling {
  readonly path?: string;
  readonly user?: string;
  readonly password?: string;
  readonly key?: string;
  /** By whose clock the day of the cipher is; the station's unless told. */
  readonly at?: number;
  /** As `data=…`. */
  readonly form?: boolean;
  readonly remote?: string;
}

export interface KeytopOptions extends StationOptions {
  /** What a device is like from the beginning; otherwise those of the lanes, all online. */
  readonly hardware?: readonly DeviceState[];
}

/** The station before a third party on a socket, which takes whatever it is told. What it says itself goes in at the inbound door. */
export class KeytopWorld extends PlatformWorld<KeytopPlatform, Data> {
  readonly hardware: Map<string, DeviceState>;
  readonly shown: { readonly deviceId: string; readonly lines: readonly DisplayLine[] }[];

  private constructor(
    server: Awaited<ReturnType<typeof serveForms<Data>>>,
    options: KeytopOptions,
    devices: Pick<KeytopWorld, 'hardware' | 'shown'>,
  ) {
    const chosen = settings({ ...QUIET, baseUrl: `${server.baseUrl}/ktapi`, ...options.settings });
    super(
      {
        ...{ server, ok: OK, car: CAR, asking: vi.spyOn(Uplink.prototype, 'post') },
        make: (deps) => new KeytopPlatform(chosen, deps),
      },
      {
        devices: {
          states: () => [...devices.hardware.values()],
          photograph: async () => ({ why: '相机没有应答' }),
          show: async (deviceId, lines) => {
            if (devices.hardware.get(deviceId)?.kind !== 'display') return { outcome: 'refused', detail: '不是显示屏' };
            devices.shown.push({ deviceId, lines });
            return { outcome: 'done', detail: '' };
          },
        },
        ...options,
      },
    );
    this.hardware = devices.hardware;
    this.shown = devices.shown;
  }

  /** The station runs: what is told at a start is on its way. */
  static async open(options: KeytopOptions = {}): Promise<KeytopWorld> {
    const world = await KeytopWorld.built(options);
    await world.hub.start();
    return world;
  }

  /** Not started: whatever is to be there before. */
  static async built(options: KeytopOptions = {}): Promise<KeytopWorld> {
    const server = await serveForms<Data>(
      (text) => envelopeSchema.parse(JSON.parse(text)),
      ({ path, form }, response, raw) => {
        const { user, pwd } = raw.headers;
        if (user !== UP.user || pwd !== UP.password) {
          response.end(JSON.stringify({ resCode: 1, resMsg: '用户名或密码错误', data: null }));
          return;
        }
        const { data } = envelopeSchema.parse(form);
        world.hear(path.replace(/^\/ktapi\//, ''), opened(data, UP.key, world.clock.now()), response);
      },
    );
    const world: KeytopWorld = new KeytopWorld(server, options, { hardware: new Map(), shown: [] });
    if (options.hardware) for (const state of options.hardware) world.hardware.set(state.id, state);
    else
      for (const { camera, exitCamera, barrier, display } of world.lanes.lanes())
        for (const [kind, id] of [
          ['camera', camera],
          ['camera', exitCamera],
          ['barrier', barrier],
          ['display', display],
        ] as const)
          if (id !== undefined) world.device(id, kind, 'online');
    return world;
  }

  /** The third party is connected for the first time: what happened until now is history. */
  async connect(): Promise<void> {
    this.store.write((tx) => tx.outbox.moveCursor('keytop', tx.journal.last().seq));
    await this.reopened();
  }

  /** All that the third party was told or asked, in order. */
  get received() {
    return this.asked;
  }

  /** A device is like this from now on; nobody is told of it. */
  device(
    id: string,
    kind: DeviceKind,
    state: DeviceState['state'],
    address: string | null = null,
    via: string | null = null,
  ): void {
    this.hardware.set(id, { id, kind, via, state, address });
  }

  /** Something stands in the journal. */
  write(draft: EventDraft): void {
    this.store.write((tx) => tx.record(draft));
  }

  /** Whatever stands in the journal under this kind. */
  told<K extends EventKind>(kind: K): Extract<JournalEvent, { kind: K }>[] {
    const isOne = (event: JournalEvent): event is Extract<JournalEvent, { kind: K }> => event.kind === kind;
    return this.read.journal.after(0, 10_000).filter(isOne);
  }

  /** The third party calls us, with the number of the car park unless it names another. @returns its answer, which is HTTP 200 */
  async call(name: string, parameters: Data = {}, spelling: Spelling = {}): Promise<KeytopAnswered> {
    const at = spelling.at ?? this.clock.now();
    const data = sealed({ parkCode: PARK_CODE, ...parameters }, spelling.key ?? DOWN.key, at);
    const body = spelling.form ? new URLSearchParams({ data }).toString() : JSON.stringify({ data });
    const response = await this.callRaw(name, body, spelling);
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    return replySchema.parse(JSON.parse(response.text));
  }

  /** A body as it stands. */
  async callRaw(name: string, body: string, spelling: Spelling = {}): Promise<{ status: number; text: string }> {
    const path = spelling.path ?? addresses.find(({ message }) => message === name)?.current ?? `/api/pay2/${name}`;
    const { inbound } = this.platform;
    if (!inbound) throw new Error('the third party cannot call');
    const response = await inbound.handle({
      ...{ method: 'POST', path, query: '', remote: spelling.remote ?? '127.0.0.1' },
      headers: { user: spelling.user ?? DOWN.user, pwd: spelling.password ?? DOWN.password },
      contentType: spelling.form ? 'application/x-www-form-urlencoded' : 'application/json;charset=utf-8',
      body: Buffer.from(body, 'utf8'),
    });
    return { status: response.status, text: Buffer.from(response.body).toString('utf8') };
  }
}
