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

interface Spaces {
  /** In the order of the setting, plates in the spelling of the house. */
  readonly all: readonly Place[];
  /** Which of them a plate belongs to. */
  readonly ofPlate: ReadonlyMap<string, readonly Place[]>;
  /** Those that cars stand at, as the journal had it at a moment. */
  taken: { readonly seq: number; readonly places: ReadonlySet<Place> } | null;
}

/** Once for the settings: there may be 20,000 spaces, and cars wait meanwhile. */
const spacesOf = new WeakMap<VankeSettings, Spaces>();

/**
 * The spaces of cars that a query is about (查询车位状态信息). A page of them is looked up by their plates alone; only what is asked by its
 * status needs all cars that are inside, once for as long as nothing happens.
 */
export function placesFor(
  filter: { readonly status: PlaceStatus | undefined; readonly no: string | undefined },
  { offset, limit }: { readonly offset: number; readonly limit: number },
  context: Needed,
): { readonly total: number; readonly page: readonly PlaceSeen[] } {
  const spaces = known(context.settings);
  const { no, status } = filter;
  const named = no === undefined ? spaces.all : spaces.all.filter((place) => place.no === no);
  const found = status === undefined ? named : withStatus(status, named, spaces, context);
  return { total: found.length, page: found.slice(offset, offset + limit).map((place) => seen(place, context)) };
}

function seen(place: Place, { station }: Needed): PlaceSeen {
  const { stays } = station().read;
  let stay: Stay | null = null;
  for (const plate of place.plates) stay ??= stays.inside(plate) ?? null;
  return { no: place.no, status: place.outOfUse ? 'unusual' : stay ? 'occupy' : 'vacancy', stay };
}

function withStatus(status: PlaceStatus, places: readonly Place[], spaces: Spaces, context: Needed): readonly Place[] {
  if (status === 'unusual') return places.filter(({ outOfUse }) => outOfUse);
  const taken = takenNow(spaces, context);
  return places.filter((place) => !place.outOfUse && taken.has(place) === (status === 'occupy'));
}

function takenNow(spaces: Spaces, { station }: Needed): ReadonlySet<Place> {
  const { stays, journal } = station().read;
  const { seq } = journal.last();
  if (spaces.taken?.seq !== seq) {
    const places = new Set(stays.insideTexts().flatMap(({ plate }) => spaces.ofPlate.get(plate) ?? []));
    spaces.taken = { seq, places };
  }
  return spaces.taken.places;
}

function known(settings: VankeSettings): Spaces {
  let spaces = spacesOf.get(settings);
  if (spaces) return spaces;
  const all = settings.places.map((place) => ({ ...place, plates: place.plates.map(normalisePlateText) }));
  const ofPlate = new Map<string, Place[]>();
  for (const place of all)
    for (const plate of place.plates) {
      const places = ofPlate.get(plate);
      if (places) places.push(place);
      else ofPlate.set(plate, [place]);
    }
  spaces = { all, ofPlate, taken: null };
  spacesOf.set(settings, spaces);
  return spaces;
}
