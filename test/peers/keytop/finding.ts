import { type FindingOf, findingsOf } from '../http/finding.ts';

/** The kind of rule that a request or an answer of the car park broke. */
export type Rule =
  | 'method'
  | 'query'
  | 'headers'
  | 'content-type'
  /** user or pwd. */
  | 'credentials'
  /** Not `{"data":"…"}` and nothing else. */
  | 'envelope'
  | 'base64'
  | 'cipher'
  /** The date of another day. */
  | 'iv'
  /** Bytes outside GB 2312. */
  | 'charset'
  /** Not JSON, not an object, not compact. */
  | 'json'
  | 'unknown-interface'
  | 'unknown-field'
  | 'presence'
  | 'type'
  | 'code'
  | 'format'
  /** Two spellings of one value that are not both there, or not equal. */
  | 'spelling'
  | 'park-code'
  /** Amounts, counts or lists that do not add up. */
  | 'sum'
  /** Before what it follows, or from the future. */
  | 'time'
  /** Told again although it was answered, or asked again by no person. */
  | 'repeat'
  /** Told again with other contents. */
  | 'changed'
  | 'pace'
  | 'order'
  /** An exit, a payment or a fee of a stay that nobody told of. */
  | 'unknown-stay'
  /** A second exit of one stay. */
  | 'second-exit'
  /** Seamless payment of a car that is not signed, or that owes nothing. */
  | 'unsigned'
  /** Reversed without a charge whose outcome was unknown. */
  | 'reversal'
  | 'blacklist'
  | 'device'
  | 'picture'
  /** Something that must never be told in plain text. */
  | 'secret'
  /** An answer of the car park that is no answer. */
  | 'answer'
  | 'paging'
  /** An illegal call that was answered 0. */
  | 'accepted';

export type Finding = FindingOf<Rule>;

export const { finding, doubt } = findingsOf<Rule>();

export const some = (...faults: readonly (Finding | undefined | false)[]): Finding[] =>
  faults.filter((fault): fault is Finding => Boolean(fault));
