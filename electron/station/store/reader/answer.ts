import type { Database } from 'better-sqlite3';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { ReportQueries } from '../report-queries.ts';
import type { BalanceRow, ClassRow, DayRows, DeedRow } from '../report-rows.ts';
import { ActSearch } from './act-search.ts';
import { DoubtfulSearch } from './doubtful-search.ts';
import { EndedStays } from './ended-stays.ts';
import { JournalSearch } from './journal-search.ts';
import { Occupancy, type OccupancyRows } from './occupancy.ts';
import { type DifferencePage, OutboxFigureQueries, type OutboxFigures, type OutboxSpan } from './outbox-figures.ts';
import { OutboxSearch } from './outbox-search.ts';
import { type ExitRecords, type InsideRecords, RecordSearch } from './record-search.ts';
import { type RegistryPage, registrySearch } from './registry-search.ts';
import { type DetailPage, type Groups, ReportDetail } from './report-detail.ts';
import type {
  ActCounts,
  ActPage,
  DoubtfulPage,
  JournalPage,
  OutboxIds,
  OutboxPage,
  ReaderRequest,
  StayPage,
} from './requests.ts';
import type { Alive } from './slices.ts';
import { StaySearch } from './stay-search.ts';

type Answer =
  | StayPage
  | Stay[]
  | DoubtfulPage
  | ActPage
  | ActCounts
  | JournalPage
  | OutboxPage
  | OutboxIds
  | OutboxFigures
  | OutboxSpan
  | DifferencePage
  | RegistryPage
  | ExitRecords
  | InsideRecords
  | DayRows
  | DeedRow[]
  | OccupancyRows
  | DetailPage
  | Groups
  | BalanceRow[]
  | ClassRow[];

/**
 * Answers requests out of one connection. Each answer is one snapshot, taken when its first row is read: all that was committed before the
 * request is in it, and nothing that is committed meanwhile tears it apart.
 */
export function answerer(db: Database): (request: ReaderRequest, alive: Alive) => Answer {
  const stays = new StaySearch(db);
  const ended = new EndedStays(db);
  const doubtful = new DoubtfulSearch(db);
  const acts = new ActSearch(db);
  const journal = new JournalSearch(db);
  const outbox = new OutboxSearch(db, stays);
  const figures = new OutboxFigureQueries(db);
  const registry = registrySearch(db);
  const reports = new ReportQueries(db);
  const detail = new ReportDetail(db);
  const occupancy = new Occupancy(db);
  const records = new RecordSearch(db);
  const answer = (request: ReaderRequest, alive: Alive): Answer => {
    switch (request.what) {
      case 'stays':
        return stays.search(request.filter, alive);
      case 'ended':
        alive();
        return ended.after(request.filter);
      case 'stale':
        return stays.stale(request.before, request);
      case 'doubtful':
        return doubtful.page(request.filter, alive);
      case 'acts':
        return acts.page(request.filter, alive);
      case 'act-counts':
        return acts.counts(request, alive);
      case 'journal':
        return journal.search(request.filter, alive);
      case 'outbox':
        return outbox.search(request.filter, alive);
      case 'outbox-ids':
        return outbox.ids(request.filter, request.limit, alive);
      case 'outbox-figures':
        alive();
        return figures.figures(request.dayStart, request.now);
      case 'outbox-span':
        return figures.span(request.from, request.to);
      case 'outbox-differences':
        alive();
        return figures.differences(request.runId, request);
      case 'registry':
        alive();
        return registry(request.table, request.filter);
      case 'exit-records':
        return records.exits(request.filter, alive);
      case 'inside-records':
        alive();
        return records.inside(request.filter);
      case 'occupancy':
        alive();
        return occupancy.read(request);
      case 'report-rows':
        return detail.rows(request.filter, alive);
      case 'report-groups':
        return detail.groups(request.filter, alive);
      case 'report':
        alive();
        return reports[request.read](request);
    }
  };
  return db.transaction(answer);
}
