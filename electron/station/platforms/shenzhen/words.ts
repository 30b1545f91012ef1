import type { MessageWords } from '../platform.ts';
import { allMessages } from './messages.ts';

/** What the fields of all messages are called. */
const fields: Readonly<Record<string, string>> = {
  accessKey: '密钥字段',
  timestamp: '请求时间戳',
  parkCode: '车场编码',
  parkId: '停车场 ID',
  plateNumber: '车牌号',
  plateColor: '车牌颜色',
  recordCode: '记录编码',
  berthCode: '泊位编号',
};

/** Names of messages and fields in the words of the specification, for the outbox screen. */
export const messageWords: readonly MessageWords[] = allMessages.map(({ name, title, section }) => ({
  name,
  title,
  section,
  fields,
}));
