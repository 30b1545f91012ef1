import type { Delivery, OutboundMessage } from '../outbound.ts';
import type { Answer } from './answer.ts';
import type { ShenzhenSettings } from './config.ts';
import { parkRecordExitName } from './record-code.ts';

/** The words by which cities say that they have a record already. */
const DUPLICATE = /重复|已存在|已上传|duplicate|exist|repeat/i;

/**
 * What an answer means. A message is sent until the city takes it, after the pauses of the settings; an exit only until it has answered at
 * all (出场记录不能重复上传): whatever else it says then is for a person. That it has the record already is as good as taking it.
 */
export function judge(answer: Answer, message: OutboundMessage, settings: ShenzhenSettings): Delivery {
  const { retrySeconds } = settings.outbox;
  const pause = retrySeconds[Math.min(message.attempt, retrySeconds.length) - 1] ?? 300;
  if (answer.kind === 'failed')
    return { kind: 'retry', scope: 'link', reason: answer.reason, answered: !answer.maybeArrived };
  if (answer.code === 0 || DUPLICATE.test(answer.message)) return { kind: 'delivered' };
  const reason = `${answer.code} ${answer.message}`.trim();
  if (message.message === parkRecordExitName) return { kind: 'refused', reason };
  return { kind: 'retry', scope: 'message', reason, answered: true, againInMs: pause * 1000 };
}
