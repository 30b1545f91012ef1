import { z } from 'zod';
import { VankePlatform } from '../../../../electron/station/platforms/vanke/vanke-platform.ts';
import type { DisplayLine } from '../../../../shared/domain/display.ts';
import type { EventKind, JournalEvent } from '../../../../shared/domain/events.ts';
import { type Lane, laneSchema } from '../../../../shared/domain/site.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { type Arms, type Data, PlatformStation } from '../platform-station.ts';
import { APP_ID, PARKING_LOT, settings, tokenFor } from './support.ts';

export const CAR = '粤B12345';
/** What every test begins with: 2026-03-02 08:05:09 in Shanghai. */
export const NOW = '20260302 08:05:09';

/** A lane where Vanke has the word, with a display. */
export const vankeLane = (lane: Lane, over: Data = {}): Lane =>
  laneSchema.parse({ ...lane, authority: { platform: 'vanke' }, display: `led-${lane.id}`, ...over });

export interface DownOptions {
  readonly settings?: Data;
  readonly lanes?: readonly Lane[];
  readonly arms?: Arms;
  /** What becomes of what displays are told. */
  readonly show?: () => { readonly outcome: 'done' | 'refused' | 'unknown'; readonly detail: string };
}

/** The rows of an answer; what is no text in them is an error. */
export const rowsOf = (answer: Data) => z.array(z.record(z.string(), z.string())).parse(answer['data']);

interface Spelling {
  readonly path?: string;
  readonly remote?: string;
  readonly contentType?: string;
  readonly secret?: string;
}

/** A station whose lanes Vanke has the word at. Vanke itself is out of reach, and calls us all the same. */
export class DownWorld extends PlatformStation<VankePlatform> {
  /** What the arms were told, in order. */
  readonly moves: string[];
  readonly shown: { readonly id: string; readonly lines: readonly DisplayLine[] }[];

  private constructor(options: DownOptions) {
    const moves: string[] = [];
    const shown: { id: string; lines: readonly DisplayLine[] }[] = [];
    const lanes = options.lanes ?? [vankeLane(IN), vankeLane(OUT)];
    const chosen = settings({ photo: { publicUrl: 'http://park.example:8088/' }, ...options.settings });
    const ends: Arms = options.arms ?? (() => Promise.resolve({ outcome: 'done', detail: '' }));
    super(
      { make: (deps) => new VankePlatform(chosen, deps), car: CAR },
      {
        lanes,
        arms: (lane, action) => {
          moves.push(`${lane} ${action}`);
          return ends(lane, action);
        },
        devices: {
          states: () =>
            [...new Set(lanes.flatMap(({ display }) => display ?? [])), 'led-hall'].map((id) => ({
              ...{ id, kind: 'display', state: 'online', via: null, address: null },
            })),
          photograph: async () => ({ why: '' }),
          show: async (id, lines) => {
            shown.push({ id, lines });
            return options.show?.() ?? { outcome: 'done', detail: '' };
          },
        },
      },
    );
    this.moves = moves;
    this.shown = shown;
  }

  static async open(options: DownOptions = {}): Promise<DownWorld> {
    const world = new DownWorld(options);
    await world.hub.start();
    return world;
  }

  protected override async close(): Promise<void> {}

  /** A request as the platform writes it: business fields with what stands around them, each of which may be overruled. */
  body(fields: Data, secret?: string): Data {
    const time = typeof fields['time'] === 'string' ? fields['time'] : NOW;
    return { version: '1.0', token: tokenFor(time, APP_ID, secret), parkingLotId: PARKING_LOT, time, ...fields };
  }

  /** The platform calls us. @returns its answer, which is HTTP 200 */
  call(name: string, fields: Data = {}, spelling: Spelling = {}): Promise<Data> {
    return this.callRaw(name, JSON.stringify(this.body(fields, spelling.secret)), spelling);
  }

  async callRaw(name: string, body: string | Uint8Array, spelling: Spelling = {}): Promise<Data> {
    const response = await this.platform.inbound.handle({
      ...{
        method: 'POST',
        path: spelling.path ?? `/${name}`,
        query: '',
        remote: spelling.remote ?? '127.0.0.1',
        headers: {},
      },
      contentType: spelling.contentType ?? 'application/json',
      body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
    });
    if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
    if (response.contentType !== 'application/json; charset=utf-8') throw new Error(response.contentType);
    return JSON.parse(String(response.body));
  }

  /** A request that waits for something, while time passes. */
  async callFor(ms: number, name: string, fields: Data): Promise<Data> {
    const answer = this.call(name, fields);
    await this.clock.advance(ms);
    return answer;
  }

  /** What the journal has of these kinds, in order. */
  events<K extends EventKind>(kind: K): Extract<JournalEvent, { kind: K }>[] {
    return this.read.journal
      .after(0, 10_000)
      .filter((event): event is Extract<JournalEvent, { kind: K }> => event.kind === kind);
  }
}
