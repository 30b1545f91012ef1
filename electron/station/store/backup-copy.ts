import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Copied } from './backup-task.ts';

const newestSchema = z.object({ seq: z.int(), hash: z.string() });
const PIECE = 1024 * 1024;

/**
 * Copies the database as it is at one moment while the station writes on: a reader of the write-ahead log stands in nobody's way. The
 * copy is one plain file, checked and on the disk when this returns.
 */
export function copyDatabase(file: string, target: string): Copied {
  const source = new Database(file, { readonly: true, timeout: 5000 });
  try {
    // Or it would flush the whole copy at once, and a lane's commit would wait behind it: `backup-thread.ts` flushes as it grows,
    // and the digest below makes sure of it.
    source.pragma('synchronous = OFF');
    source.prepare('VACUUM INTO ?').run(target);
  } finally {
    source.close();
  }
  const copy = new Database(target, { readonly: true });
  try {
    const answer = copy.pragma('integrity_check(1)', { simple: true });
    if (answer !== 'ok') throw new Error(`the copy is damaged: ${String(answer)}`);
    const newest = copy.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get();
    return {
      ...newestSchema.parse(newest ?? { seq: 0, hash: '' }),
      schema: Number(copy.pragma('user_version', { simple: true })),
      bytes: statSync(target).size,
      sha256: digestAndSync(target),
    };
  } finally {
    copy.close();
  }
}

/** SHA-256 of a file, which is on the disk afterwards. */
export function digestAndSync(file: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE);
  const handle = openSync(file, 'r+');
  try {
    for (let length = readSync(handle, piece); length > 0; length = readSync(handle, piece))
      hash.update(piece.subarray(0, length));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}

/** Pictures never change, so each is copied once. One that is missing where it should come from is left out. */
export function copyPhotos(file: string, from: string, target: string): number {
  const db = new Database(file, { readonly: true });
  const root = resolve(target);
  let there = 0;
  try {
    const names = db.prepare<[], string>('SELECT name FROM photos').pluck();
    for (const name of names.iterate()) {
      const [source, end] = [join(from, name), resolve(join(root, name))];
      if (!end.startsWith(root + sep)) continue;
      if (!existsSync(end)) {
        if (!existsSync(source)) continue;
        mkdirSync(dirname(end), { recursive: true });
        copyFileSync(source, `${end}.part`, constants.COPYFILE_FICLONE);
        renameSync(`${end}.part`, end);
      }
      there += 1;
    }
  } finally {
    db.close();
  }
  return there;
}
