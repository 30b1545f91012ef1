import type { PrintBlock, PrintDocument } from './print.ts';

/** How many columns a character takes on paper: two where it takes two bytes in GBK, which is what printers and displays go by. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

/** A document as it stands on paper of so many columns, line by line. Large text takes twice the columns. */
export type PrintRow =
  | { readonly kind: 'text'; readonly text: string; readonly align: 'left' | 'center'; readonly large: boolean }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'feed'; readonly lines: number };

/** Pure, and the only place where it is decided what fits on a line: the printer and the preview on the screen cannot differ. */
export const layOut = (document: PrintDocument, columns: number): PrintRow[] =>
  document.flatMap((block) => rowsOf(block, columns));

function rowsOf(block: PrintBlock, columns: number): PrintRow[] {
  switch (block.kind) {
    case 'text': {
      const { align, large } = block;
      return wrapped(block.text, room(columns, large)).map((text) => ({ kind: 'text', text, align, large }));
    }
    case 'pair':
      return paired(printable(block.name), printable(block.value), room(columns, block.large)).map((text) => ({
        ...{ kind: 'text', text, align: 'left', large: block.large },
      }));
    case 'rule':
      return [{ kind: 'text', text: '-'.repeat(columns), align: 'left', large: false }];
    case 'qr':
      return [{ kind: 'qr', text: printable(block.text) }];
    case 'feed':
      return [{ kind: 'feed', lines: block.lines }];
  }
}

const room = (columns: number, large: boolean): number => (large ? Math.floor(columns / 2) : columns);

/** Nothing that a printer would take for a command, whatever was typed somewhere. */
const printable = (text: string): string => text.replace(/\t/g, ' ').replace(/\p{Cc}|\p{Cf}/gu, '');

const wrapped = (text: string, columns: number): string[] =>
  text.split(/\r?\n/).flatMap((line) => broken(printable(line), columns));

/** What stays with the character before it: no line begins with one (避头). */
const CLOSING = new Set('、。，．：；！？）］｝〉》」』】〕〗”’…·％‰℃,.:;!?)]}%');
/** What stays with the character after it: no line ends with one (避尾). */
const OPENING = new Set('（［｛〈《「『【〔〖“‘￥([{$');

/** One line of text as lines that fit; no character is halved, and marks stay where they belong. */
function broken(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  for (;;) {
    const fits = fitting(rest, columns);
    if (fits === rest.length) return [...lines, rest.join('')];
    const at = breakAt(rest, fits);
    lines.push(rest.slice(0, at).join('').trimEnd());
    // The blank at a break is the break.
    const next = rest.findIndex((character, index) => index >= at && character !== ' ');
    if (next < 0) return lines;
    rest = rest.slice(next);
  }
}

/** How many characters fit; one at least, whatever the paper. */
function fitting(characters: readonly string[], columns: number): number {
  let taken = 0;
  const over = characters.findIndex((character) => {
    taken += columnsOf(character);
    return taken > columns;
  });
  return over < 0 ? characters.length : Math.max(1, over);
}

/** Where the line ends, of the places up to `fits`: the last where no number or word is torn; else where no mark is; else where the paper ends. */
function breakAt(characters: readonly string[], fits: number): number {
  const places = Array.from({ length: fits }, (_, index) => fits - index);
  const good = places.filter((at) => mayBreak(characters, at));
  return good.find((at) => !isTorn(characters, at)) ?? good[0] ?? fits;
}

function mayBreak(characters: readonly string[], at: number): boolean {
  const before = characters.slice(0, at).findLast((character) => character !== ' ');
  const after = characters.slice(at).find((character) => character !== ' ');
  return before !== undefined && !OPENING.has(before) && !(after !== undefined && CLOSING.has(after));
}

const isTorn = (characters: readonly string[], at: number): boolean =>
  [characters[at - 1], characters[at]].every((character) => character !== undefined && /[!-~]/.test(character));

/** A name at the left edge and its value at the right one; below each other where they do not fit side by side. */
function paired(name: string, value: string, columns: number): string[] {
  const gap = columns - columnsOf(name) - columnsOf(value);
  if (gap >= 1) return [name + ' '.repeat(gap) + value];
  const right = broken(value, columns).map((line) => ' '.repeat(columns - columnsOf(line)) + line);
  return name === '' ? right : [...broken(name, columns), ...right];
}
