import { z } from 'zod';
import { type Tariff, tariffSchema } from '../../../shared/domain/tariff.ts';
import { ConflictError } from '../runtime/errors.ts';

/**
 * A document from outside is measured before it is parsed: the checks between its fields compare rules with each other, and a
 * document of ten thousand of them must not hold up a lane before it is refused.
 */
const LIMITS = { depth: 20, values: 20_000, items: 500 } as const;

/** More faults than these are counted, not listed. */
const LISTED_FAULTS = 30;

const chinese = z.locales.zhCN().localeError;

/** Ids that stand in the API's paths where the id of a tariff does. */
const RESERVED: ReadonlySet<string> = new Set([
  'drafts',
  'preview',
  'versions',
  'templates',
  'replays',
  'lost-ticket',
  'acceptance-cases',
]);

type Path = readonly (string | number)[];

/** `["rules", 1, "free"]` → `rules[1].free`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '') || '(document)';

function measure(document: unknown): string | undefined {
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: document, path: [] }];
  let values = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    values += 1;
    if (values > LIMITS.values) return `内容过多（超过 ${LIMITS.values} 个值）`;
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= LIMITS.depth) return `${pathText(path.slice(0, 3))}…: 嵌套超过 ${LIMITS.depth} 层`;
    if (Array.isArray(value) && value.length > LIMITS.items) return `${pathText(path)}: 超过 ${LIMITS.items} 项`;
    for (const [key, inner] of Object.entries(value))
      open.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
  }
  return undefined;
}

const refused = (faults: readonly string[]): ConflictError => {
  const more = faults.length > LISTED_FAULTS ? `；另有 ${faults.length - LISTED_FAULTS} 处` : '';
  return new ConflictError('tariff-invalid', `收费规则有误：${faults.slice(0, LISTED_FAULTS).join('；')}${more}`);
};

/**
 * A tariff as somebody wrote it.
 *
 * @throws ConflictError `tariff-invalid`, naming every fault with its path
 */
export function parseTariff(document: unknown): Tariff {
  const tooMuch = measure(document);
  if (tooMuch !== undefined) throw refused([tooMuch]);
  const parsed = tariffSchema.safeParse(document, { error: chinese });
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`));
  if (RESERVED.has(parsed.data.id)) throw refused([`id: 「${parsed.data.id}」不能用作编号`]);
  return parsed.data;
}
