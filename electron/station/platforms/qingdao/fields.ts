import type { Actor, EventBody } from '../../../../shared/domain/events.ts';
import type { Spaces } from '../../../../shared/domain/site.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { clip, code, count, fenUpTo, optionalText, text, wireTime } from '../wire-fields.ts';
import {
  CAR_TYPE,
  CAR_TYPES,
  PARKING_TYPE,
  PARKING_TYPES,
  PLATE_COLORS,
  PLATE_LENGTH,
  plateColor,
  plateNo,
} from './codes.ts';
import type { QingdaoSettings } from './config.ts';

/** Fields that several interfaces share, with the lengths of their tables, and how they are read from an event. */

export const uid = text(60);
export const parkingCode = text(45);
/** Highest amount the tables allow. */
export const fen = fenUpTo(1_000_000_000);

export const vehicleFields = {
  plateNo: text(PLATE_LENGTH),
  plateColor: code(PLATE_COLORS),
  carType: code(CAR_TYPES),
  parkingType: code(PARKING_TYPES),
};

export const boothFields = { gateNo: optionalText(20), operatorCode: optionalText(50) };

export const berthFields = { totalBerthNum: count(6), openBerthNum: count(6), freeBerthNum: count(6) };

export const entryFields = { entryNum: text(50), arriveTime: wireTime };

export function vehicleOf(stay: Stay, { defaults }: QingdaoSettings) {
  const { plate } = stay;
  const nameless = plate.kind === 'none' || plate.kind === 'unread';
  return {
    plateNo: plateNo(plate),
    plateColor: plateColor(plate.color, defaults.plateColor),
    carType: (nameless ? defaults.carType : undefined) ?? CAR_TYPE[stay.vehicleClass],
    parkingType: PARKING_TYPE[stay.parkingType],
  };
}

/** The booth, and whoever acted in person; the station acting by itself has no operator. */
export function boothOf(body: Pick<EventBody<'vehicle-entered'>, 'booth'>, actor: Actor) {
  const operator = actor.kind === 'user' ? clip(actor.name, 50) : '';
  return { gateNo: body.booth || null, operatorCode: operator || null };
}

export const berthsOf = (spaces: Spaces) => ({
  totalBerthNum: spaces.total,
  openBerthNum: spaces.open,
  freeBerthNum: spaces.free,
});

export const entryOf = (stay: Stay) => ({
  entryNum: String(stay.entryLane.number),
  arriveTime: shanghaiDateTime(stay.enteredAt),
});
