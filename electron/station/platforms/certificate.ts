import { readFileSync } from 'node:fs';
import { ConfigError, errorText } from '../runtime/errors.ts';

/** `setting`: where the path stands below `platforms`. @throws ConfigError when the file cannot be read. */
export function readCertificate(path: string | undefined, setting: string): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([`platforms.${setting}: ${errorText(error)}`]);
  }
}
