import { z } from 'zod';
import { laneDirectionSchema } from '../../../../shared/domain/site.ts';
import { text } from '../wire-fields.ts';
import type { VankeContext, VankeWire } from './context.ts';
import { color, instant, plateNumber, toWireTime, uuid } from './fields.ts';
import { readerNoAt } from './reader.ts';

/** One crossing (过闸信息), whether it is told or fetched by the platform. */
export const crossingSchema = z.strictObject({
  uuid,
  laneId: text(40),
  /** Null where it is not known which way the car went: the lane's own. */
  direction: laneDirectionSchema.nullable(),
  /** When the car came onto the safety loop. */
  at: instant,
  plateNumber,
  color,
});

export function crossingWire(
  { uuid, laneId, direction, at, plateNumber, color }: z.output<typeof crossingSchema>,
  context: Pick<VankeContext, 'station' | 'settings'>,
) {
  const deviceNo = readerNoAt(laneId, direction, context);
  return { deviceNo, uuid, plateNumber, color, crossTime: toWireTime(at) } satisfies VankeWire;
}
