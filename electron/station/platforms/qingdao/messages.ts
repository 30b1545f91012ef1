import type { z } from 'zod';
import type { DownMessage, DutyMessage, QueryMessage, UpMessage } from '../define-message.ts';
import type { answering } from './answering.ts';
import type { NoticeResult, QingdaoAnswer, QingdaoContext, QingdaoNotice, QingdaoWire } from './context.ts';
import { applyPayment } from './messages/applyPayment.ts';
import { cancelOverDueBill } from './messages/cancelOverDueBill.ts';
import { checkDailyBill } from './messages/checkDailyBill.ts';
import { confirmDeparturePayInfo } from './messages/confirmDeparturePayInfo.ts';
import { confirmOverDueResult } from './messages/confirmOverDueResult.ts';
import { confirmPayResult } from './messages/confirmPayResult.ts';
import { confirmSpecialCar } from './messages/confirmSpecialCar.ts';
import { departurePayInfo } from './messages/departurePayInfo.ts';
import { downloadUID } from './messages/downloadUID.ts';
import { fee } from './messages/fee.ts';
import { getDeparturePayInfo } from './messages/getDeparturePayInfo.ts';
import { getOverDueResult } from './messages/getOverDueResult.ts';
import { getPayResult } from './messages/getPayResult.ts';
import { overDueResult } from './messages/overDueResult.ts';
import { payResult } from './messages/payResult.ts';
import { specialCar } from './messages/specialCar.ts';
import { uploadAbnormalBill } from './messages/uploadAbnormalBill.ts';
import { uploadCarInData } from './messages/uploadCarInData.ts';
import { uploadCarOutData } from './messages/uploadCarOutData.ts';
import { uploadCheckRecord } from './messages/uploadCheckRecord.ts';
import { uploadFee } from './messages/uploadFee.ts';
import { uploadHeartbeat } from './messages/uploadHeartbeat.ts';
import { uploadModifyCarInData } from './messages/uploadModifyCarInData.ts';
import { uploadParkingInfo } from './messages/uploadParkingInfo.ts';
import { uploadParkingState } from './messages/uploadParkingState.ts';
import { uploadPayRecord } from './messages/uploadPayRecord.ts';
import { uploadPhoto } from './messages/uploadPhoto.ts';

type Up = UpMessage<QingdaoContext, QingdaoWire, z.ZodType, QingdaoAnswer>;
type Query = QueryMessage<QingdaoContext, QingdaoWire>;
export type QingdaoDuty = DutyMessage<QingdaoContext, QingdaoWire, QingdaoAnswer>;
type Answer = ReturnType<typeof answering>;
type Down = DownMessage<QingdaoContext, QingdaoNotice, NoticeResult>;

export const upMessages: readonly Up[] = [
  uploadCarInData,
  uploadModifyCarInData,
  uploadCarOutData,
  uploadPhoto,
  applyPayment,
  uploadPayRecord,
  cancelOverDueBill,
  uploadAbnormalBill,
  uploadParkingInfo,
  confirmSpecialCar,
  uploadFee,
  confirmPayResult,
  confirmDeparturePayInfo,
  confirmOverDueResult,
];

export const dutyMessages: readonly QingdaoDuty[] = [uploadParkingState, uploadHeartbeat];

/** What is asked when something must be known. `applyPayment` is asked at the exit, too; it stands among those above. */
export const queryMessages: readonly Query[] = [
  uploadCheckRecord,
  downloadUID,
  checkDailyBill,
  getPayResult,
  getDeparturePayInfo,
  getOverDueResult,
];

/** A notice, and the message that answers it; `anew`: each time with the figures of now, also when it comes again. */
export const downMessages: readonly { readonly notice: Down; readonly answer: Answer; readonly anew?: true }[] = [
  { notice: specialCar, answer: confirmSpecialCar },
  { notice: fee, answer: uploadFee, anew: true },
  { notice: payResult, answer: confirmPayResult },
  { notice: departurePayInfo, answer: confirmDeparturePayInfo },
  { notice: overDueResult, answer: confirmOverDueResult },
];

export const allMessages = [
  ...upMessages,
  ...dutyMessages,
  ...queryMessages,
  ...downMessages.map(({ notice }) => notice),
];
