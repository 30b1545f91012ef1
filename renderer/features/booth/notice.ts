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
