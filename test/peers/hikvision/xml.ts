const TOKEN =
  /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)|(<)/g;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const plain = (text: string): string => text.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

export const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

/** A small document: its root, and the texts of its leaves by local name. */
export interface Leaves {
  readonly root: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Reads a document without mixed content; null when it is not well-formed. */
export function readXml(text: string): Leaves | null {
  const fields = new Map<string, string>();
  const open: string[] = [];
  let root: string | undefined;
  let leaf = '';
  for (const [, closing, name, , empty, words, stray] of text.matchAll(TOKEN)) {
    if (stray !== undefined) return null;
    if (words !== undefined) {
      if (open.length === 0 && words.trim() !== '') return null;
      leaf += words;
    } else if (name !== undefined && closing === '') {
      if (open.length === 0 && root !== undefined) return null;
      root ??= local(name);
      leaf = '';
      if (empty === '') open.push(name);
      else fields.set(local(name), '');
    } else if (name !== undefined) {
      if (open.pop() !== name) return null;
      if (leaf !== '' && leaf.trim() !== '') fields.set(local(name), plain(leaf.trim()));
      leaf = '';
    }
  }
  return root === undefined || open.length > 0 ? null : { root, fields };
}
