export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

export function textOf(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** The text of bytes; null if they are not UTF-8. A BOM stays, as JSON does not allow one. */
export function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A JSON value with the text that a signature covers: compact, members in their order, numbers exactly as they were written. */
export interface Node {
  readonly value: unknown;
  readonly text: string;
  /** Of an object, in order of the message. */
  readonly members: readonly (readonly [string, Node])[];
  readonly items: readonly Node[];
}

const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const BLANKS = /[ \t\r\n]*/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** The usual parser loses how numbers were written (8.00), which is what was signed. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node {
    const node = this.#value(0);
    if (this.#at < this.#text.length) throw new Error(`something stands behind it at ${this.#at}`);
    return node;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #sign(sign: string): boolean {
    this.#take(BLANKS);
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    this.#take(BLANKS);
    return true;
  }

  #expect(sign: string): void {
    if (!this.#sign(sign)) throw new Error(`${sign} is missing at ${this.#at}`);
  }

  #value(depth: number): Node {
    if (depth > DEEPEST) throw new Error('too deep');
    if (this.#sign('{')) return this.#object(depth);
    if (this.#sign('[')) return this.#array(depth);
    const node = this.#scalar();
    this.#take(BLANKS);
    return node;
  }

  #scalar(): Node {
    const none = { members: [], items: [] };
    const string = this.#take(STRING);
    if (string !== null) {
      const value: unknown = JSON.parse(string);
      return { value, text: JSON.stringify(value), ...none };
    }
    const number = this.#take(NUMBER);
    if (number !== null) return { value: Number(number), text: number, ...none };
    const word = WORDS.find(([name]) => this.#text.startsWith(name, this.#at));
    if (!word) throw new Error(`no value at ${this.#at}`);
    this.#at += word[0].length;
    return { value: word[1], text: word[0], ...none };
  }

  #object(depth: number): Node {
    const members: [string, Node][] = [];
    if (!this.#sign('}')) {
      do {
        const name: unknown = JSON.parse(this.#take(STRING) ?? 'null');
        if (typeof name !== 'string') throw new Error(`no name at ${this.#at}`);
        if (members.some(([other]) => other === name)) throw new Error(`${name} is there twice`);
        this.#expect(':');
        members.push([name, this.#value(depth + 1)]);
      } while (this.#sign(','));
      this.#expect('}');
    }
    const text = `{${members.map(([name, node]) => `${JSON.stringify(name)}:${node.text}`).join(',')}}`;
    return { value: Object.fromEntries(members.map(([name, { value }]) => [name, value])), text, members, items: [] };
  }

  #array(depth: number): Node {
    const items: Node[] = [];
    if (!this.#sign(']')) {
      do items.push(this.#value(depth + 1));
      while (this.#sign(','));
      this.#expect(']');
    }
    const text = `[${items.map((node) => node.text).join(',')}]`;
    return { value: items.map(({ value }) => value), text, members: [], items };
  }
}

/** A JSON text, or what is wrong with it. */
export function readJson(text: string): { readonly node: Node } | { readonly fault: string } {
  try {
    return { node: new Reader(text).whole() };
  } catch (error) {
    return { fault: `${error instanceof Error ? error.message : 'not JSON'}: ${text.slice(0, 60)}` };
  }
}

/** What of a value is signed: a string as it is, all else as its text. */
export const signedText = ({ value, text }: Node): string => (typeof value === 'string' ? value : text);
