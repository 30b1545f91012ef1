import { type FindingOf, findingsOf } from '../http/finding.ts';

/** The kind of rule that a request, a frame or an answer of the car park broke. */
export type Rule =
  | 'method'
  | 'query'
  /** Accept, Content-Length, HTTP/1.1. */
  | 'headers'
  | 'content-type'
  /** More than 10,000,000 bytes, or more characters or digits than the table has. */
  | 'length'
  /** A character that must be escaped in a form, or an escape that is none. */
  | 'escape'
  /** Not `key=value&…`, or a key twice. */
  | 'form'
  /** Not UTF-8. */
  | 'charset'
  | 'json'
  /** Table 34: timestamp, sign, data. */
  | 'envelope'
  | 'unknown-interface'
  | 'unknown-field'
  | 'presence'
  | 'type'
  | 'format'
  | 'code'
  | 'access-key'
  | 'signature'
  /** Outside the window of five minutes. */
  | 'timestamp'
  | 'park-code'
  /** Amounts that do not add up. */
  | 'sum'
  /** Before what it follows, or from the future. */
  | 'time'
  /** Before an earlier message of the same record was answered, or before what it rests on. */
  | 'order'
  /** Told again although it was answered. */
  | 'repeat'
  /** Told again with other contents. */
  | 'changed'
  /** Older than what was told before. */
  | 'stale'
  | 'second-exit'
  | 'unknown-record'
  | 'pace'
  /** Something that a newer state had already overtaken. */
  | 'newest'
  | 'sequence'
  | 'device'
  | 'berths'
  /** The accessSecret in plain text. */
  | 'secret'
  /** A record that was asked for and comes otherwise, or not at all. */
  | 'record'
  | 'frame'
  | 'login'
  | 'heartbeat'
  | 'connection'
  | 'reconnect'
  /** An answer of the car park that is no answer, or not the one due. */
  | 'answer'
  | 'late'
  /** One requestId, two answers. */
  | 'replay'
  /** An illegal call that was answered 0. */
  | 'accepted';

export type Finding = FindingOf<Rule>;

export const { finding, doubt } = findingsOf<Rule>();

export const some = (...faults: readonly (Finding | undefined | null | false)[]): Finding[] =>
  faults.filter((fault): fault is Finding => Boolean(fault));
