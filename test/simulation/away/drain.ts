import type { Away, Heard } from './away.ts';
import type { AwayCity } from './city.ts';
import type { Lot } from './lot.ts';
import type { Visit } from './plan.ts';

/** So often the city cannot take an entry or a payment while the backlog leaves. */
const STUMBLES = 12;
/** The station is killed when this share of the records is out. */
const DIES_AT = 0.35;

export interface Drained {
  readonly heard: Heard;
  /** From here to the end nobody died, by the station's clock. */
  readonly from: number;
  /** Most memory that was seen, in bytes. */
  readonly peak: number;
  readonly seconds: number;
}

/** What the city must come to hold of these visits. */
function expected(visits: readonly Visit[]): { readonly records: number; readonly photos: number } {
  let [records, photos] = [0, 0];
  for (const { leftAt, paidFen, entryPicture, exitPicture } of visits) {
    records += 1 + Number(leftAt !== null) + Number(paidFen !== null);
    photos += Number(entryPicture) + Number(exitPicture && leftAt !== null);
  }
  return { records, photos };
}

/**
 * The city is back: cars come and go at a peak's rate until it has everything that there is to have. On the way the station is killed
 * once, and afterwards the city stumbles over single messages.
 *
 * @throws when that takes too long
 */
export async function drain(
  away: Away,
  lot: Lot,
  city: AwayCity,
  { everyMs, drainMs }: { readonly everyMs: number; readonly drainMs: number },
): Promise<Drained> {
  const began = performance.now();
  const before = await city.counts();
  await city.become('up');
  await away.reach();
  let [from, peak, stumbles] = [0, 0, 0];
  const heard = await away.rush(lot, everyMs, async () => {
    const now = await city.counts();
    const wanted = expected(lot.visits);
    if (now.records === wanted.records && now.photos === wanted.photos) return true;
    if (performance.now() - began > drainMs)
      throw new Error(`the city has not got everything: ${JSON.stringify({ now, wanted })}`);
    if (from === 0 && now.records - before.records > DIES_AT * (wanted.records - before.records)) {
      await away.die();
      from = await away.station.now();
    }
    if (from > 0 && stumbles < STUMBLES) {
      await city.stumble(stumbles % 2 === 0 ? 'uploadPayRecord' : 'uploadCarInData');
      stumbles += 1;
    }
    peak = Math.max(peak, await away.station.memory());
    return false;
  });
  return { heard, from, peak, seconds: (performance.now() - began) / 1000 };
}
