import type { Paper } from './paper.ts';

/** What the commands act on, besides the paper. */
export interface Machine {
  readonly paper: Paper;
  /** Pulses the drawer. */
  drawer(pin: 2 | 5, onMs: number, offMs: number): void;
  /** One byte of status, for `10 04 n` and `1D 72 n`. */
  status(kind: 'real-time' | 'paper' | 'drawer', n: number): void;
}

export interface Command {
  /** Bytes after its name; a function where they say so themselves, `null` while that is not known yet. */
  readonly size: number | ((rest: Buffer) => number | null);
  readonly run: (machine: Machine, parameters: Buffer) => void;
}

const ALIGNS = ['left', 'centre', 'right'] as const;
const LEVELS = ['L', 'M', 'Q', 'H'] as const;

/** Nothing that the paper shows here: spacing, margins, code pages, fonts, underline, turned characters. */
const silent = (size: number): Command => ({ size, run: () => undefined });

/** Many parameters may be a number or its digit: 1 or 31. */
const digit = (value: number | undefined): number => ((value ?? 0) >= 0x30 ? (value ?? 0) - 0x30 : (value ?? 0));

/** Every command that the printer knows, by the bytes of its name. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  '0a': { size: 0, run: ({ paper }) => paper.line() },
  '0d': silent(0),
  '1b40': { size: 0, run: ({ paper }) => paper.reset() },
  '1b21': { size: 1, run: ({ paper }, [n = 0]) => setMode(paper, n) },
  '1b2a': {
    size: (rest) => (rest.length < 3 ? null : 3 + rest.readUInt16LE(1) * ((rest[0] ?? 0) >= 32 ? 3 : 1)),
    run: ({ paper }, bytes) =>
      paper.put({ kind: 'image', width: bytes.readUInt16LE(1), height: (bytes[0] ?? 0) >= 32 ? 24 : 8 }),
  },
  '1b2d': silent(1),
  '1b32': silent(0),
  '1b33': silent(1),
  '1b45': {
    size: 1,
    run: ({ paper }, [n = 0]) => {
      paper.style.bold = (n & 1) === 1;
    },
  },
  '1b4a': silent(1),
  '1b4d': silent(1),
  '1b52': silent(1),
  '1b61': {
    size: 1,
    run: ({ paper }, [n]) => {
      const align = ALIGNS[digit(n)];
      if (align) paper.style.align = align;
      else paper.complaints.push(`alignment ${n}`);
    },
  },
  '1b64': {
    size: 1,
    run: ({ paper }, [n = 0]) => {
      for (let line = 0; line < n; line += 1) paper.line();
    },
  },
  '1b69': { size: 0, run: ({ paper }) => paper.cut('full') },
  '1b6d': { size: 0, run: ({ paper }) => paper.cut('partial') },
  '1b70': {
    size: 3,
    run: (machine, [pin, on = 0, off = 0]) => {
      if (digit(pin) > 1) machine.paper.complaints.push(`drawer pin ${pin}`);
      else machine.drawer(digit(pin) === 0 ? 2 : 5, on * 2, off * 2);
      if (off < on) machine.paper.complaints.push('the drawer is off for less time than on');
    },
  },
  '1b74': silent(1),
  '1c21': silent(1),
  '1c26': { size: 0, run: ({ paper }) => setChinese(paper, true) },
  '1c2e': { size: 0, run: ({ paper }) => setChinese(paper, false) },
  '1c57': silent(1),
  '1d21': {
    size: 1,
    run: ({ paper }, [n = 0]) => {
      paper.style.wide = ((n >> 4) & 7) + 1;
      paper.style.high = (n & 7) + 1;
    },
  },
  '1d286b': {
    size: (rest) => (rest.length < 2 ? null : 2 + rest.readUInt16LE(0)),
    run: ({ paper }, bytes) => twoDimensional(paper, bytes.subarray(2)),
  },
  '1d42': silent(1),
  '1d4c': silent(2),
  '1d56': {
    size: (rest) => (rest.length === 0 ? null : (rest[0] ?? 0) === 0x41 || rest[0] === 0x42 ? 2 : 1),
    run: ({ paper }, [n = 0]) => {
      if (n === 0x41 || n === 0x42) paper.cut(n === 0x41 ? 'full' : 'partial');
      else if (digit(n) <= 1) paper.cut(digit(n) === 0 ? 'full' : 'partial');
      else paper.complaints.push(`cut ${n}`);
    },
  },
  '1d57': silent(2),
  '1d72': { size: 1, run: (machine, [n]) => machine.status(digit(n) === 1 ? 'paper' : 'drawer', digit(n)) },
  '1d7630': {
    size: (rest) => (rest.length < 5 ? null : 5 + rest.readUInt16LE(1) * rest.readUInt16LE(3)),
    run: ({ paper }, bytes) =>
      paper.put({ kind: 'image', width: bytes.readUInt16LE(1) * 8, height: bytes.readUInt16LE(3) }),
  },
  '1004': { size: 1, run: (machine, [n = 0]) => machine.status('real-time', n) },
};

/** `1B 21`: the normal size where a bit is not set. */
function setMode(paper: Paper, n: number): void {
  paper.style.bold = (n & 0x08) !== 0;
  paper.style.high = n & 0x10 ? 2 : 1;
  paper.style.wide = n & 0x20 ? 2 : 1;
}

function setChinese(paper: Paper, on: boolean): void {
  paper.style.chinese = on;
}

/** `1D 28 6B`, after its length: the symbol (31 = QR), the function, its parameters. */
function twoDimensional(paper: Paper, [symbol, fn, ...rest]: Buffer): void {
  const [first = 0] = rest;
  if (symbol !== 0x31) {
    paper.complaints.push(`symbol ${symbol}`);
    return;
  }
  switch (fn) {
    case 0x41: // model: 31 or 32
      if (first !== 0x31 && first !== 0x32) paper.complaints.push(`QR model ${first}`);
      return;
    case 0x43:
      if (first < 1 || first > 16) paper.complaints.push(`QR modules of ${first} dots`);
      paper.qr.module = first;
      return;
    case 0x45: {
      const level = LEVELS[first - 0x30];
      if (level) paper.qr.level = level;
      else paper.complaints.push(`QR level ${first}`);
      return;
    }
    case 0x50:
      paper.qr.data = Buffer.from(rest.slice(1));
      return;
    case 0x51:
      printQr(paper);
      return;
    default:
      paper.complaints.push(`QR function ${fn}`);
  }
}

function printQr(paper: Paper): void {
  const { data, module, level } = paper.qr;
  if (data === null || data.length === 0) paper.complaints.push('a QR code without data');
  else paper.put({ kind: 'qr', data: data.toString('utf8'), module, level, align: paper.style.align });
}
