/** How answers are written where the source leaves it open, or what a car park should survive. */
export interface AnswerStyle {
  /** `respDesc` of "0": an empty text, nothing (it is promised for "1" only), null, or words. */
  description: 'empty' | 'absent' | 'null' | 'words';
  /** Fields that the document does not have. */
  extra: boolean;
  contentType: string;
}

export const usualStyle = (): AnswerStyle => ({
  ...{ description: 'empty', extra: false, contentType: 'application/json;charset=UTF-8' },
});

/** An answer before it is written. */
export interface Answer {
  readonly respCode: '0' | '1';
  readonly respDesc: string;
}

/** The answer as JSON; `code` is another respCode that a fault wants, undefined leaving it out. */
export function writeAnswer(
  { respCode, respDesc }: Answer,
  style: AnswerStyle,
  code: { readonly value: unknown } = { value: respCode },
): string {
  const said = { empty: { respDesc: '' }, absent: {}, null: { respDesc: null }, words: { respDesc: '操作成功' } }[
    style.description
  ];
  return JSON.stringify({
    respCode: code.value,
    ...(respCode === '0' ? said : { respDesc }),
    ...(style.extra ? { traceId: 'a1b2c3' } : {}),
  });
}
