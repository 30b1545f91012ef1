/** Far above what a heartbeat needs; more is not a heartbeat. */
const MAX_FORM_BYTES = 64 * 1024;

/** Fields of a heartbeat, names in lower case. The field `pass_wd` is the camera's password: it is not even kept. */
export type FormFields = ReadonlyMap<string, string>;

/** Reads a form, urlencoded or multipart; files and nested parts are passed over. */
export function parseForm(contentType: string, body: Uint8Array): FormFields {
  if (body.byteLength > MAX_FORM_BYTES) return new Map();
  const text = new TextDecoder('utf-8').decode(body);
  const pairs = /^\s*multipart\/form-data/i.test(contentType)
    ? multipartPairs(contentType, text)
    : [...new URLSearchParams(text.trim())];
  return new Map(
    pairs
      .map(([name, value]) => [name.trim().toLowerCase(), value.trim()] as const)
      .filter(([name]) => name !== 'pass_wd'),
  );
}

function multipartPairs(contentType: string, text: string): (readonly [string, string])[] {
  // Some senders announce another boundary than they use: the first line of the body is what counts.
  const announced = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const delimiter = text.startsWith('--') ? (text.split(/\r?\n/, 1)[0] ?? '') : `--${announced ?? ''}`;
  if (delimiter.length < 3) return [];
  const pairs: (readonly [string, string])[] = [];
  for (const part of text.split(delimiter).slice(1)) {
    const found = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n$/.exec(part);
    const name = /name="?([^";\r\n]+)"?/i.exec(found?.[1] ?? '')?.[1];
    if (name !== undefined && found?.[2] !== undefined) pairs.push([name, found[2]]);
  }
  return pairs;
}
