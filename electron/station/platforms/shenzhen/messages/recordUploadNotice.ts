import { done } from '../context.ts';
import { down, table } from '../define.ts';
import { text } from '../down-fields.ts';
import { tellAgain } from '../tell-again.ts';

/** The city misses a record: its entry, and its exit if the car has left, are told once more as they stand now. */
export const recordUploadNotice = down({
  name: 'recordUploadNotice',
  title: '通知车场上传记录',
  section: '6.3.21',
  schema: table({ recordCode: text(36) }),
  sample: { recordCode: '1709271518590000001' },
  handle: ({ recordCode }, { requestId }, context) =>
    done({ recordCode, found: tellAgain(recordCode, requestId, context) }),
});
