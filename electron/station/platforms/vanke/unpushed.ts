import { z } from 'zod';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { notDone, VANKE, type VankeCall, type VankeContext, type VankeReply } from './context.ts';
import { paging, period } from './down-fields.ts';
import { pageOf, sliceOf } from './paging.ts';

/** What the platform asks for pushes by that failed: when they were, and which page of them. */
export const unpushedSchema = z.looseObject({ ...paging, ...period });

type Asked = z.output<typeof unpushedSchema>;
type Row = Readonly<Record<string, string>>;

/**
 * Pushes that failed (推送失败记录), the earliest in front. They stay: who asks again is told the same. Both ends of the time belong to
 * it, to the end of their second.
 */
export function unpushed<S extends z.ZodType>(
  { message, schema, row }: { message: string; schema: S; row: (body: z.output<S>, context: VankeContext) => Row },
  { beginTime, endTime, ...page }: Asked,
  { at }: VankeCall,
  context: VankeContext,
): VankeReply {
  if (beginTime > (endTime ?? at)) return notDone('参数有误：beginTime 晚于 endTime');
  const to: EpochMs = endTime === undefined ? at : endTime + 999;
  const { outbox } = context.station().read;
  const found = outbox.givenUp(VANKE.name, message, { from: beginTime, to, ...sliceOf(page) });
  const rows = found.rows.flatMap(({ body }) => {
    const stored = schema.safeParse(body);
    if (stored.success) return [row(stored.data, context)];
    context.log.error('a failed push cannot be read', { message });
    return [];
  });
  return pageOf(found.total, rows, page);
}
