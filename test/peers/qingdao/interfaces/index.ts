import type { UplinkInterface } from '../field.ts';
import { confirmSpecialCar } from './confirmSpecialCar.ts';
import { uploadCarInData } from './uploadCarInData.ts';
import { uploadCarOutData } from './uploadCarOutData.ts';
import { uploadHeartbeat } from './uploadHeartbeat.ts';
import { uploadParkingState } from './uploadParkingState.ts';
import { uploadPayRecord } from './uploadPayRecord.ts';
import { uploadPhoto } from './uploadPhoto.ts';

/** Every interface that this platform answers; anything else is an unknown interface to it. */
export const INTERFACES: ReadonlyMap<string, UplinkInterface> = new Map(
  [
    uploadCarInData,
    uploadCarOutData,
    uploadParkingState,
    uploadPhoto,
    uploadPayRecord,
    uploadHeartbeat,
    confirmSpecialCar,
  ].map((definition) => [definition.name, definition]),
);
