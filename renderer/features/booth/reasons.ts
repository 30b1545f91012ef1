import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { type Translate, wordsOf } from '../../lib/i18n/index.ts';
import type { zh } from '../../lib/i18n/zh.ts';
import type { ReasonAct } from './store.ts';

type ReasonKey = keyof typeof zh.reasons;

/** One line of a list of reasons. `record` goes into the journal; null: the person writes it. */
export interface Reason {
  readonly label: string;
  readonly record: string | null;
}

const owed: readonly ReasonKey[] = ['noMoney', 'payFails', 'dispute', 'other'];
const withdrawn: readonly ReasonKey[] = ['turnedBack', 'noCar', 'payFails', 'other'];
const cancelled: readonly ReasonKey[] = ['turnedBack', 'noCar', 'other'];
const lowered: readonly ReasonKey[] = ['jam', 'other'];
const proofs: readonly ReasonKey[] = ['video', 'driverPhoto', 'neighbour', 'other'];
const fixed: readonly ReasonKey[] = ['ticketLost', 'dispute', 'other'];
const drawer: readonly ReasonKey[] = ['smallChange', 'countCash', 'giveBack', 'other'];
const unpriced: readonly ReasonKey[] = ['askedByPhone', 'sourceSilent', 'other'];

/** Ours are recorded in Chinese whatever the language of the screen, so that they can be counted. */
const ours = (keys: readonly ReasonKey[], t: Translate): readonly Reason[] =>
  keys.map((key) => ({
    label: t(`reasons.${key}`),
    record: key === 'other' ? null : wordsOf('zh-CN')(`reasons.${key}`),
  }));

/** The site's own list. 其他 says nothing by itself: it asks for words where the site accepts words. */
function listed(reasons: readonly string[], free: boolean, t: Translate): readonly Reason[] {
  const lines = reasons.map((reason) => ({ label: reason, record: free && reason.startsWith('其他') ? null : reason }));
  return free && lines.every((line) => line.record !== null)
    ? [...lines, { label: t('reasons.other'), record: null }]
    : lines;
}

/** The reasons offered for an act, in the order of the digit keys; none where the act needs none. */
export function reasonsFor(act: ReasonAct, rules: PassageRules, t: Translate): readonly Reason[] {
  const { openReasons, releaseReasons, freeTextReasons: free } = rules;
  switch (act) {
    case 'open':
    case 'hold':
      return listed(openReasons, free, t);
    case 'release-hold':
      return free ? ours(lowered, t) : listed(openReasons, free, t);
    case 'release':
    case 'approve':
      return listed(releaseReasons, free, t);
    case 'owe':
      return ours(owed, t);
    case 'withdraw':
      return ours(withdrawn, t);
    case 'cancel':
      return ours(cancelled, t);
    case 'drawer':
      return ours(drawer, t);
    case 'close':
    case 'turn':
      return [];
  }
}

/** What can prove when a car came in (补录入场). */
export const proofReasons = (t: Translate): readonly Reason[] => ours(proofs, t);
/** Why a car pays a fixed amount. */
export const fixedFeeReasons = (t: Translate): readonly Reason[] => ours(fixed, t);
/** Why a person says what a car pays, in place of whoever prices stays. */
export const enteredFeeReasons = (t: Translate): readonly Reason[] => ours(unpriced, t);
