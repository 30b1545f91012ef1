import { COLOR, type Field, OPTIONAL, PLATE, text, time } from './field.ts';

/** Rows of a page, and which of their fields puts them in order. */
export interface Rows {
  readonly fields: readonly Field[];
  readonly orderedBy: string | null;
}

/** One of 供应商提供接口: what the cloud asks, and what the car park answers beside respCode and respDesc. */
export interface DownTable {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly rows?: Rows;
  /** Marked 忽略. */
  readonly ignored?: true;
}

const PAGING = ['pageSize', 'currentPage'] as const;
const PERIOD = { required: ['beginTime'], optional: [...PAGING, 'endTime'] } as const;

export const DOWN = {
  receiveOpenGate: { required: ['deviceNo', 'openMode'], optional: ['plateNumber'] },
  receiveShowMsg: { required: ['deviceNo', 'msg'], optional: [] },
  queryPlaceStatus: {
    ...{ required: [], optional: [...PAGING, 'placeStatus', 'placeNo'] },
    rows: {
      fields: [
        ...[text('placeNo'), text('placeStatus', { codes: 'placeStatus' })],
        ...[text('image', { ...OPTIONAL, format: 'jpg' }), text('plateNumber', OPTIONAL)],
      ],
      orderedBy: null,
    },
  },
  queryUnPushCrossInfo: {
    ...PERIOD,
    rows: { fields: [text('uuid'), text('deviceNo'), PLATE, COLOR, time('crossTime')], orderedBy: 'crossTime' },
  },
  queryUnPushRecognitionInfo: {
    ...PERIOD,
    rows: {
      fields: [
        ...[text('uuid'), text('deviceNo'), PLATE, COLOR, time('recognitionTime'), text('image', { format: 'url' })],
      ],
      orderedBy: 'recognitionTime',
    },
  },
  queryInOutRecord: { required: ['beginTime', 'plateNumber'], optional: ['endTime', 'recordType'], ignored: true },
  queryInOutPayRecord: { required: ['beginTime'], optional: ['endTime', 'plateNumber'], ignored: true },
  queryPrePayRecord: { required: ['beginTime'], optional: ['endTime', 'plateNumber'], ignored: true },
  checkConnect: { required: [], optional: [] },
} as const satisfies Record<string, DownTable>;

export type DownName = keyof typeof DOWN;

export const tableOf = (name: DownName): DownTable => DOWN[name];
