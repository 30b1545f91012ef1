import { z } from 'zod';
import { procedure, userViewSchema } from './base.ts';

const signedIn = z.object({ token: z.string(), user: userViewSchema, expiresAt: z.string() });
/** A password that somebody chooses. */
export const newPasswordSchema = z.string().min(8).max(200);
const password = z.string().min(1).max(200);

export const auth = {
  /** What a sign-in screen must know before anybody signed in. */
  status: procedure({
    access: 'public',
    method: 'GET',
    path: '/status',
    summary: 'State of the station before sign-in',
    tags: ['auth'],
  }).output(
    z.object({
      siteName: z.string(),
      version: z.string(),
      /** needs-setup: no user exists; the first one is created by `setUp`. */
      state: z.enum(['needs-setup', 'ready']),
      /** The demo car park: made-up traffic; whoever opens it on this machine is signed in. */
      demo: z.boolean(),
      time: z.string(),
    }),
  ),
  signIn: procedure({ access: 'public', method: 'POST', path: '/sign-in', summary: 'Sign in', tags: ['auth'] })
    .input(z.object({ name: z.string().min(1).max(40), password }))
    .output(signedIn),
  /** Binds the token of an earlier sign-in to this connection (after a reconnect). */
  resume: procedure({
    access: 'public',
    method: 'POST',
    path: '/resume',
    summary: 'Check a token and bind it to this connection',
    tags: ['auth'],
  })
    .input(z.object({ token: z.string().min(1).max(200) }))
    .output(signedIn),
  /** Creates the first user. Only while there is none, and only from this machine. */
  setUp: procedure({
    access: 'public',
    method: 'POST',
    path: '/set-up',
    summary: 'Create the first administrator',
    tags: ['auth'],
  })
    .input(z.object({ name: z.string().min(1).max(40), password: newPasswordSchema }))
    .output(signedIn),
  /** Signs in to the demo car park; refused anywhere else and from other machines. */
  demoSignIn: procedure({
    access: 'public',
    method: 'POST',
    path: '/demo-sign-in',
    summary: 'Sign in to the demo car park',
    tags: ['auth'],
  }).output(signedIn),
  signOut: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/sign-out',
    summary: 'Sign out',
    tags: ['auth'],
  }).output(z.object({})),
  me: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/me',
    summary: 'Who is signed in',
    tags: ['auth'],
  }).output(userViewSchema),
  /** 锁屏休息: until it is unlocked this sign-in may look at the lanes and do nothing else. The lanes go on by themselves. */
  lock: procedure({ access: 'attendant', method: 'POST', path: '/lock', summary: 'Lock the screen', tags: ['auth'] })
    .input(z.object({ why: z.enum(['break', 'idle']).default('break') }))
    .output(userViewSchema),
  /** By the same person. Somebody else signs in on top of it (顶班); the lock stays where it is. */
  unlock: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/unlock',
    summary: 'Unlock the screen',
    tags: ['auth'],
  })
    .input(z.object({ password }))
    .output(userViewSchema),
  /** Ends all other sign-ins of the account. */
  changePassword: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/password',
    summary: 'Change the own password',
    tags: ['auth'],
  })
    .input(z.object({ from: password, to: newPasswordSchema }))
    .output(z.object({})),
  /** Answers where the password is right, or none is asked for. Closing a window ends no sign-in and no shift by itself. */
  checkExit: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/check-exit',
    summary: 'May the program be left with this password?',
    tags: ['auth'],
  })
    .input(z.object({ password: z.string().max(200) }))
    .output(z.object({})),
};
