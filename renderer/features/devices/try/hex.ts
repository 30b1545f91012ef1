/** The most that is sent at once. */
const MOST = 256;

export type ReadHex =
  | { readonly bytes: number }
  | { readonly fault: 'digit'; readonly at: number; readonly char: string }
  | { readonly fault: 'odd' | 'long' };

/** How many bytes a text in hex is, or what is wrong with it. Blanks and commas between bytes say nothing. */
export function readHex(text: string): ReadHex {
  const at = [...text].findIndex((char) => !/[0-9a-fA-F\s,]/.test(char));
  if (at >= 0) return { fault: 'digit', at: at + 1, char: [...text][at] ?? '' };
  const digits = text.replace(/[\s,]/g, '').length;
  if (digits % 2 === 1) return { fault: 'odd' };
  return digits / 2 > MOST ? { fault: 'long' } : { bytes: digits / 2 };
}
