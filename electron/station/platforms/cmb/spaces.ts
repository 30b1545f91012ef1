import type { EventKind } from '../../../../shared/domain/events.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { CmbContext } from './context.ts';

/** 固定 are the spaces reserved for the cards of tenants (quotas), 临停 those that the public may use. */
export function emptySpaces({ commands, site, station }: CmbContext) {
  const counts = station().read.stays.counts();
  const vip_empty = site.quotas.reduce((sum, { id, spaces }) => {
    const taken = counts.reduce((cars, each) => (each.quotaId === id ? cars + each.cars : cars), 0);
    return sum + Math.max(0, spaces - taken);
  }, 0);
  const tmp_empty = commands.spaces().free;
  return { total_empty: vip_empty + tmp_empty, vip_empty, tmp_empty };
}

/** What moves a car in or out, or from one kind of space to another. */
const MOVES: ReadonlySet<EventKind> = new Set([
  'vehicle-entered',
  'vehicle-exited',
  'stay-closed',
  'stay-corrected',
  'plate-corrected',
  'spaces-corrected',
]);

export const listenToSpaces = ({ station }: Pick<CmbContext, 'station'>, changed: () => void): Cancel =>
  station().onCommitted((events) => {
    if (events.some(({ kind }) => MOVES.has(kind))) changed();
  });
