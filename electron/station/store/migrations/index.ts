import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';

/** Every migration, in order. Numbers grow in tens; a published migration is never edited. */
export const migrations: readonly Migration[] = [foundation];
