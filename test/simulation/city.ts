import type {
  Delivery,
  Duty,
  OutboundMessage,
  OutboxDraft,
  Platform,
} from '../../electron/station/platforms/platform.ts';
import type { JournalEvent } from '../../shared/domain/events.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import { later } from './ports.ts';
import type { Timeline } from './timeline.ts';

const TOLD: ReadonlySet<string> = new Set(['vehicle-entered', 'vehicle-exited', 'bill-paid', 'stay-closed']);

/** The city, which wants to hear of every stay. Its own list of what arrived outlives every crash of the station. */
export class VirtualCity {
  /** Key → messages in the order of their first arrival. */
  readonly arrived = new Map<string, string[]>();
  readonly ids = new Set<string>();
  down = false;

  take(id: string, key: string): void {
    if (this.ids.has(id)) return;
    this.ids.add(id);
    const list = this.arrived.get(key);
    if (list) list.push(id);
    else this.arrived.set(key, [id]);
  }
}

interface CityDeps {
  readonly city: VirtualCity;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly life: Life;
  readonly calm: () => boolean;
}

/** The station's side of it, for one run of the program. */
export class CityPlatform implements Platform {
  readonly id = 'qingdao';
  readonly title = '城市平台';
  readonly duties: readonly Duty[] = [];
  readonly concurrency = 4;
  readonly retry = { firstMs: 5_000, maxMs: 300_000, probeMs: 10_000 };
  readonly #deps: CityDeps;

  constructor(deps: CityDeps) {
    this.#deps = deps;
  }

  project(event: JournalEvent): readonly OutboxDraft[] {
    if (event.key === null || !TOLD.has(event.kind)) return [];
    const id = `${event.kind}:${event.key}:${event.seq}`;
    return [{ id, message: event.kind, key: event.key, kind: 'record', body: { id, key: event.key } }];
  }

  send({ body }: OutboundMessage): Promise<Delivery> {
    const { city, chance, life, calm } = this.#deps;
    if (life.dead) return new Promise(() => undefined);
    const { id, key } = body as { id: string; key: string };
    if (chance.is(0.2)) life.pass('at-port');
    const faulty = !calm();
    if (faulty && city.down) return this.#answer({ kind: 'retry', scope: 'link', reason: 'down', answered: true });
    const fate = faulty ? chance.among({ ok: 94, 'answer lost': 3, busy: 3 }) : 'ok';
    if (fate !== 'busy') city.take(id, key);
    if (fate === 'ok') return this.#answer({ kind: 'delivered' });
    if (fate === 'busy') return this.#answer({ kind: 'retry', scope: 'message', reason: 'busy', answered: true });
    return this.#answer({ kind: 'retry', scope: 'link', reason: 'timeout', answered: false });
  }

  #answer(delivery: Delivery): Promise<Delivery> {
    return later(this.#deps, this.#deps.chance.int(20, 400), () => delivery);
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  status() {
    return { clockDriftMs: null, downlink: 'none' } as const;
  }
}
