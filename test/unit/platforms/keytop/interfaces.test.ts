import { expect, test } from 'vitest';
import { keytop } from '../../../../electron/station/platforms/keytop/index.ts';
import { addresses } from '../../../../electron/station/platforms/keytop/paths.ts';

/** As the specification lists them: 17 from the car park to the third party, 28 the other way. */
const UP = {
  PostParkingInfo: '上行1.1',
  PostAreaInfo: '上行1.2',
  PostDeviceState: '上行1.3',
  PostParkingDevice: '上行1.4',
  PostCarInInfo: '上行2.1',
  PostCarOutInfo: '上行2.2',
  PostPayDetail: '上行2.3',
  PostBlackInInfo: '上行2.4',
  PostFreeParkingSpace: '上行2.5',
  PostCarCorrect: '上行2.6',
  PostCarBillDetail: '上行2.7',
  PostCarCard: '上行3.1',
  GetPayQRCode: '上行4.1',
  PayScanCode: '上行4.2',
  EntryTicketPage: '上行5.1',
  ChangeTicketPage: '上行5.2',
  AutonomousCalfee: '上行5.3',
};
const DOWN = {
  GetCarInOutInfoByPlate: '下行1.1',
  GetCarInOutInfoByPlace: '下行1.2',
  SearchParkingInfo: '下行1.3',
  OnlineCarInOut: '下行2.1',
  ModifyFreeSpace: '下行2.2',
  GateControl: '下行2.3',
  ShowLedMsg: '下行2.4',
  RecordDensityPay: '下行2.5',
  GetParkingPaymentInfo: '下行3.1',
  PayParkingFee: '下行3.2',
  ParkingFree: '下行3.3',
  GetPaymentStatus: '下行3.4',
  GetPayChargeInfo: '下行3.5',
  PayChargeNotice: '下行3.6',
  PayChargeReport: '下行3.7',
  AddCarCardNo: '下行4.1',
  ModifyCarCardNo: '下行4.2',
  DeleteCarCardNo: '下行4.3',
  CarCardNoManage: '下行4.4',
  GetCarCardInfo: '下行4.5',
  PayCarCardFee: '下行4.6',
  GetCardProduct: '下行4.7',
  BlackListControl: '下行4.8',
  GetBlackInfo: '下行4.9',
  AddBookingCar: '下行5.1',
  ModifyBookingCar: '下行5.2',
  GetBookingCar: '下行5.3',
  GetPhoto: '下行（附录后）',
};

const told = (down: boolean) =>
  Object.fromEntries(
    keytop.messages
      .filter(({ direction }) => (direction === 'down') === down)
      .map(({ name, section }) => [name, section]),
  );

test('all 17 interfaces to the third party are there, under the sections of the specification', () => {
  expect(told(false)).toEqual(UP);
});

test('all 28 interfaces from the third party are there, and each has an address', () => {
  expect(told(true)).toEqual(DOWN);
  expect(addresses.map(({ message }) => message).sort()).toEqual(Object.keys(DOWN).sort());
});
