import { guarded } from './base.ts';
import type { ApiDeps } from './deps.ts';
import { authHandlers } from './handlers/auth.ts';
import { journalHandlers } from './handlers/journal.ts';
import { laneHandlers } from './handlers/lanes.ts';
import { listHandlers } from './handlers/lists.ts';
import { outboxHandlers } from './handlers/outbox.ts';
import { stayHandlers } from './handlers/stays.ts';

/** The contract, implemented. The compiler demands a handler for every procedure of `shared/contract`. */
export function createRouter(deps: ApiDeps) {
  const os = guarded(deps.accounts);
  return os.router({
    auth: authHandlers(os, deps),
    lanes: laneHandlers(os, deps),
    ...stayHandlers(os, deps),
    lists: listHandlers(os, deps),
    outbox: outboxHandlers(os, deps),
    ...journalHandlers(os, deps),
  });
}

export type ApiRouter = ReturnType<typeof createRouter>;
