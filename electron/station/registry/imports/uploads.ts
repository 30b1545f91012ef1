import type { Actor } from '../../../../shared/domain/events.ts';
import type { ImportKind } from '../../../../shared/domain/import-job.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';

/** A file on its way in, piece by piece: no single message of the API may be as large as a file. */
export interface Upload {
  readonly id: string;
  readonly what: ImportKind;
  readonly fileName: string;
  readonly bytes: number;
  readonly sharePlates: boolean;
  readonly actor: Actor;
  readonly createdAt: number;
  readonly pieces: readonly Uint8Array[];
  readonly received: number;
  /** 0 to 1 of the file, while it is read; null before. */
  readonly read: number | null;
  readonly rows: number;
}

/** Whoever goes away in the middle must not keep 20 MB for ever. */
const PATIENCE_MS = 10 * 60_000;
const AT_ONCE = 3;

/** Kept in memory: a file that was not complete when the station stopped is sent again. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #touched = new Map<string, number>();

  begin(upload: Upload, monotonic: number): void {
    for (const [id, at] of this.#touched)
      if (monotonic - at > PATIENCE_MS && this.#uploads.get(id)?.read === null) this.drop(id);
    if (this.#uploads.size >= AT_ONCE) throw new ConflictError('too-many-imports', '同时导入的文件太多，请稍后再试');
    this.#uploads.set(upload.id, upload);
    this.#touched.set(upload.id, monotonic);
  }

  get(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }

  all(): Upload[] {
    return [...this.#uploads.values()];
  }

  /** Adds a piece. One that came already changes nothing; one that leaves a gap is refused. */
  add(id: string, offset: number, piece: Uint8Array, monotonic: number): Upload {
    const upload = this.#uploads.get(id);
    if (!upload) throw new NotFoundError('没有这次导入，或文件已接收完毕');
    if (offset < upload.received && offset + piece.length <= upload.received) return upload;
    if (offset !== upload.received) throw new ConflictError('wrong-offset', `应从第 ${upload.received} 字节继续上传`);
    if (upload.received + piece.length > upload.bytes)
      throw new ConflictError('too-much-data', '上传的数据多于声明的文件大小');
    const added: Upload = { ...upload, pieces: [...upload.pieces, piece], received: upload.received + piece.length };
    this.#touched.set(id, monotonic);
    this.#uploads.set(id, added);
    return added;
  }

  progress(id: string, read: number, rows: number): void {
    const upload = this.#uploads.get(id);
    if (upload) this.#uploads.set(id, { ...upload, pieces: [], read, rows });
  }

  drop(id: string): void {
    this.#uploads.delete(id);
    this.#touched.delete(id);
  }
}
