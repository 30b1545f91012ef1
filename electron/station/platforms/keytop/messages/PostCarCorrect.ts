import { z } from 'zod';
import { closeDeducted } from '../deducted-twice.ts';
import { up } from '../define.ts';
import { noteTold, sentFields } from '../out-kept.ts';

/**
 * 冲正: nobody knows what became of a PostCarOutInfo, and its car has left. It repeats what was sent, to the letter, because nothing else
 * tells the third party which one is meant. Made by `corrections.ts`.
 */
export const PostCarCorrect = up({
  name: 'PostCarCorrect',
  title: '免密支付/自动扣费冲正上报接口',
  section: '上行2.6',
  schema: z.strictObject({
    ...sentFields,
    /** Ours, not sent: the try that it corrects. */
    attemptId: z.string().min(1).max(64),
  }),
  sample: {
    ...{ plateNo: '闽D02000', entryTime: '2019/03/25 08:05:09', leaveTime: '2019/03/25 10:15:00' },
    ...{ totalMoney: 200, leavePlace: '出口1', attemptId: 'att_0000000001' },
  },
  wire: ({ attemptId: _ours, ...sent }) => sent,
  answered: (_answer, { attemptId }, context) => {
    noteTold(attemptId, { state: 'corrected' }, context);
    context.station().payments.desk.reversed(attemptId);
    closeDeducted(attemptId, context);
  },
});
