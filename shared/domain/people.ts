import { z } from 'zod';
import { rightSchema } from './rights.ts';
import { roleSchema } from './site.ts';

/** 岗位: a role with some rights taken away and some single ones given. The role stays the rank. */
export const postSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(40),
  role: roleSchema,
  without: z.array(rightSchema),
  plus: z.array(rightSchema),
});
export type Post = z.infer<typeof postSchema>;

/**
 * An account without its secrets. `name` is what the journal calls the person, for ever: an account is disabled, never
 * removed, and never renamed.
 */
export const accountSchema = z.object({
  name: z.string(),
  role: roleSchema,
  displayName: z.string(),
  /** 工号 */
  number: z.string(),
  postId: z.string().nullable(),
  disabled: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

/** How people come and go at the screens of this car park. */
export const accessRulesSchema = z.object({
  oneSignIn: z
    .enum(['any', 'newest', 'refuse'])
    .default('any')
    .describe('One account at several screens: allowed, the newest ends the others, or a further one is refused'),
  idleLockMinutes: z
    .int()
    .min(0)
    .max(240)
    .default(0)
    .describe('The screen locks after so many minutes without key or pointer; 0: never'),
  blindCount: z
    .boolean()
    .default(true)
    .describe('The cashier learns what a drawer should hold only after counting it; else the cash so far is shown'),
  exitPassword: z.boolean().default(false).describe('Leaving the program asks for the exit password'),
});
export type AccessRules = z.infer<typeof accessRulesSchema>;

/** The rules of a car park that set none. */
export const DEFAULT_ACCESS: AccessRules = Object.freeze(accessRulesSchema.parse({}));
