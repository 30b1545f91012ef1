import type { ActView } from '../../../shared/contract/exceptions.ts';
import type { ActsAbout, Edited } from '../../../shared/domain/acts.ts';
import { useQuery } from '../../lib/route.ts';
import { type Rows, useRows } from '../../office/use-rows.ts';
import type { ActsSpan } from './acts-span.ts';

/** Acts of one sort, narrowed on the station by days and person. */
export function useActs(
  about: ActsAbout,
  { moments }: ActsSpan,
  more: { readonly loose?: 'true'; readonly edited?: Edited | undefined } = {},
): Rows<ActView> {
  const [query] = useQuery();
  const filter = {
    about,
    ...(moments ?? {}),
    ...(query['user'] ? { user: query['user'] } : {}),
    ...(more.loose === undefined ? {} : { loose: more.loose }),
    ...(more.edited === undefined ? {} : { edited: more.edited }),
  };
  return useRows<ActView>(
    (client, page, signal) => client.exceptions.acts({ ...filter, ...page }, { signal }),
    [JSON.stringify(filter)],
  );
}
