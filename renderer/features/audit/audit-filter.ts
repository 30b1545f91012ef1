import { timestampSchema } from '../../../shared/domain/time.ts';

type Query = Readonly<Record<string, string | undefined>>;

export interface AuditFilter {
  readonly scope: 'people' | 'all';
  readonly kind?: string;
  readonly user?: string;
  readonly from?: string;
  readonly to?: string;
  readonly key?: string;
  readonly laneId?: string;
}

/** The filter as it stands in the address. */
export function auditFilterOf(query: Query): AuditFilter {
  const texts = { kind: 40, user: 40, key: 64, laneId: 64 } as const;
  const moments = (['from', 'to'] as const).flatMap((name) => {
    const at = timestampSchema.safeParse(query[name]).data;
    return at === undefined ? [] : [[name, at] as const];
  });
  const given = Object.entries(texts).flatMap(([name, most]) => {
    const text = query[name]?.trim().slice(0, most);
    return text ? [[name, text] as const] : [];
  });
  return { scope: query['scope'] === 'all' ? 'all' : 'people', ...Object.fromEntries([...moments, ...given]) };
}
