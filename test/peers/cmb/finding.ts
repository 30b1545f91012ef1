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

export interface Finding {
  readonly rule: Rule;
  readonly field: string | null;
  readonly detail: string;
  /** False where the source does not say so, and a deviation may still be right. */
  readonly proven: boolean;
}

export const finding = (rule: Rule, detail: string, field: string | null = null): Finding => ({
  ...{ rule, field, detail },
  proven: true,
});

/** Something that the source implies or a sensible reader expects, and does not write. */
export const doubt = (rule: Rule, detail: string, field: string | null = null): Finding => ({
  ...{ rule, field, detail },
  proven: false,
});
