import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { ruleBook } from './0020-rule-book.ts';
import { search } from './0021-search.ts';
import { imports } from './0022-imports.ts';
import { shifts } from './0023-shifts.ts';
import { tariffs } from './0024-tariffs.ts';
import { configurations } from './0030-configurations.ts';
import { people } from './0031-people.ts';
import { outboxOffice } from './0033-outbox-office.ts';
import { departurePay } from './0034-departure-pay.ts';
import { outboxReceipts } from './0035-outbox-receipts.ts';
import { platformBooks } from './0036-platform-books.ts';
import { givenUp } from './0037-given-up.ts';
import { audit } from './0038-audit.ts';
import { platformNumbers } from './0039-platform-numbers.ts';
import { changeOrders } from './0040-change-orders.ts';
import { cardIcs } from './0041-card-ics.ts';
import { berths } from './0042-berths.ts';
import { listColors } from './0044-list-colors.ts';
import { printJobs } from './0045-print-jobs.ts';

/** Every migration, in order. Numbers grow in tens; a published migration is never edited. */
export const migrations: readonly Migration[] = [
  foundation,
  ruleBook,
  search,
  imports,
  shifts,
  tariffs,
  configurations,
  people,
  outboxOffice,
  departurePay,
  outboxReceipts,
  platformBooks,
  givenUp,
  audit,
  platformNumbers,
  changeOrders,
  cardIcs,
  berths,
  listColors,
  printJobs,
];
