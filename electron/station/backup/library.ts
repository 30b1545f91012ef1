import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { NotFoundError } from '../runtime/errors.ts';

const manifestSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  madeAt: z.int(),
  why: z.enum(['by-hand', 'daily', 'before-restore']),
  version: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  seq: z.int(),
  hash: z.string(),
  schema: z.int(),
  photos: z.int().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

const ID = /^\d{8}-\d{6}(-\d+)?$/;
const MANIFEST = 'manifest.json';

/** The folder in which backups lie: one folder each, `photos/` for all of them, and unfinished ones as `*.part`. */
export class Library {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get photos(): string {
    return join(this.root, 'photos');
  }

  folder(id: string): string {
    return join(this.root, id);
  }

  database(id: string): string {
    return join(this.folder(id), 'gatehouse.db');
  }

  /** The newest first. A folder without a manifest is none of ours. */
  async list(): Promise<Manifest[]> {
    const names = await readdir(this.root).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    const found = await Promise.all(names.filter((name) => ID.test(name)).map((name) => this.#read(name)));
    return found.filter((manifest) => manifest !== undefined).sort((a, b) => b.madeAt - a.madeAt);
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Manifest> {
    const manifest = ID.test(id) ? await this.#read(id) : undefined;
    if (!manifest) throw new NotFoundError('没有这个备份');
    return manifest;
  }

  /** Whether the database is still the one that was copied. */
  async isWhole({ id, sha256 }: Manifest): Promise<boolean> {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(this.database(id)), hash);
    } catch {
      return false;
    }
    return hash.digest('hex') === sha256;
  }

  /** A folder to make a backup in; what an interrupted one left behind goes. */
  async begin(id: string): Promise<string> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.root))
      if (name.endsWith('.part')) await rm(join(this.root, name), { recursive: true, force: true });
    const folder = `${this.folder(id)}.part`;
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  /** From here on it counts. */
  async finish(manifest: Manifest): Promise<void> {
    const part = `${this.folder(manifest.id)}.part`;
    await writeFile(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    await rename(part, this.folder(manifest.id));
    await syncFolder(this.root);
  }

  async remove(id: string): Promise<void> {
    await this.get(id);
    await rm(this.folder(id), { recursive: true, force: true });
  }

  /** The first id for this moment that nothing has. */
  async freeId(stamp: string): Promise<string> {
    const names = new Set(await readdir(this.root).catch(() => []));
    for (let turn = 1; ; turn += 1) {
      const id = turn === 1 ? stamp : `${stamp}-${turn}`;
      if (!names.has(id) && !names.has(`${id}.part`)) return id;
    }
  }

  async #read(name: string): Promise<Manifest | undefined> {
    try {
      const manifest = manifestSchema.parse(JSON.parse(await readFile(join(this.folder(name), MANIFEST), 'utf8')));
      return { ...manifest, id: name };
    } catch {
      return undefined;
    }
  }
}

/** A rename is on the disk only once its folder is. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
