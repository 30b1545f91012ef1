import { z } from 'zod';
import { positionTypeOf } from '../car-park.ts';
import { instant, toEpoch } from '../fields.ts';
import { newest } from '../newest.ts';
import { pictureOf } from '../photo-links.ts';
import { RANKS } from '../ranks.ts';

/** A berth was taken or left, by whoever told it; all of them at the start. Out of use, or never heard of, it has no state to tell. */
export const berthInfo = newest({
  name: 'berthInfo',
  title: '泊位信息上报',
  section: '6.3.2',
  rank: RANKS.berths,
  schema: z.strictObject({
    berthCode: z.string().min(1).max(36),
    reportTime: instant,
    state: z.literal([0, 1]),
    sequence: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    /** Ours, not sent: whose picture it is. */
    uid: z.string().max(60),
  }),
  sample: { berthCode: 'NS000100010001', reportTime: 1_506_496_739_000, state: 1, sequence: 17, uid: '' },
  keys: ({ station }) =>
    station()
      .read.berths.all()
      .map(({ id }) => id),
  concerns: (event) => {
    if (event.kind === 'berth-observed') return [event.body.berth.id];
    return event.kind === 'berth-changed' ? [event.body.berth.id] : [];
  },
  look: (id, { station }) => {
    const { berths, berthStates } = station().read;
    const berth = berths.get(id);
    const { occupied, since, sequence, uid } = berthStates.get(id);
    if (!berth?.inUse || occupied === null || since === null) return undefined;
    const state: 0 | 1 = occupied ? 1 : 0;
    return { body: { berthCode: berth.code, reportTime: since, state, sequence, uid: uid ?? '' } };
  },
  // A car that came while another left is no change of the berth; the records of both say so.
  news: ({ berthCode, state }) => `${berthCode} ${state}`,
  wire: ({ berthCode, reportTime, state, sequence, uid }, context) => {
    const { settings, clock, site } = context;
    const image = settings.wire.berthImage && uid !== '' ? pictureOf(uid, 'entry', context) : '';
    return {
      berthCode,
      positionType: positionTypeOf(site, settings),
      reportTime: toEpoch(reportTime, settings),
      state,
      sequence,
      timestamp: toEpoch(clock.now(), settings),
      image: image === '' ? undefined : image,
    };
  },
});
