import type { EventKind } from '../../../../shared/domain/events.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { KeytopContext } from './context.ts';

type Needed = Pick<KeytopContext, 'commands' | 'settings' | 'site' | 'areas' | 'station'>;

/** Free spaces of the whole, all of them or those that everybody may use, and of each area. */
export function freeSpaces({ commands, settings, areas }: Needed) {
  const free = commands.freeByArea();
  const whole = commands.spaces();
  const isOpen = settings.spaces.count === 'open';
  return {
    freeSpaceNum: isOpen ? whole.free : Math.max(0, whole.total - whole.inside),
    totalSpaceNum: isOpen ? whole.open : whole.total,
    areaInfo: areas.map(({ id, code, name }) => ({
      areaCode: code,
      areaName: name,
      areaFreeSpaceNum: free.get(id) ?? 0,
    })),
  };
}

/** What moves a car in or out, or from one kind of space to another. */
const MOVES: ReadonlySet<EventKind> = new Set([
  'vehicle-entered',
  'vehicle-exited',
  'area-crossed',
  'stay-closed',
  'stay-corrected',
  'spaces-corrected',
]);

/** Calls `changed` when a free count is another one than before. */
export function listenToSpaces(context: Needed, changed: () => void): Cancel {
  let before = JSON.stringify(freeSpaces(context));
  return context.station().onCommitted((events) => {
    if (!events.some(({ kind }) => MOVES.has(kind))) return;
    const now = JSON.stringify(freeSpaces(context));
    if (now === before) return;
    before = now;
    changed();
  });
}
