import { stateOf } from '../../outbox/hub.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { redact } from '../../runtime/log.ts';
import type { OutboxRow } from '../../store/outbox-store.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { linkView, messageView } from '../views.ts';

export function outboxHandlers(os: Guarded, deps: ApiDeps) {
  const { store, hub, clock } = deps;
  const view = (row: OutboxRow) => messageView(row, row.state === 0 ? hub.nextAttemptAt(row) : null, store.read.stays);
  return {
    list: os.outbox.list.handler(({ input }) => {
      const { page, pageSize } = input;
      const found = store.read.outbox.search({
        platform: input.platform,
        state: input.status === undefined ? undefined : stateOf(input.status),
        key: input.key,
        offset: (page - 1) * pageSize,
        limit: pageSize,
      });
      return { items: found.items.map(view), total: found.total, page, pageSize };
    }),
    summary: os.outbox.summary.handler(() => hub.links().map((link) => linkView(link, clock.now()))),
    get: os.outbox.get.handler(({ input }) => {
      const row = store.read.outbox.get(input.id);
      if (!row) throw new NotFoundError('没有这条消息');
      return { ...view(row), body: redact(JSON.parse(row.body)), journalSeq: row.journal_seq };
    }),
    retry: os.outbox.retry.handler(({ input, context }) => view(hub.retry(input.id, actorOf(context.user)))),
    discard: os.outbox.discard.handler(({ input, context }) =>
      view(hub.discard(input.id, input.reason, actorOf(context.user))),
    ),
  };
}
