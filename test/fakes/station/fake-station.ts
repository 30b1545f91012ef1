import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { BerthView } from '../../../shared/contract/berths.ts';
import type { ChangeOrderView } from '../../../shared/contract/change-orders.ts';
import type { EventView, LiveFrame } from '../../../shared/contract/journal.ts';
import type { LaneView } from '../../../shared/contract/lanes.ts';
import type { MessageDetail, PlatformLink } from '../../../shared/contract/outbox.ts';
import type { AttemptView } from '../../../shared/contract/payments.ts';
import type { DayState, DifferenceView, RunView } from '../../../shared/contract/reconciliations.ts';
import type { Quote, StayView } from '../../../shared/contract/stays.ts';
import type { AttemptState, ChannelKind, PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { PaperState } from '../../../shared/domain/print.ts';
import type { SiteKind, Spaces } from '../../../shared/domain/site.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { NOW } from './build.ts';

export interface Scene {
  readonly siteName: string;
  /** Behind barriers unless told. */
  readonly siteKind?: SiteKind;
  /** 泊位; none unless told. */
  readonly berths?: readonly BerthView[];
  readonly state: 'needs-setup' | 'ready';
  readonly demo: boolean;
  readonly user: UserView;
  readonly lanes: readonly LaneView[];
  readonly spaces: Spaces;
  readonly links: readonly PlatformLink[];
  readonly alarms: LiveFrame['alarms'];
  readonly events: readonly EventView[];
  readonly messages: readonly MessageDetail[];
  readonly stays: readonly StayView[];
  readonly quotes: readonly Quote[];
  readonly rules: PassageRules;
  /** Ways to be paid besides cash; none unless told. */
  readonly channels?: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: ChannelKind;
    readonly method: PaymentMethod;
    readonly askAtMs?: number[];
  }[];
  /** Who gives change by code, and the page for drivers who come in; nobody and none unless told. */
  readonly changePlatform?: string;
  readonly entryPage?: string;
  readonly areas?: Occupancy['areas'];
  /** What guns of the station read and nobody could use; nothing unless told. */
  readonly scans?: LiveFrame['scans'];
  /** What there is of the receipts of those who paid; none unless told. */
  readonly paper?: PaperState;
  /** Comparisons with a platform's books; none unless told. */
  readonly compared?: {
    readonly runs: readonly RunView[];
    readonly differences: readonly DifferenceView[];
    readonly daily: readonly DayState[];
  };
}

export interface Call {
  readonly name: string;
  readonly input: unknown;
}

/**
 * The other side of the UI, in memory: answers the whole contract from a scene and remembers what it was asked. It knows no
 * rules of a car park beyond what a screen can see.
 */
export class FakeStation {
  scene: Scene;
  readonly calls: Call[] = [];
  /** From which journal row each reader of the live picture asked to go on. */
  readonly resumedAfter: number[] = [];
  readonly tokens = new Map<string, UserView>();
  /** Tries to get a bill paid, newest first. */
  readonly attempts: AttemptView[] = [];
  /** 找零订单, newest first. */
  readonly changeOrders: ChangeOrderView[] = [];
  /** How often each receipt was printed, by the number of its bill; and how the next ones end instead of well. */
  readonly receipts = new Map<string, number>();
  readonly papers: { readonly outcome: 'refused' | 'unknown'; readonly detail: string }[] = [];
  /** What channels say to the next tries; afterwards codes are shown and scans are paid. */
  readonly answers: AttemptState[] = [];
  /** Set to make every act wait, as a busy station would. */
  delay: Promise<void> | null = null;
  /** Set to make the next act fail in this way. */
  failure: Error | null = null;
  /** The clock stands still at the scene's moment unless this says otherwise. */
  now: () => number = () => NOW;
  readonly #listeners = new Set<() => void>();
  #lastSeq = 0;

  constructor(scene: Scene) {
    this.scene = scene;
    this.#lastSeq = Math.max(0, ...scene.events.map((event) => event.seq));
  }

  /** Changes the scene and tells every reader of the live picture. */
  change(part: Partial<Scene>): void {
    this.scene = { ...this.scene, ...part };
    for (const listener of this.#listeners) listener();
  }

  changeLane(id: string, part: Partial<LaneView>): LaneView {
    const lanes = this.scene.lanes.map((lane) => (lane.id === id ? { ...lane, ...part } : lane));
    this.change({ lanes });
    return this.lane(id);
  }

  lane(id: string): LaneView {
    const lane = this.scene.lanes.find((each) => each.id === id);
    if (!lane) throw new ORPCError('NOT_FOUND', { message: '没有找到' });
    return lane;
  }

  addEvent(event: Omit<EventView, 'seq' | 'at' | 'hash'>): void {
    this.#lastSeq += 1;
    const row = { ...event, seq: this.#lastSeq, at: toRfc3339(this.now()), hash: '0'.repeat(64) };
    this.change({ events: [...this.scene.events, row] });
  }

  frame(afterSeq: number): LiveFrame {
    const { siteName, siteKind = 'gated', berths = [], lanes, spaces, links, alarms, scans, events } = this.scene;
    return {
      at: toRfc3339(this.now()),
      seq: this.#lastSeq,
      siteName,
      siteKind,
      berths: berths.length,
      lanes: [...lanes],
      spaces,
      links: [...links],
      alarms,
      scans: scans ?? [],
      events: events.filter((event) => event.seq > afterSeq),
      missed: false,
    };
  }

  /** Frames until the reader leaves: one at once, then one for each change. */
  async *live(afterSeq: number, signal: AbortSignal | undefined): AsyncGenerator<LiveFrame> {
    let seen = afterSeq;
    this.resumedAfter.push(afterSeq);
    let wake = Promise.withResolvers<void>();
    const listener = (): void => wake.resolve();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', listener);
    try {
      while (!signal?.aborted) {
        wake = Promise.withResolvers<void>();
        const frame = this.frame(seen);
        seen = frame.seq;
        yield frame;
        await wake.promise;
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', listener);
    }
  }

  /** Notes an act, waits if told to, fails if told to. */
  async act(name: string, input: unknown): Promise<void> {
    this.calls.push({ name, input });
    if (this.delay) await this.delay;
    if (this.failure) {
      const failure = this.failure;
      this.failure = null;
      throw failure;
    }
  }
}
