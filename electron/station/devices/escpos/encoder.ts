import type { PrintDocument } from '../../../../shared/domain/print.ts';
import { layOut, type PrintRow } from '../../../../shared/domain/print-layout.ts';
import { encodeGbk } from '../gbk.ts';
import type { Layout } from './settings.ts';

/** A document as the bytes of ESC/POS. Pure. */

const LINE_FEED = 0x0a;
const RESET = [0x1b, 0x40];
const CHINESE = [0x1c, 0x26];
const ALIGN = { left: [0x1b, 0x61, 0x00], center: [0x1b, 0x61, 0x01] } as const;
const SIZE = { usual: [0x1d, 0x21, 0x00], large: [0x1d, 0x21, 0x11] } as const;

/** `feed` moves the paper to the knife by itself; before the others, and where it is torn off by hand, it is moved there. */
const TO_THE_KNIFE = [LINE_FEED, LINE_FEED, LINE_FEED, LINE_FEED];
const CUTS: Readonly<Record<Layout['cut'], readonly number[]>> = {
  feed: [0x1d, 0x56, 0x42, 0x00],
  full: [...TO_THE_KNIFE, 0x1d, 0x56, 0x00],
  old: [...TO_THE_KNIFE, 0x1b, 0x69],
  'old-partial': [...TO_THE_KNIFE, 0x1b, 0x6d],
  none: TO_THE_KNIFE,
};

/** On for 50 ms, off for 500 ms, in units of 2 ms. */
const DRAWERS = {
  pin2: [0x1b, 0x70, 0x00, 0x19, 0xfa],
  pin5: [0x1b, 0x70, 0x01, 0x19, 0xfa],
} as const;

export const drawerKick = (pin: keyof typeof DRAWERS): Uint8Array => Uint8Array.from(DRAWERS[pin]);

/** Dots of one module of a QR code: about 2.5 cm across for a link, on either width of paper. */
const QR_MODULE = 6;

/** GS ( k: model 2, size of a module, correction M, store, print. */
function qrBytes(text: string): number[] {
  const data = [...Buffer.from(text, 'utf8')];
  const length = data.length + 3;
  return [
    ...[0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00],
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, QR_MODULE],
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31],
    ...[0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...data],
    ...[0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30],
  ];
}

/** What the printer was told last: alignment and size stay until they are changed. */
interface Told {
  readonly align: 'left' | 'center';
  readonly large: boolean;
}

/** A document as it is sent, cut included. What GBK does not have stands on the paper as `?`. */
export function encodeDocument(document: PrintDocument, layout: Layout): Uint8Array {
  const rows = layOut(layout.qr === 'text' ? document.map(codeAsText) : document, layout.columns);
  const out: number[] = [...RESET, ...CHINESE];
  let told: Told = { align: 'left', large: false };
  const tell = (next: Told): void => {
    if (next.align !== told.align) out.push(...ALIGN[next.align]);
    if (next.large !== told.large) out.push(...(next.large ? SIZE.large : SIZE.usual));
    told = next;
  };
  const put = (row: PrintRow): void => {
    if (row.kind === 'feed') {
      for (let line = 0; line < row.lines; line++) out.push(LINE_FEED);
      return;
    }
    if (row.kind === 'qr') {
      tell({ align: 'center', large: false });
      out.push(...qrBytes(row.text), LINE_FEED);
      return;
    }
    tell(row);
    out.push(...encodeGbk(row.text), LINE_FEED);
  };
  for (const row of rows) put(row);
  out.push(...CUTS[layout.cut]);
  return Uint8Array.from(out);
}

const codeAsText = (block: PrintDocument[number]): PrintDocument[number] =>
  block.kind === 'qr' ? { kind: 'text', text: block.text, align: 'left', large: false } : block;
