/** Notes of 100, 50, 20, 10, 5 and 1 yuan, coins of 1 yuan, 5 and 1 jiao, and of 1 fen: face values in fen. */
export const FACE_VALUES: readonly number[] = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 1];

/** What counted notes and coins come to: face value in fen → pieces. */
export function countTotal(count: Readonly<Record<string, number>>): number {
  return Object.entries(count).reduce((sum, [face, pieces]) => sum + Number(face) * pieces, 0);
}
