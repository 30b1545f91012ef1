import type { zh } from '../../lib/i18n/zh.ts';

export type ProblemKey = Exclude<keyof typeof zh.problem, 'next'>;
export type SuccessKey = Exclude<keyof typeof zh.notice, 'working' | 'workingLong'>;

/**
 * What the strip above the buttons says about the last act. A problem always says three things: what happened, where the
 * money is, and the next key. Words are chosen when it is drawn, so a change of language changes them too.
 */
export type Notice =
  | { readonly tone: 'done'; readonly key: SuccessKey; readonly params: Readonly<Record<string, string>> }
  | {
      readonly tone: 'problem';
      readonly key: ProblemKey;
      readonly params: Readonly<Record<string, string>>;
      readonly moneyAct: boolean;
    };

/** Refusals of this window about the car on show: nothing was sent, so nothing can have happened to the money. */
const local = new Set<ProblemKey>([
  'notCharging',
  'needsPerson',
  'justChanged',
  'chooseFirst',
  'short',
  'receivedTooMuch',
  'noLane',
  'notReversible',
  'noChannel',
  'noScanChannel',
  'notPayCode',
  'scanGarbled',
  'scanUnplaced',
  'scanLies',
  'noPicture',
  'noEntering',
  'partTooMuch',
  'noReceipt',
  'noPrinter',
  'noDrawer',
  'receiptMissing',
  'receiptDoubtful',
  'receiptMissingChange',
  'receiptDoubtfulChange',
  'beingPrinted',
]);

/** What was done with a lane whatever car stands there. */
const ofLane = new Set<SuccessKey>([
  'opened',
  'closed',
  'held',
  'holdReleased',
  'turned',
  'drawerSent',
  'drawerOpened',
]);

/** True for what was said of the car before: under the next one it would be taken for its own. */
export function isOfCar(notice: Notice): boolean {
  return notice.tone === 'done' ? !ofLane.has(notice.key) : local.has(notice.key);
}

/** True for what may vanish by itself. A problem after which money may have moved stays until a person acts. */
export function isPassing(notice: Notice): boolean {
  return notice.tone === 'done' || local.has(notice.key);
}
