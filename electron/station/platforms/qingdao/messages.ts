import type { z } from 'zod';
import type { DownMessage, DutyMessage, QueryMessage, UpMessage } from '../define-message.ts';
import type { NoticeResult, QingdaoAnswer, QingdaoContext, QingdaoNotice, QingdaoWire } from './context.ts';
import { confirmSpecialCar } from './messages/confirmSpecialCar.ts';
import { specialCar } from './messages/specialCar.ts';
import { uploadCarInData } from './messages/uploadCarInData.ts';
import { uploadCarOutData } from './messages/uploadCarOutData.ts';
import { uploadHeartbeat } from './messages/uploadHeartbeat.ts';
import { uploadParkingState } from './messages/uploadParkingState.ts';
import { uploadPayRecord } from './messages/uploadPayRecord.ts';
import { uploadPhoto } from './messages/uploadPhoto.ts';

type Up = UpMessage<QingdaoContext, QingdaoWire, z.ZodType, QingdaoAnswer>;
type Query = QueryMessage<QingdaoContext, QingdaoWire>;
export type QingdaoDuty = DutyMessage<QingdaoContext, QingdaoWire, QingdaoAnswer>;
type Down = DownMessage<QingdaoContext, QingdaoNotice, NoticeResult>;

export const upMessages: readonly Up[] = [
  uploadCarInData,
  uploadCarOutData,
  uploadPhoto,
  uploadPayRecord,
  confirmSpecialCar,
];

export const dutyMessages: readonly QingdaoDuty[] = [uploadParkingState, uploadHeartbeat];

/** What is asked when something must be known. */
export const queryMessages: readonly Query[] = [];

/** A notice, and the message that answers it. */
export const downMessages: readonly { readonly notice: Down; readonly confirmation: typeof confirmSpecialCar }[] = [
  { notice: specialCar, confirmation: confirmSpecialCar },
];

export const allMessages = [
  ...upMessages,
  ...dutyMessages,
  ...queryMessages,
  ...downMessages.map(({ notice }) => notice),
];
