import { BOOK } from './book.ts';
import { CARDS } from './cards.ts';
import type { DownInterface } from './define.ts';
import { MANAGE } from './manage.ts';
import { PAY } from './pay.ts';
import { RECORDS } from './records.ts';

const ALL = [...RECORDS, ...MANAGE, ...PAY, ...CARDS, ...BOOK];

/** The 28 down interfaces, by name. */
export const DOWN: ReadonlyMap<string, DownInterface> = new Map(ALL.map((one) => [one.name, one]));

export function downOf(name: string): DownInterface {
  const found = DOWN.get(name);
  if (!found) throw new Error(`no down interface ${name}`);
  return found;
}
