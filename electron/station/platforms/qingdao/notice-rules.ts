import { Refused } from '../define-message.ts';
import type { NoticeResult, QingdaoContext, QingdaoNotice } from './context.ts';
import { placeOf, readMark, writeMark } from './marks.ts';

/** What holds for every notice: whose it is, and which of several counts. */

/** The car park a notice is for, when it is ours; else what becomes of it. Some bodies name none: then the topic does (D36, D44). */
export function addressed(
  parkingCode: string | null,
  notice: QingdaoNotice,
  { settings }: QingdaoContext,
): NoticeResult | Refused | undefined {
  if ((parkingCode ?? notice.topicParkingCode) === settings.parkingCode) return undefined;
  if (notice.topicParkingCode !== settings.parkingCode) return { kind: 'ignored' };
  return new Refused('parkingCode: another car park than the topic names');
}

/**
 * Acts on the newest notice about `subject` only: an older one, and the same one again, are confirmed without doing anything (D14).
 * What is refused leaves no mark.
 *
 * @param subject interface, car park, plate, and what else tells one line of notices from another
 */
export function newestOnly(
  { commands }: QingdaoContext,
  subject: readonly string[],
  sent: { readonly requestId: string; readonly at: number },
  act: () => Refused | undefined,
): NoticeResult | Refused {
  const key = subject.join('/');
  const mark = readMark(commands.recall('qingdao', key));
  const place = placeOf(sent, mark);
  if (place !== 'newest') return { kind: place };
  const refused = act();
  if (refused !== undefined) return refused;
  commands.remember('qingdao', key, writeMark(sent, mark));
  return { kind: 'done' };
}
