import type { Site } from '../../../../shared/domain/site.ts';
import type { ShenzhenSettings } from './config.ts';

/** What the kind of the car park says, unless the site says otherwise (6.3.2, 6.3.10). */

type Given = Pick<ShenzhenSettings, 'site'>;

const BELOW = 0;
const ABOVE = 1;
const KERB = 3;
const OPEN = 0;
/** rsType 封闭: amounts of exits are required. */
export const CLOSED_CAR_PARK = 1;

const isKerbside = ({ kind }: Pick<Site, 'kind'>): boolean => kind === 'kerbside';

export const parkTypeOf = (site: Pick<Site, 'kind'>, settings: Given): number =>
  settings.site.parkType ?? (isKerbside(site) ? KERB : ABOVE);

export const rsTypeOf = (site: Pick<Site, 'kind'>, settings: Given): number =>
  settings.site.rsType ?? (isKerbside(site) ? OPEN : CLOSED_CAR_PARK);

/** 0 路内 · 1 路外室内 · 2 路外室外. */
export function positionTypeOf(site: Pick<Site, 'kind'>, settings: Given): number {
  const parkType = parkTypeOf(site, settings);
  return settings.site.positionType ?? (parkType === KERB ? 0 : parkType === BELOW ? 1 : 2);
}
