import { z } from 'zod';
import { berthSchema } from '../../../shared/domain/berth.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Log } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Store } from '../store/store.ts';
import type { Berths } from './berths.ts';

const PROVISION = { kind: 'station', name: 'provision' } as const;
/** Codes that a provision file brought once: a berth that was taken off the register since stays off. */
const TAKEN_KEY = 'berths-taken';
const takenSchema = z.array(z.string());

const { shape } = berthSchema;

/** A berth that a provision file brings, known by its code. */
export const seedBerthSchema = z.strictObject({
  code: z.string().trim().min(1).max(36).describe('As it is painted on the ground, and as cities know it'),
  number: shape.number
    .optional()
    .describe('Stands for an entrance number in the uid of a stay; the next free one unless told'),
  area: shape.areaId.describe('The road section: its tariff prices the stays'),
  road: shape.road.optional(),
  side: shape.side.optional().describe('Seen in the direction in which positions grow; right unless told'),
  position: shape.position.optional().describe('Order along the road; by its number unless told'),
  sensor: shape.areaId.optional().describe('Device of kind berth-sensor'),
  camera: shape.areaId.optional().describe('Device of kind berth-camera'),
  inUse: z.boolean().optional(),
});
export type SeedBerth = z.output<typeof seedBerthSchema>;

/** What the seeds of a provision file have been used up for: these codes say nothing any more. */
export function takenBerths(read: Pick<Repositories, 'meta' | 'berths'>): ReadonlySet<string> {
  const stored = read.meta.get(TAKEN_KEY);
  const taken = stored === undefined ? [] : takenSchema.parse(JSON.parse(stored));
  return new Set([...taken, ...read.berths.all().map(({ code }) => code)]);
}

/**
 * Berths that a provision file brings. One that is there, or was, stays as people left it. One that contradicts what is there
 * (its number went to another berth) is left out and said so.
 */
export function seedBerths(berths: Berths, store: Store, entries: readonly SeedBerth[], log: Log): void {
  const taken = takenBerths(store.read);
  const fresh = entries.filter(({ code }) => !taken.has(code));
  if (fresh.length === 0) return;
  // Those that name a number first: it must not have gone to one that takes any.
  const ordered = [...fresh].sort((a, b) => Number(a.number === undefined) - Number(b.number === undefined));
  store.write((tx) => {
    for (const { area, ...entry } of ordered)
      try {
        berths.putIn(tx, undefined, { ...entry, areaId: area }, PROVISION);
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        log.warn('a berth of the provision file was left out', { code: entry.code, reason: error.message });
      }
    tx.meta.put(TAKEN_KEY, JSON.stringify([...taken, ...fresh.map(({ code }) => code)]));
  });
}
