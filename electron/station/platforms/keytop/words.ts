import type { MessageWords } from '../platform.ts';
import { allMessages } from './messages.ts';

/** What the fields of all messages are called. */
const fields: Readonly<Record<string, string>> = {
  parkCode: '停车场编号',
  plateNo: '车牌号',
  cardNo: '卡号/票号',
};

export const messageWords: readonly MessageWords[] = allMessages.map(({ name, title, section }) => ({
  name,
  title,
  section,
  fields,
}));
