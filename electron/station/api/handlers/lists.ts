import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { NotFoundError } from '../../runtime/errors.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { listEntryView } from '../views.ts';

const times = (input: { readonly validFrom?: string | undefined; readonly validTo?: string | undefined }) => ({
  validFrom: input.validFrom === undefined ? undefined : fromRfc3339(input.validFrom),
  validTo: input.validTo === undefined ? undefined : fromRfc3339(input.validTo),
});

export function listHandlers(os: Guarded, deps: ApiDeps) {
  const { reader } = deps;
  const { lists } = deps.registry;
  return {
    list: os.lists.list.handler(async ({ input, signal }) => {
      const { page, pageSize } = input;
      const plate = input.plate === undefined ? undefined : normalisePlateText(input.plate);
      const found = await reader.registry(
        'lists',
        {
          list: input.list,
          plate,
          offset: (page - 1) * pageSize,
          limit: pageSize,
        },
        signal,
      );
      return { items: found.items.map(listEntryView), total: found.total, page, pageSize };
    }),
    add: os.lists.add.handler(({ input, context }) =>
      listEntryView(lists.put({ ...input, ...times(input) }, actorOf(context.user))),
    ),
    update: os.lists.update.handler(({ input, context }) =>
      listEntryView(
        lists.update(
          input.id,
          {
            plateColor: input.plateColor,
            strategy: input.strategy,
            vehicleClass: input.vehicleClass,
            remark: input.remark,
            ...times(input),
          },
          actorOf(context.user),
        ),
      ),
    ),
    remove: os.lists.remove.handler(({ input, context }) => {
      if (!lists.remove({ id: input.id }, actorOf(context.user), input.reason))
        throw new NotFoundError('名单中没有这条记录');
      return {};
    }),
  };
}
