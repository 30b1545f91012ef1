/**
 * JSON as it stood on the wire. A signature covers the text of a value and not what a parser makes of it: 1.50 is not 1.5, and a parser
 * puts keys that look like numbers first. So the text itself is gone through, once, and what is signed is cut out of it.
 */

type JsonKind = 'text' | 'number' | 'boolean' | 'null' | 'object' | 'list';

/** A value of the wire. */
export interface JsonPart {
  readonly kind: JsonKind;
  /** Compact: no blanks outside of texts, nothing escaped that need not be, members in their order, numbers as they were. */
  readonly json: string;
}

export interface JsonMember extends JsonPart {
  readonly name: string;
  /** An object or a list of which something is escaped, as it stood; undefined: `json` says it all. */
  readonly written?: string;
  /** Of an object that stands directly in the whole: its own. */
  readonly members?: readonly JsonMember[];
}

/** Not JSON, or not such as anybody sends for a good reason. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

/** Of the city's messages the deepest has four levels. */
const MOST_DEPTH = 16;
const MOST_VALUES = 20_000;
const LONGEST_NUMBER = 64;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** The members of the one object that the text is; `mostValues` members and elements in all. @throws JsonFault */
export function membersOf(text: string, mostValues = MOST_VALUES): readonly JsonMember[] {
  return new Scanner(text, mostValues).whole();
}

/** What is signed of a value (7.4): a text without its quotes, everything else as compact JSON. */
export const signedText = ({ kind, json }: JsonPart): string => (kind === 'text' ? textIn(json) : json);

/**
 * {@link signedText} of a signer who escapes more than he must (Python and PHP do, unless told): objects and lists with their escapes as
 * they stood, and no blanks outside of texts.
 */
export const writtenText = (member: JsonMember): string =>
  member.written === undefined ? signedText(member) : withoutBlanks(member.written);

function withoutBlanks(json: string): string {
  const parts: string[] = [];
  let from = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inText && code === BACKSLASH) at += 1;
    else if (code === QUOTE) inText = !inText;
    else if (!inText && isBlank(code)) {
      parts.push(json.slice(from, at));
      while (isBlank(json.charCodeAt(at + 1))) at += 1;
      from = at + 1;
    }
  }
  return [...parts, json.slice(from)].join('');
}

/** The text that a JSON string stands for. */
export function textIn(json: string): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  const text: unknown = JSON.parse(json);
  return typeof text === 'string' ? text : '';
}

const jsonOf = (members: readonly JsonMember[]): string =>
  `{${members.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(',')}}`;

/** `data`: its members are what counts, and the text of all of it is rarely wanted and may be long. */
class OuterObject implements JsonMember {
  readonly kind = 'object';
  readonly name: string;
  readonly members: readonly JsonMember[];
  readonly written?: string;

  constructor(name: string, members: readonly JsonMember[], { written }: Pick<JsonMember, 'written'>) {
    this.name = name;
    this.members = members;
    if (written !== undefined) this.written = written;
  }

  get json(): string {
    return jsonOf(this.members);
  }
}

class Scanner {
  readonly #text: string;
  readonly #mostValues: number;
  #at = 0;
  #depth = 0;
  #values = 0;
  /** Texts so far that were written with escapes. */
  #escaped = 0;

  constructor(text: string, mostValues: number) {
    this.#text = text;
    this.#mostValues = mostValues;
  }

  whole(): readonly JsonMember[] {
    this.#blanks();
    if (this.#text[this.#at] !== '{') throw new JsonFault('不是 JSON 对象');
    const members = this.#members();
    this.#blanks();
    if (this.#at < this.#text.length) throw new JsonFault('对象之后还有内容');
    return members;
  }

  #members(): JsonMember[] {
    const members: JsonMember[] = [];
    const names = new Set<string>();
    this.#each('}', () => {
      if (this.#text.charCodeAt(this.#at) !== QUOTE) throw this.#fault();
      const name = textIn(this.#string());
      if (names.has(name)) throw new JsonFault('有重复的字段名');
      names.add(name);
      this.#blanks();
      if (this.#text[this.#at] !== ':') throw this.#fault();
      this.#at += 1;
      this.#blanks();
      members.push(this.#member(name));
    });
    return members;
  }

  #member(name: string): JsonMember {
    const [from, escaped] = [this.#at, this.#escaped];
    // Further in nobody asks for it: it is within what is signed.
    const written = (): Pick<JsonMember, 'written'> =>
      this.#escaped > escaped && this.#depth <= 2 ? { written: this.#text.slice(from, this.#at) } : {};
    if (this.#depth === 1 && this.#text[from] === '{') {
      const members = this.#members();
      return new OuterObject(name, members, written());
    }
    const value = this.#value();
    return { name, ...value, ...(value.kind === 'object' || value.kind === 'list' ? written() : {}) };
  }

  /** What stands between an opening bracket and its end, one by one. */
  #each(end: string, one: () => void): void {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) throw new JsonFault('层次过多');
    this.#at += 1;
    this.#blanks();
    if (this.#text[this.#at] !== end)
      for (;;) {
        this.#values += 1;
        if (this.#values > this.#mostValues) throw new JsonFault('内容过多');
        one();
        this.#blanks();
        if (this.#text[this.#at] === end) break;
        if (this.#text[this.#at] !== ',') throw this.#fault();
        this.#at += 1;
        this.#blanks();
      }
    this.#at += 1;
    this.#depth -= 1;
  }

  #value(): JsonPart {
    switch (this.#text[this.#at]) {
      case '"':
        return { kind: 'text', json: this.#string() };
      case '{':
        return { kind: 'object', json: jsonOf(this.#members()) };
      case '[': {
        const elements: string[] = [];
        this.#each(']', () => elements.push(this.#value().json));
        return { kind: 'list', json: `[${elements.join(',')}]` };
      }
      case 't':
        return this.#word('true', 'boolean');
      case 'f':
        return this.#word('false', 'boolean');
      case 'n':
        return this.#word('null', 'null');
      default:
        return { kind: 'number', json: this.#number() };
    }
  }

  #word(word: string, kind: JsonKind): JsonPart {
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault();
    this.#at += word.length;
    return { kind, json: word };
  }

  #number(): string {
    const from = this.#at;
    while (isOfNumber(this.#text.charCodeAt(this.#at))) {
      this.#at += 1;
      if (this.#at - from > LONGEST_NUMBER) throw new JsonFault('数字过长');
    }
    const number = this.#text.slice(from, this.#at);
    if (!NUMBER.test(number)) throw this.#fault();
    return number;
  }

  #string(): string {
    const from = this.#at;
    let isEscaped = false;
    for (this.#at += 1; ; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) break;
      // Beyond the end it is NaN.
      if (!(code >= FIRST_PRINTABLE)) throw this.#fault();
      if (code === BACKSLASH) {
        isEscaped = true;
        this.#at += 1;
      }
    }
    this.#at += 1;
    const raw = this.#text.slice(from, this.#at);
    if (!isEscaped) return raw;
    this.#escaped += 1;
    try {
      return JSON.stringify(JSON.parse(raw));
    } catch {
      throw this.#fault();
    }
  }

  #blanks(): void {
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  /** Where, and not what: it may be private. */
  #fault(): JsonFault {
    return new JsonFault(`不是 JSON（第 ${this.#at + 1} 个字符）`);
  }
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Digits, signs, the point and the exponent. */
const isOfNumber = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e || code === 0x45 || code === 0x65;
