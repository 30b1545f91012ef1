import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
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
 * The pictures, one file each below `photos/<day>/`. A picture is handed to the system before the row that names it is
 * committed, so that a killed program loses none; getting it onto the disk goes on beside the lane, on another thread, and never
 * makes it wait. The row's digest tells later whether the file is whole: after a power cut a row may stand without its picture,
 * and then says so instead of showing half of one.
 */
export class PhotoVault {
  readonly #root: string;
  readonly #log: Log;
  readonly #rows: PhotoStore;
  readonly #syncing = new Map<string, Promise<void>>();
  #madeDay = '';

  constructor(root: string, rows: PhotoStore, log: Log) {
    this.#root = root;
    this.#rows = rows;
    this.#log = log;
  }

  put(id: string, takenAt: number, jpeg: Uint8Array): StoredPhoto {
    const day = shanghaiDate(takenAt);
    const name = `${day}/${id}.jpg`;
    try {
      if (day !== this.#madeDay) mkdirSync(join(this.#root, day), { recursive: true });
      this.#madeDay = day;
      writeFileSync(join(this.#root, name), jpeg);
      const syncing = this.#sync(name).finally(() => this.#syncing.delete(id));
      this.#syncing.set(id, syncing);
    } catch (error) {
      this.#log.error('photo could not be written', { name, error: errorText(error) });
    }
    return { id, name, bytes: jpeg.byteLength, sha256: digest(jpeg), takenAt };
  }

  async #sync(name: string): Promise<void> {
    try {
      const file = await open(join(this.#root, name), 'r+');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      this.#log.error('photo could not be brought to the disk', { name, error: errorText(error) });
    }
  }

  /** Whether there is a file of this picture at all; {@link read} tells whether it is whole. */
  async has(id: string): Promise<boolean> {
    const row = this.#rows.get(id);
    if (!row) return false;
    try {
      return (await stat(join(this.#root, row.name))).isFile();
    } catch {
      return false;
    }
  }

  /** The picture, or `undefined` when its file is gone or no longer the one that was taken. */
  async read(id: string): Promise<Uint8Array | undefined> {
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
    await Promise.all(this.#syncing.values());
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
