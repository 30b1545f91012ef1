import type { Delivery } from '../outbound.ts';
import type { Answer } from './answer.ts';
import type { VankeSettings } from './config.ts';

/** Kept and sent again for as long as it takes; all others are handed over when the platform asks for them. */
const KEPT = 'receiveAbnormal';
/** Told without being asked, as under a held arm: whether the gate may open counts for nothing then. */
const UNASKED = 'receivePlateNumber';

/**
 * What an answer means for a push (推送失败处理): "1" is a refusal of the platform's own, logged and not repeated; without an answer it is
 * tried again, and is a failed push after so many tries.
 */
export function judge(
  name: string,
  answer: Answer,
  attempt: number,
  { push, outbox }: Pick<VankeSettings, 'push' | 'outbox'>,
): Delivery {
  if (answer.kind === 'answered') {
    if (answer.code === '0' || name === UNASKED) return { kind: 'delivered' };
    const reason = `1 ${answer.desc}`.trim();
    // A report that waits for a person would hold back all that come after it.
    return name === KEPT ? { kind: 'given-up', reason: `平台拒收（${reason}）` } : { kind: 'refused', reason };
  }
  const { reason, maybeArrived } = answer;
  const failed = attempt >= push.tries;
  if (failed && name !== KEPT) return { kind: 'given-up', reason };
  const againInMs = failed ? outbox.maxMs : push.gapMs;
  return { kind: 'retry', scope: 'message', reason, answered: !maybeArrived, againInMs };
}
