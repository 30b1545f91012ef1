import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

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
