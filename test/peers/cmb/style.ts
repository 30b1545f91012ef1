/** How answers are written where the source leaves it open, or what a car park should survive. */
export interface AnswerStyle {
  /** `status`, `uid`, `limit`, amounts and times as numbers, as the tables have them, or as texts. */
  numbersAs: 'number' | 'string';
  /** `message` of a success: the word, an empty text, or nothing (it is promised only for failures). */
  message: 'success' | 'empty' | 'absent';
  /** Where there is nothing to return `data` does not exist (3.4); platforms write null or {} all the same. */
  noData: 'absent' | 'null' | 'empty';
  /** `limit` beside `uid` 0: 0, or left out. */
  noLimit: 'zero' | 'absent';
  /** Fields that the document does not have. */
  extra: boolean;
  contentType: string;
}

export const usualStyle = (): AnswerStyle => ({
  ...{ numbersAs: 'number', message: 'success', noData: 'absent', noLimit: 'zero', extra: false },
  contentType: 'application/json;charset=UTF-8',
});

/** `data` of Indata and AutoPayStatus. */
export function bindingData(binding: { readonly limit: number } | null, { noLimit }: AnswerStyle) {
  if (binding) return { uid: 1, limit: binding.limit };
  return noLimit === 'zero' ? { uid: 0, limit: 0 } : { uid: 0 };
}

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly message: string;
  readonly data?: Readonly<Record<string, string | number>>;
}

export function writeAnswer({ status, message, data }: Answer, style: AnswerStyle): string {
  const number = (value: string | number): string | number => (style.numbersAs === 'string' ? String(value) : value);
  const fields = data && Object.fromEntries(Object.entries(data).map(([name, value]) => [name, number(value)]));
  const nothing = { absent: {}, null: { data: null }, empty: { data: {} } }[style.noData];
  const said =
    status === 0 && style.message !== 'success' ? { absent: {}, empty: { message: '' } }[style.message] : { message };
  return JSON.stringify({
    status: number(status),
    ...said,
    ...(fields ? { data: style.extra ? { ...fields, reserved: '预留' } : fields } : nothing),
    ...(style.extra ? { trace_id: 'a1b2c3' } : {}),
  });
}
