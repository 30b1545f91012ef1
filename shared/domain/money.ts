import { z } from 'zod';

/** An amount of money in whole fen (分). Yuan exists only on screens, on paper and on wires that ask for 元. */
export type Fen = number;

/** 100 000 yuan: more than that at one gate is a mistake, never a fee. */
export const MAX_FEN: Fen = 10_000_000;

/** Non-negative whole fen, at most {@link MAX_FEN}. */
export const fenSchema = z.int().min(0).max(MAX_FEN).describe('Amount in whole fen (分)');

/** `1250` → `"12.50"`; exact, because it never leaves integers. */
export function fenToYuanText(fen: Fen): string {
  const sign = fen < 0 ? '-' : '';
  const abs = Math.abs(fen);
  return `${sign}${Math.trunc(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
}
