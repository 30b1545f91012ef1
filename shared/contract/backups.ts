import { z } from 'zod';
import { backupSettingsSchema } from '../domain/backup.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { verifyReportSchema } from './evidence.ts';

const backupViewSchema = z.object({
  /** Also the name of its folder, e.g. `20260302-034000`. */
  id: z.string(),
  madeAt: timestampSchema,
  why: z.enum(['by-hand', 'daily', 'before-restore']),
  version: z.string(),
  /** Of the database, in bytes. */
  bytes: z.int(),
  /** The newest row of the journal in it. */
  seq: z.int(),
  /** Photos copied with it; null when they were left out. */
  photos: z.int().nullable(),
  /** When it was last checked whole since the station started, and how that ended. */
  verified: z.object({ at: timestampSchema, whole: z.boolean(), findings: z.int() }).nullable(),
});
export type BackupView = z.infer<typeof backupViewSchema>;

const overviewSchema = z.object({
  settings: backupSettingsSchema,
  /** Where backups lie now, absolute. */
  directory: z.string(),
  /** Why backups cannot be read or written there; empty when all is well. */
  problem: z.string(),
  freeBytes: z.int().nullable(),
  /** Something is being made, checked or brought back right now. */
  busy: z.enum(['making', 'verifying', 'restoring']).nullable(),
  nextAt: timestampSchema.nullable(),
  items: z.array(backupViewSchema),
});
export type BackupsOverview = z.infer<typeof overviewSchema>;

const tags = ['backups'];
const id = z.object({ id: z.string().regex(/^[0-9]{8}-[0-9]{6}(-[0-9]+)?$/) });

/** 备份与恢复. */
export const backups = {
  list: procedure({
    access: 'manager',
    method: 'GET',
    path: '/backups',
    summary: 'Backups there are, the newest first, and how they are made',
    tags,
  }).output(overviewSchema),
  /** Resolves when the backup lies there, checked. Cars pass meanwhile. */
  make: procedure({ access: 'manager', method: 'POST', path: '/backups', summary: 'Make a backup now', tags }).output(
    backupViewSchema,
  ),
  configure: procedure({
    access: 'manager',
    method: 'PUT',
    path: '/backups/settings',
    summary: 'When backups are made, where they lie and how long they are kept',
    tags,
  })
    .input(backupSettingsSchema)
    .output(overviewSchema),
  verify: procedure({
    access: 'manager',
    method: 'POST',
    path: '/backups/{id}/verify',
    summary: 'Check a backup whole: the file, the journal and its chain, the tables',
    tags,
  })
    .input(id)
    .output(verifyReportSchema),
  remove: procedure({ access: 'admin', method: 'DELETE', path: '/backups/{id}', summary: 'Remove a backup', tags })
    .input(id)
    .output(z.object({})),
  /** Checked first, then put in place; the station opens again with it. What is there now is kept aside. */
  restore: procedure({
    access: 'admin',
    method: 'POST',
    path: '/backups/{id}/restore',
    summary: 'Go back to the state of a backup; whatever came later no longer counts',
    tags,
  })
    .input(id.extend({ password: z.string().max(200) }))
    .output(z.object({ keptAs: z.string() })),
};
