/** A line of text as it lies on the paper. */
export interface PrintedLine {
  readonly kind: 'text';
  readonly text: string;
  readonly align: 'left' | 'centre' | 'right';
  /** The widest and the highest of its characters, 1 to 8 times the normal size. */
  readonly wide: number;
  readonly high: number;
  readonly bold: boolean;
  /** Half-width columns that it takes, at the size of its characters. */
  readonly columns: number;
}

export interface PrintedQr {
  readonly kind: 'qr';
  readonly data: string;
  /** Dots of one module. */
  readonly module: number;
  readonly level: 'L' | 'M' | 'Q' | 'H';
  readonly align: PrintedLine['align'];
}

export interface PrintedImage {
  readonly kind: 'image';
  /** Dots. */
  readonly width: number;
  readonly height: number;
}

export type Printed = PrintedLine | PrintedQr | PrintedImage;

/** A piece of paper, up to its cut. */
export interface Receipt {
  readonly items: readonly Printed[];
  readonly cut: 'full' | 'partial';
}

/** The drawer's solenoid was pulsed. */
export interface DrawerPulse {
  /** Epoch ms. */
  readonly at: number;
  readonly pin: 2 | 5;
  readonly onMs: number;
  readonly offMs: number;
}
