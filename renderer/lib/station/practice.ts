const KEY = 'gatehouse.practice';

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * Whether this window practises: decided when it loads and never changed while it lives, so that not one word of the real car park is
 * left in a window that practises, nor the reverse.
 */
export const practising: boolean = read() !== null;

/** The sign-in of the practice station. While it is there, the window practises. */
export const practiceToken = { key: KEY } as const;

/** Loads this window anew, for practising. */
export function beginPractice(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage the real window comes back, which is the safe side.
  }
  reload();
}

/** Loads this window anew, for work. The real sign-in is where it was. */
export function endPractice(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Where nothing can be removed nothing was stored.
  }
  reload();
}

function reload(): void {
  // Addresses of one car park mean nothing in the other.
  window.location.hash = '#/booth';
  window.location.reload();
}
