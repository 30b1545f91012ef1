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
  /** Of an object that stands directly in the whole: its own. */
  readonly members?: readonly JsonMember[];
}

/** Not JSON, or not such as anybody sends for a good reason. */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
}

/** Of the city's messages the deepest has four levels. */
const MOST_DEPTH = 16;
const MOST_VALUES = 100_000;
const LONGEST_NUMBER = 64;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** The members of the one object that the text is. @throws JsonFault */
export function membersOf(text: string): readonly JsonMember[] {
  return new Scanner(text).whole();
}

/** What is signed of a value (7.4): a text without its quotes, everything else as compact JSON. */
export const signedText = ({ kind, json }: JsonPart): string => (kind === 'text' ? textIn(json) : json);

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

  constructor(name: string, members: readonly JsonMember[]) {
    this.name = name;
    this.members = members;
  }

  get json(): string {
    return jsonOf(this.members);
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
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
      const isOuter = this.#depth === 1 && this.#text[this.#at] === '{';
      members.push(isOuter ? new OuterObject(name, this.#members()) : { name, ...this.#value() });
    });
    return members;
  }

  /** What stands between an opening bracket and its end, one by one. */
  #each(end: string, one: () => void): void {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) throw new JsonFault('层次过多');
    this.#at += 1;
    this.#blanks();
    if (this.#text[this.#at] !== end)
      for (;;) {
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
    this.#values += 1;
    if (this.#values > MOST_VALUES) throw new JsonFault('内容过多');
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
