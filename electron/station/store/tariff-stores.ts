import type { Database } from 'better-sqlite3';
import { type Calendar, EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import {
  type CaseSet,
  caseSetSchema,
  keptCalendarSchema,
  type PublishedTariff,
  publishedTariffSchema,
  type TariffDraft,
  tariffDraftSchema,
} from '../../../shared/domain/tariff-records.ts';
import { DocumentStore } from './document-store.ts';

export class TariffDraftStore extends DocumentStore<TariffDraft> {
  readonly #all: () => TariffDraft[];

  constructor(db: Database) {
    super(db, {
      table: 'tariff_drafts',
      schema: tariffDraftSchema,
      columns: (draft) => ({ updated_at_ms: draft.updatedAt }),
    });
    this.#all = this.finder('ORDER BY updated_at_ms DESC, id');
  }

  /** The one changed last in front. */
  all(): TariffDraft[] {
    return this.#all();
  }
}

export class TariffVersionStore extends DocumentStore<PublishedTariff> {
  readonly #all: () => PublishedTariff[];

  constructor(db: Database) {
    super(db, {
      table: 'tariff_versions',
      schema: publishedTariffSchema,
      columns: (version) => ({ number: version.number, tariff_id: version.tariff.id }),
    });
    this.#all = this.finder('ORDER BY number');
  }

  /** In the order of publication, withdrawn ones included. */
  all(): PublishedTariff[] {
    return this.#all();
  }
}

export class CaseSetStore extends DocumentStore<CaseSet> {
  constructor(db: Database) {
    super(db, { table: 'tariff_cases', schema: caseSetSchema, columns: (set) => ({ cases: set.cases.length }) });
  }
}

export class CalendarStore extends DocumentStore<{ id: 'calendar'; calendar: Calendar }> {
  constructor(db: Database) {
    super(db, { table: 'calendars', schema: keptCalendarSchema, columns: () => ({}) });
  }

  /** Saturdays and Sundays until somebody says more. */
  current(): Calendar {
    return this.get('calendar')?.calendar ?? EMPTY_CALENDAR;
  }
}
