import { parkingTypeSchema } from '../../../shared/domain/stay.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';

type Query = Readonly<Record<string, string | undefined>>;

export interface InsideFilter {
  readonly hours: number;
  readonly plate?: string;
  readonly areaId?: string;
  readonly vehicleClass?: 'small' | 'medium' | 'large';
  readonly parkingType?: 'temporary' | 'monthly' | 'shared' | 'special';
}

/** The filter as it stands in the address; `hours` 0 is everybody inside. */
export function insideFilterOf(query: Query): InsideFilter {
  const hours = Number(query['hours'] ?? 0);
  const vehicleClass = vehicleClassSchema.safeParse(query['vehicleClass']).data;
  const parkingType = parkingTypeSchema.safeParse(query['parkingType']).data;
  return {
    hours: Number.isInteger(hours) && hours >= 0 && hours <= 87_600 ? hours : 0,
    ...(query['plate'] ? { plate: query['plate'].slice(0, 16) } : {}),
    ...(query['areaId'] ? { areaId: query['areaId'] } : {}),
    ...(vehicleClass ? { vehicleClass } : {}),
    ...(parkingType ? { parkingType } : {}),
  };
}
