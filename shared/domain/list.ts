import { z } from 'zod';
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

/** An entry of the black or white list. A plate stands at most once on each list; colour plays no part (Qingdao D45). */
export const listEntrySchema = z.object({
  id: z.string(),
  list: listKindSchema,
  plate: z.string().min(1).max(16),
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
