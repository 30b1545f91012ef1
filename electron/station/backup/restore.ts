import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Actor, actorSchema } from '../../../shared/domain/events.ts';
import { DatabaseError } from '../runtime/errors.ts';
import type { Store } from '../store/store.ts';

const MARKER = 'restore.json';
const STAGED = join('restore', 'gatehouse.db');
const PRESENT = 'gatehouse.db';
/** The database and what belongs to it. */
const PARTS = ['', '-wal', '-shm'];

/** Key of the backup settings in the database: they outlive a restore. */
export const SETTINGS_KEY = 'backups';

const orderSchema = z.object({
  id: z.string(),
  madeAt: z.int(),
  keptAs: z.string().regex(/^before-restore-[\d-]+$/),
  lostRows: z.int(),
  actor: actorSchema,
  /** The settings of backups as they were before. */
  settings: z.string().nullable(),
});
export type RestoreOrder = z.infer<typeof orderSchema>;

/** Lays a checked backup ready. With the order on the disk, the next start puts it in place, however this run ends. */
export async function stageRestore(directory: string, backup: string, order: RestoreOrder): Promise<void> {
  await mkdir(join(directory, 'restore'), { recursive: true, mode: 0o700 });
  await copyFile(backup, join(directory, STAGED));
  const staged = await open(join(directory, STAGED), 'r+');
  try {
    await staged.sync();
  } finally {
    await staged.close();
  }
  const marker = join(directory, MARKER);
  writeFileSync(`${marker}.part`, JSON.stringify(order), { flush: true });
  renameSync(`${marker}.part`, marker);
  syncFolder(directory);
}

/**
 * At a start, before the database is opened: puts in place what was laid ready, and keeps what was there. Every step may be the last
 * one before a power cut; the next start goes on from there.
 *
 * @returns the order that was carried out, until {@link recordRestore} has written it down.
 * @throws DatabaseError when neither the old nor the new database is there
 */
export function completeRestore(directory: string): RestoreOrder | null {
  const marker = join(directory, MARKER);
  if (!existsSync(marker)) {
    rmSync(join(directory, 'restore'), { recursive: true, force: true });
    return null;
  }
  const order = orderSchema.parse(JSON.parse(readFileSync(marker, 'utf8')));
  const staged = join(directory, STAGED);
  if (existsSync(staged)) {
    const aside = join(directory, order.keptAs);
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const part of PARTS)
      if (existsSync(join(directory, PRESENT + part)))
        renameSync(join(directory, PRESENT + part), join(aside, PRESENT + part));
    syncFolder(aside);
    renameSync(staged, join(directory, PRESENT));
    syncFolder(directory);
  }
  if (!existsSync(join(directory, PRESENT)))
    throw new DatabaseError('damaged', `a restore was interrupted; the database before it is in ${order.keptAs}`);
  return order;
}

/** The first row after the state that was brought back says so. */
export function recordRestore(directory: string, store: Store, order: RestoreOrder | null): void {
  if (!order) return;
  const { id, madeAt, lostRows, keptAs, actor, settings } = order;
  store.write((tx) => {
    if (settings !== null) tx.meta.put(SETTINGS_KEY, settings);
    tx.record({
      ...{ key: null, laneId: null, passageId: null, actor: actor satisfies Actor },
      kind: 'backup-restored',
      body: { id, madeAt, lostRows, keptAs },
    });
  });
  rmSync(join(directory, MARKER), { force: true });
  rmSync(join(directory, 'restore'), { recursive: true, force: true });
}

function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // Windows opens no folders, and needs no such thing.
  }
}
