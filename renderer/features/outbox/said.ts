import type { AttemptView } from '../../../shared/contract/outbox.ts';
import type { Translate } from '../../lib/i18n/index.ts';

const meanings: readonly (readonly [RegExp, Parameters<Translate>[0]])[] = [
  [/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/, 'outbox.said.refusedConnection'],
  [/ENOTFOUND|EAI_/, 'outbox.said.noName'],
  [/TIMEOUT|no complete answer within|no answer in time|timed? ?out/i, 'outbox.said.timeout'],
  [/ECONNRESET|UND_ERR_SOCKET|EPIPE|other side closed/, 'outbox.said.reset'],
  [/CERT_|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO/, 'outbox.said.certificate'],
  [/^the photo is gone/, 'outbox.said.photoGone'],
  [/^the photo is not a JPEG/, 'outbox.said.photoNoJpeg'],
  [/^the photo is too large/, 'outbox.said.photoLarge'],
  [/^stored body:/, 'outbox.said.body'],
  [/^cut off by the end/, 'outbox.said.cutOff'],
  [/^messages of the day are still waiting/, 'outbox.said.dayWaiting'],
];

const NEVER_LEFT = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENOTFOUND|EAI_/;

/** Something was sent, and nobody knows whether it arrived. */
export const mayHaveArrived = ({ outcome, reason, trace }: AttemptView): boolean =>
  outcome !== 'delivered' &&
  outcome !== 'refused' &&
  trace !== null &&
  trace.answer === null &&
  !NEVER_LEFT.test(reason);

/** What went wrong, for people: what the station itself says has a sentence, what the platform said stays as it said it. */
export function saidText(said: string, t: Translate): string {
  if (said === '') return t('outbox.said.none');
  const http = /^HTTP (\d+) without/.exec(said);
  if (http) return t('outbox.said.http', { status: http[1] ?? '' });
  const known = meanings.find(([pattern]) => pattern.test(said));
  return known ? t(known[1]) : said;
}
