import type { MessageStatus } from '../../../../shared/contract/outbox.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { handleMatching } from '../../outbox/bulk.ts';
import { Figures } from '../../outbox/figures.ts';
import { stateOf } from '../../outbox/states.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { withoutSecrets } from '../../runtime/redact.ts';
import type { OutboxRow } from '../../store/outbox-store.ts';
import type { OutboxCriteria } from '../../store/reader/requests.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { attemptView } from '../outbox-views.ts';
import { platePart } from '../paging.ts';
import { linkView, messageView } from '../views.ts';

type Wanted = Omit<OutboxCriteria, 'state' | 'from' | 'to' | 'endedFrom'> & {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly endedFrom?: string | undefined;
};

const criteriaOf = ({ plate, error, from, to, endedFrom, ...same }: Wanted): OutboxCriteria => ({
  ...{ platform: same.platform, kind: same.kind, message: same.message, key: same.key, upToId: same.upToId },
  ...{ plate: platePart(plate), error: error === '' ? undefined : error },
  from: from === undefined ? undefined : fromRfc3339(from),
  to: to === undefined ? undefined : fromRfc3339(to),
  endedFrom: endedFrom === undefined ? undefined : fromRfc3339(endedFrom),
});
const openState = (status: Extract<MessageStatus, 'waiting' | 'refused'>): 0 | 2 => (status === 'waiting' ? 0 : 2);

export function outboxHandlers(os: Guarded, deps: ApiDeps) {
  const { store, reader, hub, clock } = deps;
  const figures = new Figures(deps);
  const shown = (row: OutboxRow, plate: string | null) =>
    messageView(row, row.state === 0 ? hub.nextAttemptAt(row) : null, plate);
  const view = (row: OutboxRow) =>
    shown(row, row.key === null ? null : (store.read.stays.get(row.key)?.plate.text ?? null));
  return {
    list: os.outbox.list.handler(async ({ input, signal }) => {
      const { page, pageSize, status } = input;
      const found = await reader.outbox(
        {
          ...criteriaOf(input),
          state: status === undefined ? undefined : stateOf(status),
          offset: (page - 1) * pageSize,
          limit: pageSize,
        },
        signal,
      );
      const items = found.items.map(({ row, plate }) => shown(row, plate));
      return { items, total: found.total, exact: found.exact, page, pageSize };
    }),
    summary: os.outbox.summary.handler(() => hub.links().map((link) => linkView(link, clock.now()))),
    figures: os.outbox.figures.handler(() => figures.now()),
    retryMatching: os.outbox.retryMatching.handler(({ input, context, signal }) =>
      handleMatching(
        deps,
        { ...criteriaOf(input), state: openState(input.status) },
        { action: 'retry' },
        actorOf(context.user),
        signal,
      ),
    ),
    discardMatching: os.outbox.discardMatching.handler(({ input, context, signal }) =>
      handleMatching(
        deps,
        { ...criteriaOf(input), state: openState(input.status) },
        { action: 'discard', reason: input.reason },
        actorOf(context.user),
        signal,
      ),
    ),
    get: os.outbox.get.handler(({ input }) => {
      const row = store.read.outbox.get(input.id);
      if (!row) throw new NotFoundError('没有这条消息');
      const words = hub.wordsOf(row);
      return {
        ...view(row),
        body: withoutSecrets(JSON.parse(row.body)),
        journalSeq: row.journal_seq,
        title: words?.title ?? '',
        section: words?.section ?? '',
        fields: words?.fields ?? {},
        tries: store.read.outboxAttempts.of(row.id).map(attemptView),
        why: hub.why(row),
        chain: row.key === null ? [] : store.read.outbox.ofStay(row.key).map(view),
        dependents: store.read.outbox.dependents(row.id).map(({ id }) => id),
      };
    }),
    retry: os.outbox.retry.handler(({ input, context }) => view(hub.retry(input.id, actorOf(context.user)))),
    discard: os.outbox.discard.handler(({ input, context }) =>
      view(hub.discard(input.id, input.reason, actorOf(context.user), input.together)),
    ),
  };
}
