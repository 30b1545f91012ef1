import { damaged, refusal } from './limits.ts';

/** What a document contains, in its order. Names come without their prefix. */
export interface XmlHandler {
  /** `attributes` as written; see {@link attributesOf}. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** A tag, a comment or a stretch of text; Excel's longest text, escaped, takes a fifth of it. */
const MAX_TOKEN = 1024 * 1024;
const MAX_DEPTH = 64;
const DOUBLE = 0x22;
const SINGLE = 0x27;
const GREATER = 0x3e;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function entity(name: string): string {
  const known = ENTITIES[name];
  if (known !== undefined) return known;
  const number = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
  const code = number ? Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16) : 0;
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw damaged('无效的 XML 字符引用');
  return String.fromCodePoint(code);
}

const decoded = (text: string): string =>
  text.includes('&') ? text.replace(/&([^;&]{0,12});?/g, (_, name: string) => entity(name)) : text;

/** Begins at white space, so that a name of a million characters is gone through once and not once for each of them. */
const ATTRIBUTE = /\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The attributes of a tag by their names without prefix; `xmlns` declarations are among them. */
export function attributesOf(raw: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of raw.matchAll(ATTRIBUTE))
    found.set(localName(name), decoded(double ?? single ?? ''));
  return found;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML as it arrives, keeping no more than one token. The XML of a workbook needs no document type, so one is refused: with it
 * go entities that expand without end and references to other files. Tags must match; names are not checked further.
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = '';
  #rootSeen = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  write(chunk: string): void {
    if (chunk.includes('\0')) throw damaged('XML 中含有 NUL 字符');
    const text = this.#rest + chunk;
    let at = 0;
    for (;;) {
      const next = text.charAt(at) === '<' ? this.#markup(text, at) : this.#characters(text, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > MAX_TOKEN) throw damaged('XML 内容过长');
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#open.length > 0 || !this.#rootSeen) throw damaged('XML 不完整');
  }

  /** Where the text ends; -1 when it has not been received whole. */
  #characters(text: string, at: number): number {
    const end = text.indexOf('<', at);
    if (end < 0) return -1;
    if (this.#open.length > 0) this.#handler.text(decoded(text.slice(at, end)));
    else if (text.slice(at, end).replace('\uFEFF', '').trim() !== '') throw damaged('不是有效的 XML');
    return end;
  }

  /** As {@link #characters}, for what begins with `<`. */
  #markup(text: string, at: number): number {
    const second = text.charAt(at + 1);
    if (second === '!') return this.#declaration(text, at);
    if (second === '?') return after(text, '?>', at);
    const end = tagEnd(text, at);
    if (end < 0) return -1;
    if (second === '/') this.#close(localName(text.slice(at + 2, end).trim()));
    else this.#tag(text.slice(at + 1, end));
    return end + 1;
  }

  #declaration(text: string, at: number): number {
    // Long enough to tell a comment from a document type.
    if (text.length - at < 9) return -1;
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
    if (!text.startsWith('<![CDATA[', at) || this.#open.length === 0)
      throw refusal('table-unsupported', '文件含有不允许的 XML 声明（DOCTYPE），已拒绝读取');
    const end = text.indexOf(']]>', at);
    if (end < 0) return -1;
    this.#handler.text(text.slice(at + 9, end));
    return end + 3;
  }

  #tag(tag: string): void {
    const empty = tag.endsWith('/');
    const whole = empty ? tag.slice(0, -1) : tag;
    const space = whole.search(/\s/);
    const name = localName(space < 0 ? whole : whole.slice(0, space));
    if (name === '' || name.includes('<')) throw damaged('无效的 XML 标签');
    if (this.#open.length === 0 && this.#rootSeen) throw damaged('XML 有多个根元素');
    if (this.#open.length >= MAX_DEPTH) throw damaged('XML 嵌套过深');
    this.#rootSeen = true;
    this.#open.push(name);
    this.#handler.open(name, space < 0 ? '' : whole.slice(space));
    if (empty) this.#close(name);
  }

  #close(name: string): void {
    if (this.#open.pop() !== name) throw damaged('XML 标签不匹配');
    this.#handler.close(name);
  }
}

const after = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
};

/** The `>` that ends a tag; one inside a quoted value does not. */
function tagEnd(text: string, from: number): number {
  let quote = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return at;
    else if (code === DOUBLE || code === SINGLE) quote = code;
  }
  return -1;
}
