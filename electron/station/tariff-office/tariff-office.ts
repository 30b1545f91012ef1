import type { Area, Lane, Site } from '../../../shared/domain/site.ts';
import type { Fee, Tariff } from '../../../shared/domain/tariff.ts';
import type { Pricing } from '../payments/pricing.ts';
import type { Clock, Ids, Log } from '../runtime/ports.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { Store } from '../store/store.ts';
import type { RuleSubject } from '../tariff/book.ts';
import { priceLostTicket } from '../tariff/lost-ticket.ts';
import { bookAsIf } from './as-if.ts';
import { CalendarDesk } from './calendar-desk.ts';
import { Cases } from './cases.ts';
import { Drafts } from './drafts.ts';
import { publishProvisioned } from './provisioned.ts';
import { Publishing } from './publishing.ts';
import { Replays } from './replays.ts';
import { type Trial, type TrialFacts, tryOut } from './trial.ts';
import { Versions } from './versions.ts';

/** Everything about tariffs that people decide, over the engine that only calculates. */
export interface TariffOffice {
  readonly versions: Versions;
  readonly drafts: Drafts;
  readonly cases: Cases;
  readonly publishing: Publishing;
  readonly calendar: CalendarDesk;
  readonly replays: Replays;
  /** 试算 of a published tariff as the lanes that name it charge it, or of one version of it alone. */
  tryPublished(tariffId: string, version: number | undefined, facts: TrialFacts): Trial;
  tryDraft(draftId: string, facts: TrialFacts): Trial;
  /** 试算 of a tariff that nobody has saved. */
  tryWritten(tariff: Tariff, facts: TrialFacts): Trial;
  /** What a car pays of which nobody knows since when it is inside; null when its rule names no such price. */
  lostTicket(car: RuleSubject & { readonly areaId?: string | undefined }, tariffId?: string): Fee | null;
  stop(): Promise<void>;
}

const PRICES_CHANGED = new Set(['tariff-published', 'tariff-withdrawn', 'calendar-changed']);

/** Opens the office: what was published prices from here on, then what the provision file has that is new. */
export function openTariffOffice(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly reader: Pick<Reader, 'ended'>;
  readonly pricing: Pricing;
  readonly site: Site;
  readonly lanes: readonly Lane[];
  readonly areas: readonly Pick<Area, 'id'>[];
  readonly provisioned: readonly Tariff[];
}): TariffOffice {
  const { store, clock, pricing, site, lanes } = deps;
  const areas = deps.areas.map((area) => area.id);
  const versions = new Versions({ store, clock, pricing, named: lanes.flatMap((lane) => lane.tariff ?? []) });
  const unsubscribe = store.onCommitted((events) => {
    if (events.some(({ kind }) => PRICES_CHANGED.has(kind))) versions.refresh();
  });
  publishProvisioned({ ...deps, versions }, deps.provisioned);
  const drafts = new Drafts({ ...deps, versions });
  const cases = new Cases(deps);
  const replays = new Replays({ ...deps, drafts });
  const tryAlone = (tariff: Tariff, facts: TrialFacts): Trial =>
    tryOut({ ...bookAsIf(pricing.book(), tariff), tariffId: tariff.id }, facts, site.rules.graceMinutes);
  return {
    versions,
    drafts,
    cases,
    publishing: new Publishing({ store, clock, pricing, drafts, cases, versions, areas }),
    calendar: new CalendarDesk({ store, versions }),
    replays,
    tryPublished: (tariffId, version, facts) => {
      const { tariff } = versions.get(tariffId, version);
      if (version !== undefined) return tryAlone(tariff, facts);
      return tryOut(pricing.book(tariffId), facts, site.rules.graceMinutes);
    },
    tryDraft: (draftId, facts) => tryAlone(drafts.get(draftId).tariff, facts),
    tryWritten: tryAlone,
    lostTicket: (car, tariffId) => priceLostTicket(pricing.book(tariffId), car, clock.now()),
    stop: async () => {
      unsubscribe();
      await replays.stop();
    },
  };
}
