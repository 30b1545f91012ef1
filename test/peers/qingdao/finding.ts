import type { WireObject } from './lossless-json.ts';

/** The kind of rule that a request broke. */
export type Rule =
  | 'method'
  | 'content-type'
  | 'query'
  | 'form'
  | 'access-id'
  | 'sign'
  | 'decrypt'
  | 'json'
  | 'unknown-interface'
  | 'presence'
  | 'type'
  | 'length'
  | 'code'
  | 'format'
  | 'unknown-field'
  | 'relation'
  | 'parking-code'
  | 'order'
  | 'second-record'
  /** A confirmation that does not repeat its notice. */
  | 'echo'
  /** A confirmation that should not have been sent, or not again. */
  | 'confirm'
  /** Charging after departure without a contract that allows it. */
  | 'contract'
  /** Sooner than the rules of time allow. */
  | 'timing';

export interface Finding {
  readonly rule: Rule;
  /** The field, where the rule is about one. */
  readonly field: string | null;
  readonly detail: string;
  /** False where the source's own table is lost, so that a deviation may still be right. */
  readonly proven: boolean;
}

export const finding = (rule: Rule, detail: string, field: string | null = null, proven = true): Finding => ({
  rule,
  field,
  detail,
  proven,
});

/** The plaintext `{"data":{…}}`, taken apart. */
export interface Opened {
  readonly data: WireObject;
  readonly params: WireObject;
}
