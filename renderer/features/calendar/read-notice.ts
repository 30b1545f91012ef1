import { between } from './days.ts';

/** What was read out of a pasted notice or list. */
export interface Notice {
  readonly days: readonly { readonly date: string; readonly name: string }[];
  readonly makeupWorkdays: readonly string[];
  /** Lines in which no date was found. */
  readonly unread: readonly string[];
}

const ASIDE = '(?:[（(][^）)]*[）)])?';
const DATE = `(?:(\\d{4})\\s*[-年/.]\\s*)?(\\d{1,2})\\s*[-月/.]\\s*(\\d{1,2})日?${ASIDE}`;
const END = `(?:(\\d{4})\\s*[-年/.]\\s*)?(?:(\\d{1,2})\\s*[-月/.]\\s*)?(\\d{1,2})日?${ASIDE}`;
const spans = new RegExp(`${DATE}(?:\\s*(?:至|到|—+|–|~|～|-)\\s*${END})?`, 'g');

const pad = (value: string | number): string => String(value).padStart(2, '0');

function dateOf(year: string | number, month: string, day: string): string | undefined {
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === date ? date : undefined;
}

/** All dates that a clause names, spans spread out. */
function datesIn(clause: string, year: number): readonly string[] {
  return [...clause.matchAll(spans)].flatMap(([, y, m = '', d = '', y2, m2, d2]) => {
    const from = dateOf(y ?? year, m, d);
    if (from === undefined) return [];
    const to = d2 === undefined ? from : dateOf(y2 ?? y ?? year, m2 ?? m, d2);
    return to === undefined || to < from ? [from] : between(from, to);
  });
}

/** The name of the holiday: before the colon, else what is left of the line without dates and the usual words. */
function nameIn(line: string): string {
  const cut = line.search(/[：:]/);
  const text = cut > 0 && !/\d/.test(line.slice(0, cut)) ? line.slice(0, cut) : line.replace(spans, ' ');
  return text
    .replace(/^[\s一二三四五六七八九十\d]+[、.]/, '')
    .replace(/放假(调休)?|调休|补班|上班|共\s*\d+\s*天|[，,。；;、\s]/g, '')
    .slice(0, 30);
}

/**
 * Reads the State Council's notice as it is published, or a list with a date and a name in each line. What is worked in exchange says
 * 上班 or 补班. Dates without a year are of `year`.
 */
export function readNotice(text: string, year: number): Notice {
  const days = new Map<string, string>();
  const makeup = new Set<string>();
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '') continue;
    const name = nameIn(line);
    let found = 0;
    for (const clause of line.split(/[。；;]/)) {
      const dates = datesIn(clause, year);
      found += dates.length;
      const worked = /上班|补班|work/i.test(clause);
      for (const date of dates) {
        if (worked) makeup.add(date);
        else if (name !== '') days.set(date, name);
        else found -= 1;
      }
    }
    if (found === 0) unread.push(line);
  }
  return {
    days: [...days].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1)),
    makeupWorkdays: [...makeup].sort(),
    unread,
  };
}
