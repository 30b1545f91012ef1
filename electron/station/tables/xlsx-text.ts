/** Text in SpreadsheetML: what XML cannot hold is written `_xHHHH_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring). */

const UNFIT = /_(?=x[0-9A-Fa-f]{4}_)|(?![\t\n])[\p{Cc}\ufffe\uffff]|\p{Surrogate}/gu;

const hex = (char: string): string => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Any text as XML character data or attribute value; {@link fromXstring} after an XML reader gives it back. */
export const toXstring = (text: string): string =>
  text.replace(UNFIT, hex).replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

/** Takes `_xHHHH_` back. */
export const fromXstring = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
