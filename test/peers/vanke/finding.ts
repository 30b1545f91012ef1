import { type FindingOf, findingsOf } from '../http/finding.ts';

/** The kind of rule that a request or an answer of the car park broke. */
export type Rule =
  | 'method'
  | 'query'
  | 'content-type'
  /** Not UTF-8, not JSON, not an object. */
  | 'json'
  | 'unknown-interface'
  | 'unknown-field'
  | 'presence'
  | 'type'
  | 'code'
  | 'format'
  | 'token'
  | 'app-id'
  | 'parking-lot'
  /** Not the moment of sending, from the future, or before what it follows. */
  | 'time'
  /** A time, and with it a token, that an earlier send already had. */
  | 'stale'
  /** A recognition or a crossing that changed between two sends. */
  | 'changed'
  /** Polled too soon after an answered "1". */
  | 'pace'
  /** Asked again after "0", after the cloud had opened the gate, or after the car had crossed. */
  | 'after-allowed'
  | 'after-opened'
  | 'after-crossed'
  /** Pushed although it was already handed over as not pushed. */
  | 'after-offered'
  /** One try too many without an answer. */
  | 'tries'
  | 'order'
  /** Told again although it was answered. */
  | 'repeat'
  /** A crossing whose recognition nobody ever heard of. */
  | 'unknown-uuid'
  /** A text that does not follow the template of its code. */
  | 'template'
  /** An answer of the car park that is no answer. */
  | 'answer'
  /** Pages that do not add up. */
  | 'paging'
  | 'picture'
  /** An illegal call that was answered "0". */
  | 'accepted';

export type Finding = FindingOf<Rule>;

export const { finding, doubt } = findingsOf<Rule>();

export const some = (...faults: readonly (Finding | undefined | false)[]): Finding[] =>
  faults.filter((fault): fault is Finding => Boolean(fault));
