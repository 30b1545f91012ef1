import { type FindingOf, findingsOf } from '../http/finding.ts';

/** The kind of rule that a request or an answer of the car park broke. */
export type Rule =
  | 'method'
  | 'path'
  | 'content-type'
  | 'query'
  | 'form'
  | 'appid'
  | 'sign'
  | 'park-code'
  | 'unknown-interface'
  | 'unknown-field'
  | 'presence'
  | 'type'
  | 'code'
  | 'format'
  | 'json'
  | 'time'
  | 'relation'
  | 'order'
  /** Charging a plate that is not 无感, or more than its limit, as far as the car park can know. */
  | 'contract'
  /** Money told that the bank does not know, an order number used for something else, a second order in doubt. */
  | 'money'
  /** An answer of the car park that is no answer. */
  | 'answer'
  /** An illegal push that was answered as done. */
  | 'accepted';

export type Finding = FindingOf<Rule>;

export const { finding, doubt } = findingsOf<Rule>();
