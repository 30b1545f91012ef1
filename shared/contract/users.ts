import { z } from 'zod';
import { accessRulesSchema, postSchema } from '../domain/people.ts';
import { roleSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { newPasswordSchema } from './auth.ts';
import { procedure } from './base.ts';

const tags = ['users'];
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .refine((name) => !/\p{Cc}/u.test(name), 'must be printable');

/** An account as those see it who look after the accounts. */
export const accountViewSchema = z.object({
  name: z.string(),
  role: roleSchema,
  displayName: z.string(),
  number: z.string(),
  post: z.object({ id: z.string(), name: z.string() }).nullable(),
  disabled: z.boolean(),
  createdAt: timestampSchema,
  signedIn: z.int().describe('Sign-ins that stand now'),
});
export type AccountView = z.infer<typeof accountViewSchema>;

/** Somebody is signed in at a screen. */
export const signInViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  since: timestampSchema,
  expiresAt: timestampSchema,
  address: z.string().describe('Network address of the screen; empty: the window of the workstation itself'),
  locked: z.boolean(),
  quietSeconds: z.int().nullable().describe('Since something was heard of it; null: not since the station started'),
  own: z.boolean().describe('The one that asks'),
});
export type SignInView = z.infer<typeof signInViewSchema>;

const name = { name: nameSchema };
const details = {
  displayName: z.string().trim().max(40),
  number: z.string().trim().max(20).describe('Staff number (工号)'),
  postId: z.string().max(64).nullable().describe('A post of the same role; null: the role as it is'),
};

export const users = {
  list: procedure({ access: 'manager', method: 'GET', path: '/users', summary: 'Accounts', tags }).output(
    z.array(accountViewSchema),
  ),
  create: procedure({
    access: 'admin',
    method: 'POST',
    path: '/users',
    summary: 'Create an account',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        ...name,
        password: newPasswordSchema,
        role: roleSchema,
        displayName: details.displayName.default(''),
        number: details.number.default(''),
        postId: details.postId.default(null),
      }),
    )
    .output(accountViewSchema),
  /** A change of rights counts at once for those who are signed in. Disabling ends their sign-ins; nobody is ever removed. */
  change: procedure({
    access: 'admin',
    method: 'PATCH',
    path: '/users/{name}',
    summary: 'Change or disable an account; what is not named stays',
    tags,
  })
    .input(
      z.object({
        ...name,
        role: roleSchema.optional(),
        displayName: details.displayName.optional(),
        number: details.number.optional(),
        postId: details.postId.optional(),
        disabled: z.boolean().optional(),
      }),
    )
    .output(accountViewSchema),
  resetPassword: procedure({
    access: 'admin',
    method: 'POST',
    path: '/users/{name}/password',
    summary: 'Set the password of an account; its sign-ins end',
    tags,
  })
    .input(z.object({ ...name, password: newPasswordSchema }))
    .output(z.object({})),
  signIns: procedure({
    access: 'manager',
    method: 'GET',
    path: '/sign-ins',
    summary: 'Who is signed in now, and where',
    tags,
  }).output(z.array(signInViewSchema)),
  endSignIn: procedure({ access: 'admin', method: 'DELETE', path: '/sign-ins/{id}', summary: 'End a sign-in', tags })
    .input(z.object({ id: z.string().min(1).max(64) }))
    .output(z.object({})),
};

const postBody = postSchema.omit({ id: true });
const postId = { id: z.string().min(1).max(64) };

/** 岗位: named sets of rights on top of a role. */
export const posts = {
  list: procedure({ access: 'manager', method: 'GET', path: '/posts', summary: 'Posts', tags }).output(
    z.array(postSchema),
  ),
  create: procedure({
    access: 'admin',
    method: 'POST',
    path: '/posts',
    summary: 'Create a post',
    tags,
    successStatus: 201,
  })
    .input(postBody)
    .output(postSchema),
  change: procedure({ access: 'admin', method: 'PUT', path: '/posts/{id}', summary: 'Change a post', tags })
    .input(postBody.extend(postId))
    .output(postSchema),
  remove: procedure({
    access: 'admin',
    method: 'DELETE',
    path: '/posts/{id}',
    summary: 'Remove a post that nobody holds',
    tags,
  })
    .input(z.object(postId))
    .output(z.object({})),
};

/** How people come and go at the screens. */
export const access = {
  get: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/access',
    summary: 'Rules for signing in, locking and counting',
    tags,
  }).output(accessRulesSchema),
  change: procedure({
    access: 'admin',
    method: 'PATCH',
    path: '/access',
    summary: 'Change these rules; what is not named stays',
    tags,
  })
    .input(
      z.object({
        oneSignIn: accessRulesSchema.shape.oneSignIn.unwrap().optional(),
        idleLockMinutes: accessRulesSchema.shape.idleLockMinutes.unwrap().optional(),
        blindCount: z.boolean().optional(),
        exitPassword: z.string().min(4).max(200).nullable().optional().describe('null takes it away'),
      }),
    )
    .output(accessRulesSchema),
};
