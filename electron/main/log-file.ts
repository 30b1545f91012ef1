import { appendFileSync, createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLog } from '../station/runtime/log.ts';

const ROTATE_ABOVE_BYTES = 10 * 1024 * 1024;

/**
 * The desktop program has no terminal, so the station's log lines go to `logs/station.log` in the data directory; a long one
 * is set aside as `station.1.log` at the next start. A log that cannot be written never stops a car.
 *
 * @returns what takes a whole line.
 */
export function openLogFile(dataDirectory: string): (line: string) => void {
  const folder = join(dataDirectory, 'logs');
  const file = join(folder, 'station.log');
  try {
    mkdirSync(folder, { recursive: true });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > ROTATE_ABOVE_BYTES) renameSync(file, join(folder, 'station.1.log'));
  } catch {
    // Opening the station says what is wrong with the directory.
  }
  const stream = createWriteStream(file, { flags: 'a' });
  let usable = true;
  stream.on('error', () => {
    usable = false;
  });
  return (line) => {
    if (usable) stream.write(line);
  };
}

/** Adds to the same file why the station ends. Waits for the disk, because lines on their way are lost with the process. */
export function writeLastWords(dataDirectory: string, error: unknown): void {
  const file = join(dataDirectory, 'logs', 'station.log');
  const log = createLog((line) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, line);
    } catch {
      // There is nowhere left to say it.
    }
  });
  log.error('the station cannot run', {
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}
