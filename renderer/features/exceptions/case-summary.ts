import type { StationClient } from '../../../shared/contract/index.ts';

/** Which cases a list shows. */
export type CaseTab = 'open' | 'mine' | 'nobody' | 'closed';

/** What is open by kind, and who there is to hand a case over to. */
export type CaseSummary = Awaited<ReturnType<StationClient['cases']['summary']>>;
