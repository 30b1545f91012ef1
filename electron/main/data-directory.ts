import { posix, win32 } from 'node:path';

/** What decides where this user's car park lives. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The data directory when none is given. Never a roaming folder: a database must not travel through a log-off.
 * `npm start` uses the same place when it runs without a window.
 */
export function defaultDataDirectory({ platform, home, env }: Machine): string {
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'Gatehouse');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Gatehouse', 'data');
  return posix.join(env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), 'gatehouse');
}
