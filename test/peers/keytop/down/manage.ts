import { text } from '../field.ts';
import { type DownInterface, define, LANE, mayInt, must, mustInt } from './define.ts';

/** 下行2 and GetPhoto. */
export const MANAGE: readonly DownInterface[] = [
  define('OnlineCarInOut', { controller: 'ParkingManage', legacy: 'pay2', request: [...LANE, must('cardNo')] }),
  define('ModifyFreeSpace', {
    ...{ controller: 'ParkingManage', legacy: 'pay2' },
    request: [mayInt('areaCode'), mustInt('freeSpaceNum')],
  }),
  define('GateControl', {
    controller: 'ParkingManage',
    request: [...LANE, mustInt('controlType', { command: [1, 2, 11, 12] })],
  }),
  define('ShowLedMsg', { controller: 'ParkingManage', request: [...LANE, must('showInfo')] }),
  define('RecordDensityPay', { controller: 'ParkingManage', request: [must('plateNo')] }),
  define('GetPhoto', {
    ...{ controller: 'ParkingManage', single: true },
    request: LANE,
    rows: [text('imageUrl', { format: 'url' })],
  }),
];
