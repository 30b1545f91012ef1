import { z } from 'zod';
import { type PlateColor, plateColorSchema } from './plate.ts';
import { vehicleClassSchema } from './vehicle.ts';

/** black 黑名单: stopped, a person decides · white 白名单: passes and pays nothing. */
export const listKindSchema = z.enum(['black', 'white']);
export type ListKind = z.infer<typeof listKindSchema>;

/**
 * What an entry does: no-entry 禁止入场 · no-exit 禁止出场 · neither 禁止进出 · warn 仅提示 · free 免费通行. On the white list
 * always `free`.
 */
export const listStrategySchema = z.enum(['no-entry', 'no-exit', 'neither', 'warn', 'free']);
export type ListStrategy = z.infer<typeof listStrategySchema>;

/** The colour of an entry; one that nobody knows is none. */
export const listColorSchema = plateColorSchema.exclude(['unknown']);
export type ListColor = z.infer<typeof listColorSchema>;

/**
 * An entry of the black or white list. A plate stands at most once on each list for any colour, as most platforms know it (Qingdao
 * D45), and besides once for each colour.
 */
export const listEntrySchema = z.object({
  id: z.string(),
  list: listKindSchema,
  plate: z.string().min(1).max(16),
  /** Only cars whose plate has this colour, or one that nobody knows; null: of any colour. */
  plateColor: listColorSchema.nullable().default(null),
  strategy: listStrategySchema.default('no-entry'),
  vehicleClass: vehicleClassSchema.nullable(),
  validFrom: z.int(),
  validTo: z.int(),
  remark: z.string(),
  /** Who put it there: a user name or a platform id. */
  source: z.string(),
  updatedAt: z.int(),
});
export type ListEntry = z.infer<typeof listEntrySchema>;

/** Cameras read the plates of new-energy cars as either. */
const hue = (color: PlateColor): PlateColor => (color === 'yellow-green' ? 'green' : color);

/** Whether an entry speaks of a car with such a plate. */
export const countsFor = ({ plateColor }: Pick<ListEntry, 'plateColor'>, color: PlateColor): boolean =>
  plateColor === null || color === 'unknown' || hue(plateColor) === hue(color);

/** The strictest first. */
const SEVERITY: readonly ListStrategy[] = ['neither', 'no-entry', 'no-exit', 'warn', 'free'];

/**
 * Of the entries of one list that count for a car the one it meets: the strictest, so that no entry weakens another; of equals the one
 * of its colour. Two that stop it at either end stop it at both.
 */
export function strictest(entries: readonly ListEntry[]): ListEntry | null {
  const rank = ({ strategy, plateColor }: ListEntry): number =>
    SEVERITY.indexOf(strategy) * 2 + (plateColor === null ? 1 : 0);
  const [first] = [...entries].sort((a, b) => rank(a) - rank(b));
  if (first === undefined) return null;
  const both = first.strategy === 'no-entry' && entries.some(({ strategy }) => strategy === 'no-exit');
  return both ? { ...first, strategy: 'neither' } : first;
}
