/** Text that is HTML already. Only {@link html} and {@link raw} make it. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/**
 * HTML from a template: whatever is put in is escaped unless it is HTML itself, inside text and quoted attributes alike. Plates,
 * remarks and answers of devices come from outside and may hold anything.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const [first = '', ...rest] = strings;
  return new Html(rest.reduce((text, string, index) => text + asText(parts[index]) + string, first));
}

/** JSON for a data block: no sequence in it can end the block or begin a comment, and nothing in it is invisible. */
export function jsonBlock(value: unknown): Html {
  const text = JSON.stringify(value).replace(/[<>&]/g, escapeUnits).replace(INVISIBLE, escapeUnits);
  return new Html(text);
}

/** For text of our own that is HTML, such as a style sheet. */
export const raw = (text: string): Html => new Html(text);

function asText(part: Part | undefined): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeText(part);
  return typeof part === 'number' ? String(part) : part.map((item) => item.text).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that show nothing, or turn the direction of what follows: shown by number, so that no line reads other than it is. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '').replace(INVISIBLE, (char) => `⟨U+${hex(char)}⟩`);

const escapeUnits = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${hex(unit)}`)
    .join('');
const hex = (char: string): string => (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
