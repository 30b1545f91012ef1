import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { Delivery, Duty, OutboxDraft, Platform } from '../platforms/platform.ts';

const MESSAGES: Partial<Record<JournalEvent['kind'], string>> = {
  'vehicle-entered': 'uploadCarInData',
  'vehicle-exited': 'uploadCarOutData',
  'bill-paid': 'uploadPayRecord',
};

/** A city that exists in practice only: it takes everything, or does not answer, as the lesson wants it. Nothing leaves the thread. */
export class PracticePlatform implements Platform {
  readonly id = 'qingdao';
  readonly title = '城市平台（训练）';
  readonly duties: readonly Duty[] = [];
  readonly concurrency = 2;
  readonly retry = { firstMs: 1_000, maxMs: 5_000, probeMs: 2_000 };
  #up = true;

  answer(up: boolean): void {
    this.#up = up;
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    const message = MESSAGES[event.kind];
    if (message === undefined) return [];
    return [{ id: `practice:${event.seq}`, message, key: event.key, kind: 'record', body: { seq: event.seq } }];
  }

  async send(): Promise<Delivery> {
    return this.#up
      ? { kind: 'delivered' }
      : { kind: 'retry', scope: 'link', reason: '训练：平台没有应答', answered: true };
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  status() {
    return { clockDriftMs: null, downlink: 'none' } as const;
  }
}
