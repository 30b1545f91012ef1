import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { errorText } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import type { PhotoStore } from './photo-store.ts';

export interface StoredPhoto {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly takenAt: number;
}

/**
 * The pictures, one file each below `photos/<day>/`. Writing starts at once on another thread, beside the commit of the row
 * that names the picture, and never makes a lane wait. The row's digest tells later whether the file is whole: after a power
 * cut a row may stand without its picture, and then says so instead of showing half of one.
 */
export class PhotoVault {
  readonly #root: string;
  readonly #log: Log;
  readonly #rows: PhotoStore;
  readonly #writing = new Map<string, Promise<void>>();
  #madeDay = '';

  constructor(root: string, rows: PhotoStore, log: Log) {
    this.#root = root;
    this.#rows = rows;
    this.#log = log;
  }

  put(id: string, takenAt: number, jpeg: Uint8Array): StoredPhoto {
    const day = shanghaiDate(takenAt);
    if (day !== this.#madeDay) {
      mkdirSync(join(this.#root, day), { recursive: true });
      this.#madeDay = day;
    }
    const name = `${day}/${id}.jpg`;
    const writing = this.#write(name, jpeg).finally(() => this.#writing.delete(id));
    this.#writing.set(id, writing);
    return { id, name, bytes: jpeg.byteLength, sha256: digest(jpeg), takenAt };
  }

  async #write(name: string, jpeg: Uint8Array): Promise<void> {
    try {
      const file = await open(join(this.#root, name), 'w');
      try {
        await file.writeFile(jpeg);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      this.#log.error('photo could not be written', { name, error: errorText(error) });
    }
  }

  /** The picture, or `undefined` when its file is gone or no longer the one that was taken. */
  async read(id: string): Promise<Uint8Array | undefined> {
    await this.#writing.get(id);
    const row = this.#rows.get(id);
    if (!row) return undefined;
    try {
      const jpeg = await readFile(join(this.#root, row.name));
      return digest(jpeg) === row.sha256 ? jpeg : undefined;
    } catch {
      return undefined;
    }
  }

  /** Resolves when everything begun so far is on disk. */
  async flush(): Promise<void> {
    await Promise.all(this.#writing.values());
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
