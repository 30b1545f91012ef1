import { z } from 'zod';
import { SHENZHEN, type ShenzhenContext } from './context.ts';

type Needed = Pick<ShenzhenContext, 'site' | 'commands'>;

const KEY = 'site-codes';
/** A car park that was renumbered more often than that has no debts left from before. */
const MOST = 20;

/** Kept for good: a debt is paid years later. The newest first. */
const keptSchema = z.object({ codes: z.array(z.string()) });

const keptCodes = ({ commands }: Needed): readonly string[] => {
  const text = commands.recall(SHENZHEN.name, KEY);
  return text === undefined ? [] : (keptSchema.safeParse(JSON.parse(text)).data?.codes ?? []);
};

/** The codes under which stays of this car park began: today's, then those from before, for record codes have none. */
export function* siteCodes(context: Needed): Iterable<string> {
  yield context.site.code;
  for (const code of keptCodes(context)) if (code !== context.site.code) yield code;
}

/** At each start: a code that is new is known from then on, whatever the car park is called later. */
export function rememberSiteCode(context: Needed): void {
  const known = keptCodes(context);
  const { code } = context.site;
  if (known[0] === code) return;
  const codes = [code, ...known.filter((each) => each !== code)].slice(0, MOST);
  context.commands.remember(SHENZHEN.name, KEY, JSON.stringify({ codes }));
}
