import { z } from 'zod';
import { parkTypeOf, rsTypeOf } from '../car-park.ts';
import { toEpoch } from '../fields.ts';
import { Held, newest } from '../newest.ts';
import { RANKS } from '../ranks.ts';

const MOST_SPACES = 9999;
const DEGREE_DECIMALS = 6;
const code = z.int().min(0).max(9);

/** The car park itself: at the start, and when it changes. */
export const park = newest({
  name: 'park',
  title: '停车场同步',
  section: '6.3.10',
  rank: RANKS.carPark,
  schema: z.strictObject({
    parkName: z.string().min(1).max(100),
    parkType: code,
    cityCode: z.string().min(1).max(20),
    address: z.string().min(1).max(200),
    image: z.string().max(100),
    longitude: z.number().min(0).max(136),
    latitude: z.number().min(0).max(54),
    totalSpace: z.int().min(0).max(MOST_SPACES),
    free: code,
    rsType: code,
    description: z.string().max(100),
    innerPayable: code,
    payMode: code,
    scope: code,
  }),
  sample: {
    ...{ parkName: '科技园停车场', parkType: 2, cityCode: '440300', address: '深圳市南山区', image: '' },
    ...{ longitude: 114.057868, latitude: 22.543099, totalSpace: 700, free: 0, rsType: 1, description: '' },
    ...{ innerPayable: 1, payMode: 0, scope: 1 },
  },
  keys: () => [''],
  concerns: ({ kind }) => (kind === 'config-applied' || kind === 'berth-changed' ? 'all' : []),
  look: (_key, { settings, site, station }) => {
    const { longitude, latitude, withoutCoordinates } = settings.site;
    if ((longitude === undefined || latitude === undefined) && withoutCoordinates === 'hold')
      return new Held('没有填写经纬度');
    const { cityCode, address, image, free, description, innerPayable, payMode, scope } = settings.site;
    const spaces = site.totalSpaces || station().read.berths.all().length;
    const body = {
      parkName: site.name,
      parkType: parkTypeOf(site, settings),
      cityCode,
      address: address || site.address || site.name,
      image,
      longitude: longitude ?? 0,
      latitude: latitude ?? 0,
      totalSpace: Math.min(spaces, MOST_SPACES),
      free,
      rsType: rsTypeOf(site, settings),
      ...{ description, innerPayable, payMode, scope },
    };
    return { body };
  },
  wire: ({ longitude, latitude, ...body }, { settings, clock }) => {
    const scale = settings.wire.coordinateScale;
    const scaled = (degrees: number) => (scale === 1 ? degrees.toFixed(DEGREE_DECIMALS) : Math.round(degrees * scale));
    return {
      timestamp: toEpoch(clock.now(), settings),
      parkCode: settings.parkCode,
      parkName: body.parkName,
      parkType: body.parkType,
      cityCode: body.cityCode,
      address: body.address,
      image: body.image,
      lng: scaled(longitude),
      lat: scaled(latitude),
      totalSpace: body.totalSpace,
      free: body.free,
      rsType: body.rsType,
      description: body.description,
      innerPayable: body.innerPayable,
      payMode: body.payMode,
      scope: body.scope,
    };
  },
});
