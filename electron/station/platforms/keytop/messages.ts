import type { z } from 'zod';
import type { DownMessage, DutyMessage, QueryMessage, UpMessage } from '../define-message.ts';
import type { KeytopAnswer, KeytopCall, KeytopContext, KeytopReply, KeytopWire } from './context.ts';
import { AddBookingCar } from './messages/AddBookingCar.ts';
import { AddCarCardNo } from './messages/AddCarCardNo.ts';
import { AutonomousCalfee } from './messages/AutonomousCalfee.ts';
import { BlackListControl } from './messages/BlackListControl.ts';
import { CarCardNoManage } from './messages/CarCardNoManage.ts';
import { ChangeTicketPage } from './messages/ChangeTicketPage.ts';
import { DeleteCarCardNo } from './messages/DeleteCarCardNo.ts';
import { EntryTicketPage } from './messages/EntryTicketPage.ts';
import { GateControl } from './messages/GateControl.ts';
import { GetBlackInfo } from './messages/GetBlackInfo.ts';
import { GetBookingCar } from './messages/GetBookingCar.ts';
import { GetCarCardInfo } from './messages/GetCarCardInfo.ts';
import { GetCardProduct } from './messages/GetCardProduct.ts';
import { GetCarInOutInfoByPlace } from './messages/GetCarInOutInfoByPlace.ts';
import { GetCarInOutInfoByPlate } from './messages/GetCarInOutInfoByPlate.ts';
import { GetParkingPaymentInfo } from './messages/GetParkingPaymentInfo.ts';
import { GetPayChargeInfo } from './messages/GetPayChargeInfo.ts';
import { GetPaymentStatus } from './messages/GetPaymentStatus.ts';
import { GetPayQRCode } from './messages/GetPayQRCode.ts';
import { GetPhoto } from './messages/GetPhoto.ts';
import { ModifyBookingCar } from './messages/ModifyBookingCar.ts';
import { ModifyCarCardNo } from './messages/ModifyCarCardNo.ts';
import { ModifyFreeSpace } from './messages/ModifyFreeSpace.ts';
import { OnlineCarInOut } from './messages/OnlineCarInOut.ts';
import { ParkingFree } from './messages/ParkingFree.ts';
import { PayCarCardFee } from './messages/PayCarCardFee.ts';
import { PayChargeNotice } from './messages/PayChargeNotice.ts';
import { PayChargeReport } from './messages/PayChargeReport.ts';
import { PayParkingFee } from './messages/PayParkingFee.ts';
import { PayScanCode } from './messages/PayScanCode.ts';
import { PostAreaInfo } from './messages/PostAreaInfo.ts';
import { PostBlackInInfo } from './messages/PostBlackInInfo.ts';
import { PostCarBillDetail } from './messages/PostCarBillDetail.ts';
import { PostCarCard } from './messages/PostCarCard.ts';
import { PostCarCorrect } from './messages/PostCarCorrect.ts';
import { PostCarInInfo } from './messages/PostCarInInfo.ts';
import { PostCarOutInfo } from './messages/PostCarOutInfo.ts';
import { PostDeviceState } from './messages/PostDeviceState.ts';
import { PostFreeParkingSpace } from './messages/PostFreeParkingSpace.ts';
import { PostParkingDevice } from './messages/PostParkingDevice.ts';
import { PostParkingInfo } from './messages/PostParkingInfo.ts';
import { PostPayDetail } from './messages/PostPayDetail.ts';
import { RecordDensityPay } from './messages/RecordDensityPay.ts';
import { SearchParkingInfo } from './messages/SearchParkingInfo.ts';
import { ShowLedMsg } from './messages/ShowLedMsg.ts';

export type KeytopUp = UpMessage<KeytopContext, KeytopWire, z.ZodType, KeytopAnswer>;
export type KeytopDuty = DutyMessage<KeytopContext, KeytopWire, KeytopAnswer>;
type Query = QueryMessage<KeytopContext, KeytopWire>;
type Down = DownMessage<KeytopContext, KeytopCall, KeytopReply | Promise<KeytopReply>>;

/** What waits in the outbox until it is taken (上行 1.x, 2.1, 2.3, 2.4, 2.6, 2.7, 3.1). */
export const upMessages: readonly KeytopUp[] = [
  ...[PostParkingInfo, PostAreaInfo, PostParkingDevice, PostDeviceState],
  PostCarInInfo,
  // Of one exit the bills go before the record, and what corrects it behind.
  ...[PostCarBillDetail, PostPayDetail, PostCarCorrect],
  ...[PostBlackInInfo, PostCarCard],
];

/** Only the newest counts (上行 2.5). */
export const dutyMessages: readonly KeytopDuty[] = [PostFreeParkingSpace];

/** Asked on the spot and never repeated by itself (上行 2.2, 4.1, 4.2, 5.3). */
export const queryMessages: readonly Query[] = [AutonomousCalfee, PostCarOutInfo, GetPayQRCode, PayScanCode];

/** What the third party calls us by (下行). */
export const downMessages: readonly Down[] = [
  GetCarInOutInfoByPlate,
  GetCarInOutInfoByPlace,
  SearchParkingInfo,
  AddCarCardNo,
  ModifyCarCardNo,
  DeleteCarCardNo,
  CarCardNoManage,
  GetCarCardInfo,
  PayCarCardFee,
  GetCardProduct,
  BlackListControl,
  GetBlackInfo,
  AddBookingCar,
  ModifyBookingCar,
  GetBookingCar,
  OnlineCarInOut,
  ModifyFreeSpace,
  GateControl,
  ShowLedMsg,
  GetParkingPaymentInfo,
  PayParkingFee,
  ParkingFree,
  GetPaymentStatus,
  GetPhoto,
  RecordDensityPay,
  GetPayChargeInfo,
  PayChargeNotice,
  PayChargeReport,
];

/** Where codes on tickets lead (上行 5.1, 5.2): addresses, nothing is sent. */
const pages = [EntryTicketPage, ChangeTicketPage];

export const allMessages = [...upMessages, ...dutyMessages, ...queryMessages, ...pages, ...downMessages];
