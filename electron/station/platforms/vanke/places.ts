import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { VankeSettings } from './config.ts';
import type { VankeContext } from './context.ts';
import type { PlaceStatus } from './down-fields.ts';

/** A space as the platform is told of it, and the car that stands there. */
export interface PlaceSeen {
  readonly no: string;
  readonly status: PlaceStatus;
  readonly stay: Stay | null;
}

type Place = VankeSettings['places'][number];
type Needed = Pick<VankeContext, 'settings' | 'station'>;

/** Whose space is whose, and which are taken: of what is asked by status alone. */
interface Taken {
  readonly ofPlate: ReadonlyMap<string, readonly Place[]>;
  /** As it was when the journal ended with this row: nobody comes or goes without one. */
  seq: number;
  places: ReadonlySet<Place>;
}

/** Once for the settings: there may be 20,000 spaces, and cars wait meanwhile. */
const takenOf = new WeakMap<VankeSettings, Taken>();

/**
 * The spaces of cars that a query is about (查询车位状态信息), in the order of the setting. A page of them is looked up by their plates alone;
 * only what is asked by its status needs all cars that are inside, once for as long as nothing happens.
 */
export function placesFor(
  filter: { readonly status: PlaceStatus | undefined; readonly no: string | undefined },
  { offset, limit }: { readonly offset: number; readonly limit: number },
  context: Needed,
): { readonly total: number; readonly page: readonly PlaceSeen[] } {
  const { places } = context.settings;
  const { no, status } = filter;
  const named = no === undefined ? places : places.filter((place) => place.no === no);
  const found = status === undefined ? named : withStatus(status, named, context);
  return { total: found.length, page: found.slice(offset, offset + limit).map((place) => seen(place, context)) };
}

/** Of several cars of one space that are inside, the first of the setting is told. */
function seen({ no, plates, outOfUse }: Place, { station }: Needed): PlaceSeen {
  const { stays } = station().read;
  let stay: Stay | null = null;
  for (const plate of plates) stay ??= stays.inside(normalisePlateText(plate)) ?? null;
  return { no, status: outOfUse ? 'unusual' : stay ? 'occupy' : 'vacancy', stay };
}

function withStatus(status: PlaceStatus, places: readonly Place[], context: Needed): readonly Place[] {
  if (status === 'unusual') return places.filter(({ outOfUse }) => outOfUse);
  const taken = takenNow(context);
  return places.filter((place) => !place.outOfUse && taken.has(place) === (status === 'occupy'));
}

function takenNow({ settings, station }: Needed): ReadonlySet<Place> {
  const { stays, journal } = station().read;
  const { seq } = journal.last();
  const known = takenOf.get(settings) ?? { ofPlate: byPlate(settings.places), seq: -1, places: new Set<Place>() };
  takenOf.set(settings, known);
  if (known.seq === seq) return known.places;
  known.places = new Set(stays.insideTexts().flatMap(({ plate }) => known.ofPlate.get(plate) ?? []));
  known.seq = seq;
  return known.places;
}

function byPlate(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>();
  for (const place of places)
    for (const plate of place.plates.map(normalisePlateText)) {
      const already = found.get(plate);
      if (already) already.push(place);
      else found.set(plate, [place]);
    }
  return found;
}
