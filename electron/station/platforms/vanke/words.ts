import type { MessageWords } from '../platform.ts';
import { allMessages } from './messages.ts';

/** What the fields of all messages are called. One name means one thing throughout the specification. */
const fields: Readonly<Record<string, string>> = {
  version: '接口版本',
  appId: '供应商编号',
  parkingLotId: '停车场编号',
  time: '请求时间',
  deviceNo: '设备编号',
  uuid: '识别记录唯一标识',
  recognitionTime: '识别时间',
  image: '车牌照片',
  plateNumber: '车牌',
  color: '车牌颜色',
  reliability: '可信度（%）',
  crossTime: '过闸时间',
  abnormalCode: '异常编号',
  msg: '异常信息',
  laneId: '车道（不上报）',
  direction: '方向（不上报）',
  at: '发生时刻（不上报）',
  photoId: '照片编号（不上报）',
  failed: '推送失败记录（不上报）',
};

export const messageWords: readonly MessageWords[] = allMessages.map(({ name, title, section }) => ({
  name,
  title,
  section,
  fields,
}));
