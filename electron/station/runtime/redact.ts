/**
 * Names of fields that hold secrets: passwords, keys, tokens, signatures, payment codes, pictures. A name matches when it contains
 * one of these, whatever its case and separators.
 */
const SECRET_NAMES =
  /pass_?w|password|secret|token|authorization|private_?key|cipher|(?:^|_)sign$|signature|auth_?code|pay_?code|image_?file|base64|^file$/i;

/** Names of fields that tell who somebody is: a log is read, copied and sent by people who need not know that. */
const PERSONAL_NAMES =
  /phone|mobile|^tel(?:ephone)?$|^owner(?:_?name)?$|(?<!tem)plates?$|plate_?(?:no|num|number|text|code|license)$|licen[cs]e_?(?:plate|no)?$|identity|id_?card/i;

/**
 * A PEM block or a long base64 run inside a text, e.g. quoted by somebody else's error message. A run is looked at from its beginning
 * only: from each of its letters it would take as many times as long.
 */
const SECRET_TEXT =
  /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{200,}={0,2}/g;

/** A mainland plate or mobile number within a text. */
const PERSONAL_TEXT =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-Z]·?[A-Z0-9]{4,6}[A-Z0-9挂学警港澳]|(?<!\d)1[3-9]\d{9}(?!\d)/g;

/**
 * Whatever {@link withoutSecrets} could take out of a text, written as JSON or as a form, matches one of these. Seeing at once that
 * there is nothing costs a fraction of parsing the text, cleaning it and writing it anew. A backslash may hide any letter.
 */
const PERHAPS_NAME =
  /\\|pass_?w|secret|token|authorization|private_?key|cipher|signature|auth_?code|pay_?code|image_?file|base64|(?:sign|file)["=]/i;
const PERHAPS_TEXT = new RegExp(SECRET_TEXT.source);

/** False only for a text in which no secret can be, by the names of its fields or by its looks. */
export const mayHoldSecret = (text: string): boolean => PERHAPS_NAME.test(text) || PERHAPS_TEXT.test(text);

interface Rule {
  readonly names: (name: string) => boolean;
  readonly text: (text: string) => string;
}

const SECRETS: Rule = {
  names: (name) => SECRET_NAMES.test(name),
  text: (text) => text.replace(SECRET_TEXT, '[redacted]'),
};
const SECRETS_AND_PEOPLE: Rule = {
  names: (name) => SECRETS.names(name) || PERSONAL_NAMES.test(name),
  text: (text) => SECRETS.text(text).replace(PERSONAL_TEXT, '[redacted]'),
};

/** A copy of `value` without secrets, at any depth, for people who may know whose car it is. */
export const withoutSecrets = (value: unknown): unknown => clean(value, SECRETS, 0);

/** A copy of `value` that is safe to write into a log: neither secrets nor who somebody is. */
export const redact = (value: unknown): unknown => clean(value, SECRETS_AND_PEOPLE, 0);

function clean(value: unknown, rule: Rule, depth: number): unknown {
  if (typeof value === 'string') return rule.text(value);
  if (value instanceof Error) {
    return {
      name: value.name,
      message: clean(value.message, rule, depth),
      ...(value.cause ? { cause: clean(value.cause, rule, depth + 1) } : {}),
    };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => clean(item, rule, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      rule.names(name) && item !== null && typeof item !== 'boolean' ? '[redacted]' : clean(item, rule, depth + 1),
    ]),
  );
}
