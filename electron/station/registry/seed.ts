import type { ListKind } from '../../../shared/domain/list.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import type { Store } from '../store/store.ts';
import type { Lists } from './lists.ts';

interface SeedEntry {
  readonly list: ListKind;
  readonly plate: string;
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  readonly remark?: string | undefined;
}

/** Entries that a provision file brings. What stands on a list already was changed since, or came from a platform: it stays. */
export function seedLists(lists: Lists, store: Store, entries: readonly SeedEntry[]): void {
  for (const entry of entries) {
    if (store.read.lists.find(entry.list, normalisePlateText(entry.plate))) continue;
    lists.put(
      {
        list: entry.list,
        plate: entry.plate,
        remark: entry.remark,
        validFrom: entry.validFrom === undefined ? 0 : fromRfc3339(entry.validFrom),
        validTo: entry.validTo === undefined ? undefined : fromRfc3339(entry.validTo),
      },
      { kind: 'station', name: 'provision' },
    );
  }
}
