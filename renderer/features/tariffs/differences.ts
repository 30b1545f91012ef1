import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import type { Path } from './form.ts';
import { pathWords, valueWords } from './path-words.ts';

export interface Difference {
  readonly path: Path;
  readonly where: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Leaves = Map<string, { readonly path: Path; readonly value: unknown }>;

/** Says nothing about the price of anything. */
const beside = new Set(['version', 'effectiveFrom']);

function leavesOf(value: unknown, path: Path, into: Leaves): Leaves {
  if (value === undefined) return into;
  if (Array.isArray(value)) for (const [index, each] of value.entries()) leavesOf(each, [...path, index], into);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      if (path.length > 0 || !beside.has(key)) leavesOf(inner, [...path, key], into);
  } else into.set(path.join('.'), { path, value });
  return into;
}

/** Whether the two have so little in common that a list of fields says less than the new price table. */
export function mostlyOther(before: unknown, after: unknown): boolean {
  const old = leavesOf(before, [], new Map());
  const young = leavesOf(after, [], new Map());
  const keys = new Set([...young.keys(), ...old.keys()]);
  const changed = [...keys].filter((key) => old.get(key)?.value !== young.get(key)?.value);
  return changed.length * 2 > keys.size;
}

/** What differs between two tariffs, field by field, in words. */
export function differencesOf(
  before: unknown,
  after: unknown,
  t: Translate,
  language: Language,
): readonly Difference[] {
  const old = leavesOf(before, [], new Map());
  const young = leavesOf(after, [], new Map());
  const keys = [...new Set([...young.keys(), ...old.keys()])];
  return keys.flatMap((key) => {
    const one = old.get(key);
    const other = young.get(key);
    if (one?.value === other?.value) return [];
    const path = other?.path ?? one?.path ?? [];
    const word = (leaf: typeof one): string | null => (leaf ? valueWords(leaf.path, leaf.value, t, language) : null);
    return [{ path, where: pathWords(path, t), before: word(one), after: word(other) }];
  });
}
