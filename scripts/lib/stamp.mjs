import { writeFileSync } from 'node:fs';

/** Leaves a note for the next run. Where we may not write (a checkout that belongs to somebody else) we do without. */
export function leaveStamp(file, text) {
  try {
    writeFileSync(file, text);
  } catch {
    // Only costs the next run the time to find out again.
  }
}
