import type { Delivery } from '../outbound.ts';
import type { Answer } from './answer.ts';
import type { ShenzhenSettings } from './config.ts';
import { parkRecordExitName } from './record-code.ts';

/** Whether the city took it, or says that it has it already, which is as good. */
export function isTaken(answer: Answer, { wire }: Pick<ShenzhenSettings, 'wire'>): boolean {
  if (answer.kind === 'failed') return false;
  const said = answer.message.toLowerCase();
  return answer.code === 0 || wire.duplicateWords.some((word) => said.includes(word.toLowerCase()));
}

/** Pause after so many failures in a row of the same thing. */
export function pauseMs(failures: number, { outbox }: Pick<ShenzhenSettings, 'outbox'>): number {
  const { retrySeconds } = outbox;
  const seconds = retrySeconds[Math.min(Math.max(failures, 1), retrySeconds.length) - 1] ?? 300;
  return seconds * 1000;
}

/** What was refused and why, as it stands in the outbox. */
export const refusedWith = ({ code, message }: { readonly code: number; readonly message: string }): string =>
  `${code} ${message}`.trim();

/**
 * What an answer means for a record. It is sent until the city takes it, after the pauses of the settings, whether the city refused it or
 * could not be reached: these pauses are the record's own, so that none is asked for sooner because another got through. An exit is sent
 * only until the city has answered at all (出场记录不能重复上传): whatever else it says then is for a person.
 */
export function judge(
  answer: Answer,
  { name, attempt }: { readonly name: string; readonly attempt: number },
  settings: Pick<ShenzhenSettings, 'wire' | 'outbox'>,
): Delivery {
  const againInMs = pauseMs(attempt, settings);
  if (answer.kind === 'failed')
    return { kind: 'retry', scope: 'link', reason: answer.reason, answered: !answer.maybeArrived, againInMs };
  if (isTaken(answer, settings)) return { kind: 'delivered' };
  const reason = refusedWith(answer);
  if (name === parkRecordExitName) return { kind: 'refused', reason };
  return { kind: 'retry', scope: 'message', reason, answered: true, againInMs };
}
