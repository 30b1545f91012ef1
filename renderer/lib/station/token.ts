import { practiceToken, practising } from './practice.ts';

const REAL = 'gatehouse.token';
/** In practice the real sign-in is neither read nor touched. */
const KEY = practising ? practiceToken.key : REAL;

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

/** The real sign-in, for a window that practises and keeps an eye on the real lanes. */
export function readRealToken(): string | null {
  try {
    return sessionStorage.getItem(REAL);
  } catch {
    return null;
  }
}
