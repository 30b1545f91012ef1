import { safe } from '@orpc/client';
import { readBelow, writeBelow } from './below.ts';
import { station } from './client.ts';
import { beginSession, endSession } from './connection.ts';

/** Asked before somebody signs out; answers true when it takes the matter in hand itself. */
export type LeaveGuard = () => boolean;
let guard: LeaveGuard | null = null;

/** Registers who asks before leaving. Returns how to take it back. */
export function guardLeaving(next: LeaveGuard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}

/** What the button for signing out does: leaves, unless something speaks against it. */
export function askToLeave(): void {
  if (guard?.() !== true) void signOut();
}

/** Signs out at once. Whoever was stood in for is back then, behind the lock. */
export async function signOut(): Promise<void> {
  // Without an answer the token is forgotten here in any case; the station lets it run out.
  await safe(Promise.resolve().then(() => station().auth.signOut()));
  const below = readBelow();
  endSession({ expired: false });
  writeBelow(null);
  if (below === null) return;
  const back = await safe(Promise.resolve().then(() => station().auth.resume({ token: below })));
  if (back.isSuccess) beginSession(back.data);
}
