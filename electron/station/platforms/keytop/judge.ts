import type { Delivery } from '../outbound.ts';
import type { Answer } from './answer.ts';

/** What an answer means for a report: it is sent until `resCode` 0, in order, unless the site gives up after so many refusals (0: never). */
export function judge(answer: Answer, attempt: number, giveUpAfter: number): Delivery {
  if (answer.kind === 'failed')
    return { kind: 'retry', scope: 'link', reason: answer.reason, answered: !answer.maybeArrived };
  if (answer.code === 0) return { kind: 'delivered' };
  const reason = `${answer.code} ${answer.message}`.trim();
  if (giveUpAfter > 0 && attempt >= giveUpAfter) return { kind: 'refused', reason };
  return { kind: 'retry', scope: 'message', reason, answered: true };
}
