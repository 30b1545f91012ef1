import { z } from 'zod';

export const displayColorSchema = z.enum(['red', 'green', 'yellow']);
export type DisplayColor = z.infer<typeof displayColorSchema>;

/** One line of a display (LED 屏), and where in it the text stands. */
export const displayLineSchema = z.object({
  text: z.string(),
  alignment: z.enum(['left', 'center', 'right']),
  /** Absent: as the display is set. */
  color: displayColorSchema.optional(),
});
export type DisplayLine = z.infer<typeof displayLineSchema>;

/** Lines of text as they come, from the left. */
export const fromTheLeft = (lines: readonly string[]): DisplayLine[] =>
  lines.map((text) => ({ text, alignment: 'left' }));
