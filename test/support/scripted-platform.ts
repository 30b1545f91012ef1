import type {
  Delivery,
  Duty,
  OutboundMessage,
  OutboxDraft,
  Platform,
} from '../../electron/station/platforms/platform.ts';
import type { JournalEvent } from '../../shared/domain/events.ts';
import type { PlatformId } from '../../shared/domain/site.ts';

export const DELIVERED: Delivery = { kind: 'delivered' };
export const LINK_DOWN: Delivery = { kind: 'retry', scope: 'link', reason: 'connection refused', answered: true };
export const NO_ANSWER: Delivery = { kind: 'retry', scope: 'link', reason: 'timeout', answered: false };
export const BUSY: Delivery = { kind: 'retry', scope: 'message', reason: 'resultCode 500', answered: true };
export const REFUSED: Delivery = { kind: 'refused', reason: 'resultCode 400' };

export interface Sent {
  readonly id: string;
  readonly attempt: number;
  readonly maybeDelivered: boolean;
}

/** A platform whose answers a test decides. Each event becomes a record, and a photo where the event is a photo. */
export class ScriptedPlatform implements Platform {
  readonly id: PlatformId = 'qingdao';
  readonly title = 'scripted';
  readonly duties: readonly Duty[] = [];
  readonly concurrency: number = 4;
  readonly retry = { firstMs: 5_000, maxMs: 300_000, probeMs: 10_000 };
  readonly sent: Sent[] = [];
  /** The most messages that were under way at once. */
  peak = 0;
  #underWay = 0;
  answer: (message: Sent) => Delivery | Promise<Delivery> = () => DELIVERED;

  project(event: JournalEvent): readonly OutboxDraft[] {
    if (event.key === null || (event.kind !== 'vehicle-entered' && event.kind !== 'photo-taken')) return [];
    const id = `${event.kind}:${event.key}:${event.seq}`;
    return [
      {
        id,
        message: event.kind,
        key: event.key,
        kind: event.kind === 'photo-taken' ? 'photo' : 'record',
        body: { id },
      },
    ];
  }

  async send({ body, attempt, maybeDelivered }: OutboundMessage): Promise<Delivery> {
    const id = (body as { id: string }).id;
    const sent = { id, attempt, maybeDelivered };
    this.sent.push(sent);
    this.#underWay += 1;
    this.peak = Math.max(this.peak, this.#underWay);
    try {
      return await this.answer(sent);
    } finally {
      this.#underWay -= 1;
    }
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  status() {
    return { clockDriftMs: null, downlink: 'none' } as const;
  }
}
