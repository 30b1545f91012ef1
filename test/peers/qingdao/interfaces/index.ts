import type { UplinkInterface } from '../interface.ts';
import { applyPayment } from './applyPayment.ts';
import { cancelOverDueBill } from './cancelOverDueBill.ts';
import { checkDailyBill } from './checkDailyBill.ts';
import { confirmDeparturePayInfo } from './confirmDeparturePayInfo.ts';
import { confirmOverDueResult } from './confirmOverDueResult.ts';
import { confirmPayResult } from './confirmPayResult.ts';
import { confirmSpecialCar } from './confirmSpecialCar.ts';
import { downloadUID } from './downloadUID.ts';
import { getDeparturePayInfo } from './getDeparturePayInfo.ts';
import { getOverDueResult } from './getOverDueResult.ts';
import { getPayResult } from './getPayResult.ts';
import { uploadAbnormalBill } from './uploadAbnormalBill.ts';
import { uploadCarInData } from './uploadCarInData.ts';
import { uploadCarOutData } from './uploadCarOutData.ts';
import { uploadCheckRecord } from './uploadCheckRecord.ts';
import { uploadFee } from './uploadFee.ts';
import { uploadHeartbeat } from './uploadHeartbeat.ts';
import { uploadModifyCarInData } from './uploadModifyCarInData.ts';
import { uploadParkingInfo } from './uploadParkingInfo.ts';
import { uploadParkingState } from './uploadParkingState.ts';
import { uploadPayRecord } from './uploadPayRecord.ts';
import { uploadPhoto } from './uploadPhoto.ts';

/** The 22 interfaces of the uplink in the order of the document; anything else is an unknown interface. */
export const INTERFACES: ReadonlyMap<string, UplinkInterface> = new Map(
  [
    uploadCarInData,
    uploadModifyCarInData,
    uploadCarOutData,
    uploadParkingState,
    uploadPhoto,
    uploadPayRecord,
    uploadCheckRecord,
    downloadUID,
    uploadHeartbeat,
    uploadParkingInfo,
    applyPayment,
    uploadFee,
    confirmPayResult,
    confirmDeparturePayInfo,
    getDeparturePayInfo,
    uploadAbnormalBill,
    checkDailyBill,
    getPayResult,
    cancelOverDueBill,
    confirmOverDueResult,
    getOverDueResult,
    confirmSpecialCar,
  ].map((definition) => [definition.name, definition]),
);
