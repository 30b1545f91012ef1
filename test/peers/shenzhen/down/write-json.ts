/** A number that is written exactly so, e.g. 8.00. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export interface Layout {
  /** Blanks and line feeds between the values. */
  readonly blanks?: boolean;
  /** All that is not ASCII as \u escapes. */
  readonly escapes?: boolean;
}

const escaped = (text: string): string =>
  text.replaceAll(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON in order of the members, undefined ones left out. */
export function writeJson(value: unknown, layout: Layout = {}): string {
  const { blanks = false, escapes = false } = layout;
  const [gap, comma, colon] = blanks ? ['\n  ', ' ,\n  ', ' : '] : ['', ',', ':'];
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${gap}${value.map((item) => writeJson(item, layout)).join(comma)}${gap}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, item]) => item !== undefined);
    const inner = members.map(([name, item]) => `${JSON.stringify(name)}${colon}${writeJson(item, layout)}`);
    return `{${gap}${inner.join(comma)}${gap}}`;
  }
  const text = JSON.stringify(value ?? null);
  return escapes ? escaped(text) : text;
}

/** What of a value a signature covers; undefined for what is absent. */
export function signed(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : writeJson(value);
}
