import { z } from 'zod';
import type { EventKind } from '../../../../../shared/domain/events.ts';
import { toEpoch } from '../fields.ts';
import { newest } from '../newest.ts';
import { RANKS } from '../ranks.ts';

const MOST_SPACES = 9999;

/** What moves a car in or out, or from one kind of space to another. */
const MOVES: ReadonlySet<EventKind> = new Set([
  'vehicle-entered',
  'vehicle-exited',
  'area-crossed',
  'stay-closed',
  'stay-corrected',
  'plate-corrected',
  'spaces-corrected',
  'config-applied',
]);

/** Free spaces: on change at most once in a while, and by the clock. */
export const freeNum = newest({
  name: 'freeNum',
  title: '同步剩余泊位数',
  section: '6.3.11',
  rank: RANKS.figures,
  everyMs: ({ settings }) => settings.reports.freeNumMs,
  quietMs: ({ settings }) => settings.reports.freeNumQuietMs,
  schema: z.strictObject({ freeNum: z.int().min(0).max(MOST_SPACES) }),
  sample: { freeNum: 123 },
  keys: () => [''],
  concerns: ({ kind }) => (MOVES.has(kind) ? 'all' : []),
  look: (_key, { commands, settings }) => {
    const { free, total, inside } = commands.spaces();
    const count = settings.reports.freeNumOf === 'open' ? free : total - inside;
    return { body: { freeNum: Math.min(MOST_SPACES, Math.max(0, count)) } };
  },
  wire: (body, { settings, clock }) => ({
    timestamp: toEpoch(clock.now(), settings),
    parkCode: settings.parkCode,
    freeNum: body.freeNum,
    dataSouce: settings.wire.dataSource,
  }),
});
