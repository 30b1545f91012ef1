import { z } from 'zod';
import type { ListEntry } from '../../../../../shared/domain/list.ts';
import { placeFields } from '../car.ts';
import { KEYTOP } from '../context.ts';
import { up } from '../define.ts';
import { toSlashed } from '../fields.ts';
import { placeOf } from '../places.ts';

/** A car of the third party's own blacklist at an entrance, once for each time it comes, whether it gets in or not. */
export const PostBlackInInfo = up({
  name: 'PostBlackInInfo',
  title: '入场黑名单提交接口',
  section: '上行2.4',
  schema: z.strictObject({
    ...placeFields,
    /** Ours; its number is what is sent. */
    entryId: z.string().min(1).max(64),
    plateNo: z.string().min(1).max(16),
    remark: z.string().max(200),
  }),
  sample: {
    ...{ entryId: 'list_1', plateNo: '闽A12345', remark: '违章停车' },
    ...{ laneId: 'in1', laneName: '入口1', at: 1_553_472_309_000 },
  },
  from: {
    'passage-waiting': ({ body, passageId, laneId, at }) => reading(body.listed, { passageId, laneId, at }),
    'vehicle-entered': ({ body, passageId, at }) => reading(body.listed, { passageId, laneId: body.lane.id, at }),
  },
  wire: ({ entryId, plateNo, remark, at, laneId, laneName }, context) => ({
    blackId: context.commands.numberOf(KEYTOP.name, 'list-entry', entryId),
    ...{ plateNo, remark },
    entryPlace: placeOf({ laneId, laneName }, 'in', context),
    entryTime: toSlashed(at, context.settings),
  }),
});

function reading(
  entry: ListEntry | undefined,
  where: { readonly passageId: string | null; readonly laneId: string | null; readonly at: number },
) {
  const { passageId, laneId, at } = where;
  if (entry?.source !== KEYTOP.name || passageId === null || laneId === null) return undefined;
  return {
    // The same car waits, is let in and enters: that is one appearance.
    recordId: `${passageId}-${entry.id}`,
    key: null,
    body: { entryId: entry.id, plateNo: entry.plate, remark: entry.remark, laneId, laneName: '', at },
  };
}
