const KEY = 'gatehouse.below';

/**
 * 顶班: the sign-in that waits, locked, beneath the present one of this window. It comes back when whoever stands in signs
 * out. Kept like the token itself: gone when the window closes.
 */
export function readBelow(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function writeBelow(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage the person beneath signs in again; their lock at the station stands all the same.
  }
}
