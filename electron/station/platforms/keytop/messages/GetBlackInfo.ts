import type { ListEntry } from '../../../../../shared/domain/list.ts';
import { sleep } from '../../../runtime/clock.ts';
import { KEYTOP, type KeytopContext, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybePlate } from '../down-fields.ts';

/** The black list, whoever put a plate there, or the entry of one plate; what is over counts no more. */
export const GetBlackInfo = down({
  name: 'GetBlackInfo',
  title: '黑名单查询接口',
  section: '下行4.9',
  schema: parameters({ plateNo: maybePlate() }),
  sample: { plateNo: '' },
  handle: async ({ plateNo }, _call, context) =>
    rows(await (plateNo === '' ? all(context) : ofPlate(plateNo, context))),
});

/** Entries that are read before a car that came meanwhile has its turn. */
const AT_ONCE = 200;

async function all(context: KeytopContext): Promise<Readonly<Record<string, unknown>>[]> {
  const { clock, station } = context;
  const found: { readonly blackId: number }[] = [];
  for (let last = ''; ; ) {
    const entries = station().read.lists.after(last, AT_ONCE);
    const end = entries.at(-1);
    if (end === undefined) break;
    found.push(...told(entries, context));
    if (entries.length < AT_ONCE) break;
    last = end.id;
    await sleep(clock, 0);
  }
  return found.sort((a, b) => a.blackId - b.blackId);
}

function ofPlate(plate: string, context: KeytopContext): Readonly<Record<string, unknown>>[] {
  return told(context.station().read.lists.ofPlate('black', plate), context);
}

function told(entries: readonly ListEntry[], { commands, clock }: KeytopContext) {
  const now = clock.now();
  const listed = entries.filter(({ list, validTo }) => list === 'black' && validTo >= now);
  const numbers = commands.numbersOf(
    KEYTOP.name,
    'list-entry',
    listed.map(({ id }) => id),
  );
  return listed.map(({ plate, remark }, at) => ({ blackId: numbers[at] ?? 0, plateNo: plate, remark }));
}
