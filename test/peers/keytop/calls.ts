import { PlatformPeer, type WiringOf } from '../http/platform-peer.ts';
import type { Call, CallOptions, Downlink } from './downlink.ts';
import type { About, Fault } from './faults.ts';
import type { Rule } from './finding.ts';
import type { JsonObject } from './json.ts';

export type Wiring = WiringOf<Fault, About, JsonObject>;

export interface Pair {
  readonly plateNo?: string | null;
  readonly etcNo?: string | null;
  /** 下行4.2: 0 delete, 1 add. */
  readonly type?: number;
}

export interface FreeDetail {
  readonly money: string | number;
  readonly time: string | number;
  readonly code: string | number;
  readonly type: number;
}

type Lane = { readonly deviceCode: string; readonly deviceType?: number };
type Page = {
  readonly startTime: string;
  readonly endTime: string;
  readonly pageIndex?: number;
  readonly pageCount?: number;
};
type Car = { readonly plateNo?: string; readonly cardNo?: string };
type Validity = { readonly validFrom?: string; readonly validTo?: string };

export interface Payment {
  readonly orderNo: string;
  readonly amount: number;
  readonly discount?: number;
  readonly payType?: number;
  readonly payMethod?: number;
  readonly freeMoney?: number;
  readonly freeTime?: number;
  readonly freeDetail?: string | readonly FreeDetail[];
}

const paged = (page: Page): JsonObject => ({ pageIndex: 1, pageCount: 20, ...page });

/** All 28 down interfaces. Each calls once and resolves with whatever came of it; parkCode goes without saying. */
export abstract class Calls extends PlatformPeer<Fault, About, JsonObject, Rule> {
  abstract override readonly downlink: Downlink;

  /** Any of them, with any fields. */
  call(name: string, fields: JsonObject, options?: CallOptions): Promise<Call> {
    return this.downlink.call(name, fields, options);
  }

  getCarInOutInfoByPlate(query: Page & { readonly plateNo: string }, options?: CallOptions): Promise<Call> {
    return this.call('GetCarInOutInfoByPlate', paged(query), options);
  }
  getCarInOutInfoByPlace(
    query: Page & { readonly entryPlace?: string; readonly leavePlace?: string },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('GetCarInOutInfoByPlace', paged(query), options);
  }
  searchParkingInfo(car: Car = {}, options?: CallOptions): Promise<Call> {
    return this.call('SearchParkingInfo', car, options);
  }

  onlineCarInOut(lane: Lane & { readonly cardNo: string }, options?: CallOptions): Promise<Call> {
    return this.call('OnlineCarInOut', lane, options);
  }
  modifyFreeSpace(
    space: { readonly areaCode?: number; readonly freeSpaceNum: number },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('ModifyFreeSpace', space, options);
  }
  gateControl(command: Lane & { readonly controlType: number }, options?: CallOptions): Promise<Call> {
    return this.call('GateControl', command, options);
  }
  showLedMsg(text: Lane & { readonly showInfo: string }, options?: CallOptions): Promise<Call> {
    return this.call('ShowLedMsg', text, options);
  }
  recordDensityPay(plateNo: string, options?: CallOptions): Promise<Call> {
    return this.call('RecordDensityPay', { plateNo }, options);
  }
  getPhoto(lane: Lane, options?: CallOptions): Promise<Call> {
    return this.call('GetPhoto', lane, options);
  }

  getParkingPaymentInfo(car: Car & { readonly deviceCode?: string }, options?: CallOptions): Promise<Call> {
    return this.call('GetParkingPaymentInfo', car, options);
  }
  /** As it is given, without taking money from anybody; {@link ThirdParty.app} does both. */
  payParkingFee(payment: Payment, options?: CallOptions): Promise<Call> {
    const usual = { discount: 0, payType: 4, payMethod: 4, freeMoney: 0, freeTime: 0, freeDetail: '' };
    return this.call('PayParkingFee', { ...usual, ...payment }, options);
  }
  /** `freeTime` is seconds here. */
  parkingFree(
    grant: Car & {
      readonly freeMoney?: number;
      readonly freeTime?: number;
      readonly payType?: number;
      readonly payMethod?: number;
      readonly remark?: string;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('ParkingFree', { payType: 4, payMethod: 4, ...grant }, options);
  }
  getPaymentStatus(orderNo: string, options?: CallOptions): Promise<Call> {
    return this.call('GetPaymentStatus', { orderNo }, options);
  }
  getPayChargeInfo(orderNo: string, options?: CallOptions): Promise<Call> {
    return this.call('GetPayChargeInfo', { orderNo }, options);
  }
  payChargeNotice(
    notice: { readonly orderNo: string; readonly chargeType?: string; readonly UserAccount?: string },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('PayChargeNotice', { chargeType: '0', ...notice }, options);
  }
  payChargeReport(query: Page, options?: CallOptions): Promise<Call> {
    return this.call('PayChargeReport', paged(query), options);
  }

  addCarCardNo(
    card: {
      readonly cardName: string;
      readonly useName: string;
      readonly tel?: string;
      readonly roomId?: string;
      readonly plateDetails: string | readonly Pair[];
      readonly carType: number;
      readonly spaceNum?: string;
      readonly validFrom: string;
      readonly validTo: string;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('AddCarCardNo', { spaceNum: '1', ...card }, options);
  }
  modifyCarCardNo(
    change: Validity & {
      readonly cardId: number;
      readonly cardName?: string;
      readonly useName?: string;
      readonly tel?: string;
      readonly roomId?: string;
      readonly plateDetails?: string | readonly Pair[];
      readonly spaceNum?: string;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('ModifyCarCardNo', change, options);
  }
  deleteCarCardNo(cardId: number, options?: CallOptions): Promise<Call> {
    return this.call('DeleteCarCardNo', { cardId }, options);
  }
  carCardNoManage(
    change: {
      readonly cardId: number;
      readonly plateNo?: string;
      readonly oldplateNo?: string;
      readonly isCard?: number;
      readonly modifyType: number;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('CarCardNoManage', change, options);
  }
  getCarCardInfo(
    query: { readonly plateNo?: string; readonly cardId?: number } = {},
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('GetCarCardInfo', query, options);
  }
  payCarCardFee(
    recharge: Required<Validity> & { readonly cardId: number; readonly orderNo?: string; readonly amount: number },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('PayCarCardFee', recharge, options);
  }
  getCardProduct(carType: number, options?: CallOptions): Promise<Call> {
    return this.call('GetCardProduct', { carType }, options);
  }
  blackListControl(
    change: {
      readonly blackId?: number;
      readonly plateNo?: string;
      readonly remark?: string;
      readonly controlType: number;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('BlackListControl', { blackId: 0, ...change }, options);
  }
  getBlackInfo(plateNo = '', options?: CallOptions): Promise<Call> {
    return this.call('GetBlackInfo', { plateNo }, options);
  }

  addBookingCar(
    booking: Required<Validity> & {
      readonly plateNo: string;
      readonly preMoney?: number;
      readonly bookType?: number;
      readonly promptly?: number;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('AddBookingCar', { preMoney: 0, bookType: 1, ...booking }, options);
  }
  modifyBookingCar(
    change: Validity & {
      readonly bookid: number;
      readonly bookType?: number;
      readonly modifyType?: number;
      readonly promptly?: number;
    },
    options?: CallOptions,
  ): Promise<Call> {
    return this.call('ModifyBookingCar', { modifyType: 0, ...change }, options);
  }
  getBookingCar(plateNo: string, options?: CallOptions): Promise<Call> {
    return this.call('GetBookingCar', { plateNo }, options);
  }
}
