import { useMemo } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { useAsk } from '../../office/use-ask.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Layout {
  readonly areas: readonly Named[];
  readonly quotas: readonly Named[];
  /** In words; none is everywhere. */
  readonly areaNames: (ids: readonly string[]) => string;
  readonly quotaName: (id: string | null) => string;
}

/** The areas and reserved quotas of the car park, by which cards are bound. */
export function useLayout(): Layout {
  const { t } = useWords();
  const { data } = useAsk((client, signal) => client.spaces.get(undefined, { signal }), []);
  return useMemo(() => {
    const areas = (data?.areas ?? []).map(({ areaId, name }) => ({ id: areaId, name }));
    const quotas = (data?.quotas ?? []).map(({ quotaId, name }) => ({ id: quotaId, name }));
    const nameIn = (all: readonly Named[], id: string): string => all.find((each) => each.id === id)?.name ?? id;
    return {
      areas,
      quotas,
      areaNames: (ids) => (ids.length === 0 ? t('cards.allAreas') : ids.map((id) => nameIn(areas, id)).join('、')),
      quotaName: (id) => (id === null ? t('cards.noQuota') : nameIn(quotas, id)),
    };
  }, [data, t]);
}
