import { stateOf } from '../../outbox/hub.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { withoutSecrets } from '../../runtime/redact.ts';
import type { OutboxRow } from '../../store/outbox-store.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart } from '../paging.ts';
import { linkView, messageView } from '../views.ts';

export function outboxHandlers(os: Guarded, deps: ApiDeps) {
  const { store, reader, hub, clock } = deps;
  const shown = (row: OutboxRow, plate: string | null) =>
    messageView(row, row.state === 0 ? hub.nextAttemptAt(row) : null, plate);
  const view = (row: OutboxRow) =>
    shown(row, row.key === null ? null : (store.read.stays.get(row.key)?.plate.text ?? null));
  return {
    list: os.outbox.list.handler(async ({ input, signal }) => {
      const { page, pageSize } = input;
      const found = await reader.outbox(
        {
          platform: input.platform,
          state: input.status === undefined ? undefined : stateOf(input.status),
          key: input.key,
          plate: platePart(input.plate),
          offset: (page - 1) * pageSize,
          limit: pageSize,
        },
        signal,
      );
      const items = found.items.map(({ row, plate }) => shown(row, plate));
      return { items, total: found.total, exact: found.exact, page, pageSize };
    }),
    summary: os.outbox.summary.handler(() => hub.links().map((link) => linkView(link, clock.now()))),
    get: os.outbox.get.handler(({ input }) => {
      const row = store.read.outbox.get(input.id);
      if (!row) throw new NotFoundError('没有这条消息');
      return { ...view(row), body: withoutSecrets(JSON.parse(row.body)), journalSeq: row.journal_seq };
    }),
    retry: os.outbox.retry.handler(({ input, context }) => view(hub.retry(input.id, actorOf(context.user)))),
    discard: os.outbox.discard.handler(({ input, context }) =>
      view(hub.discard(input.id, input.reason, actorOf(context.user))),
    ),
  };
}
