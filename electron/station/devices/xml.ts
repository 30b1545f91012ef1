/**
 * The small XML of devices: elements and their texts, by local name. Prefixes, namespaces, attributes and comments count for nothing.
 * There are no entities but the five of XML and characters by number, so that nothing can grow.
 */
export interface XmlNode {
  readonly name: string;
  /** Its own text, without blanks around it. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

interface Open {
  readonly name: string;
  readonly raw: string;
  text: string;
  readonly children: XmlNode[];
}

const MOST_CHARACTERS = 512 * 1024;
const MOST_DEPTH = 32;
const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/!?]+)((?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?)(\/?)>|([^<]+)|</g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const plain = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The root of a document, whatever stands around it; null when it is cut off or not well-formed. */
export function readXml(document: string): XmlNode | null {
  if (document.length > MOST_CHARACTERS) return null;
  const start = document.search(/<[^\s<>/!?]/);
  if (start < 0 || document.slice(0, start).includes('<!DOCTYPE')) return null;
  const open: Open[] = [];
  for (const [token, data, closing, raw, , empty, text] of document.slice(start).matchAll(TOKEN)) {
    const parent = open.at(-1);
    if (data !== undefined || text !== undefined) {
      if (parent) parent.text += data ?? plain(text ?? '');
    } else if (raw === undefined) {
      if (token === '<') return null;
    } else if (closing === '/') {
      if (parent?.raw !== raw) return null;
      open.pop();
      const done = close(parent);
      const above = open.at(-1);
      if (!above) return done;
      above.children.push(done);
    } else if (empty === '/') {
      const node = { name: localName(raw), text: '', children: [] };
      if (!parent) return node;
      parent.children.push(node);
    } else {
      if (open.length >= MOST_DEPTH) return null;
      open.push({ name: localName(raw), raw, text: '', children: [] });
    }
  }
  return null;
}

const close = ({ name, text, children }: Open): XmlNode => ({ name, text: text.trim(), children });

/** The first child of this name. */
export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);

/** The text of the first child of this name; null: there is none, or it is empty. */
export const textOf = (node: XmlNode | undefined, name: string): string | null => childOf(node, name)?.text || null;

/** The first element of this name at any depth, the node itself included. */
export function findNode(node: XmlNode, name: string): XmlNode | undefined {
  if (node.name === name) return node;
  for (const child of node.children) {
    const found = findNode(child, name);
    if (found) return found;
  }
  return undefined;
}
