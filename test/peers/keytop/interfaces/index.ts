import type { UpInterface } from '../interface.ts';
import { AutonomousCalfee } from './AutonomousCalfee.ts';
import { GetPayQRCode } from './GetPayQRCode.ts';
import { PayScanCode } from './PayScanCode.ts';
import { PostAreaInfo } from './PostAreaInfo.ts';
import { PostBlackInInfo } from './PostBlackInInfo.ts';
import { PostCarBillDetail } from './PostCarBillDetail.ts';
import { PostCarCard } from './PostCarCard.ts';
import { PostCarCorrect } from './PostCarCorrect.ts';
import { PostCarInInfo } from './PostCarInInfo.ts';
import { PostCarOutInfo } from './PostCarOutInfo.ts';
import { PostDeviceState } from './PostDeviceState.ts';
import { PostFreeParkingSpace } from './PostFreeParkingSpace.ts';
import { PostParkingDevice } from './PostParkingDevice.ts';
import { PostParkingInfo } from './PostParkingInfo.ts';
import { PostPayDetail } from './PostPayDetail.ts';

/** The 15 up interfaces that are posted, by name. */
export const UP: ReadonlyMap<string, UpInterface> = new Map(
  [
    ...[PostParkingInfo, PostAreaInfo, PostDeviceState, PostParkingDevice],
    ...[PostCarInInfo, PostCarOutInfo, PostPayDetail, PostBlackInInfo, PostFreeParkingSpace],
    ...[PostCarCorrect, PostCarBillDetail, PostCarCard, GetPayQRCode, PayScanCode, AutonomousCalfee],
  ].map((one) => [one.name, one]),
);
