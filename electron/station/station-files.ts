import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { ConfigError, errorText } from './runtime/errors.ts';

/** The station's own directory, for nobody else's eyes. */
export function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o700);
  } catch {
    // Taking the lock says what is wrong with the directory.
  }
}

/** @throws ConfigError when there is no such file, or no JSON in it */
export function readProvision(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([`${file}: ${errorText(error)}`]);
  }
}
