const KEY = 'gatehouse.token';

/** The sign-in of this window. Session storage: gone when the window closes, not shared between windows. */
export function readToken(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function writeToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage a person signs in again after a reload.
  }
}
