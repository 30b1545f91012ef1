/**
 * Takes out of a message what nobody needs to read to find a fault: passwords, and pictures, of which the length is kept. It
 * works on the text as it came, so that what was malformed is shown malformed.
 */

const NAME = '[^"\\\\=&\\r\\n]{0,60}';
const FORM_NAME = '[^"\\\\=&\\s]{0,60}';
const SECRET = '(?:pass_?w|password|passwd|pass_|pwd|psw|secret|token|authorization|private_?key)';
const PICTURE = '(?:image|img|photo|picture|file)';

/** `"name": "value"`, the value with its escapes, ended or cut off. */
const jsonText = (name: string): RegExp =>
  new RegExp(`("${NAME}${name}${NAME}"\\s*:\\s*)"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*(?:"|$)`, 'gi');
const JSON_SECRET = jsonText(SECRET);
const JSON_PICTURE = jsonText(PICTURE);
const JSON_SECRET_NUMBER = new RegExp(`("${NAME}${SECRET}${NAME}"\\s*:\\s*)[^"\\s,}\\]]+`, 'gi');
const FORM_SECRET = new RegExp(`((?:^|[?&\\s])${FORM_NAME}${SECRET}${FORM_NAME}=)[^&\\s]*`, 'gi');
const PART_NAME = new RegExp(`name="?${NAME}${SECRET}`, 'i');
/** The head of a part that has more lines is none. */
const MOST_HEAD_LINES = 20;
const XML_NAME = '[\\w:.-]{0,60}';
const XML_SECRET = new RegExp(
  `(<${XML_NAME}${SECRET}${XML_NAME}(?:\\s[^<>]{0,200})?>)(?:<!\\[CDATA\\[[\\s\\S]*?(?:\\]\\]>|$)|[^<]+)+`,
  'gi',
);
/** `mqtt://name:password@host`. */
const URL_SECRET = /(:(?:\\?\/){2}[^\s/\\@:"'<>]{0,100}:)[^\s/\\"'<>]{1,200}@/g;
/** Base64 of anything larger than a line of text for a display; looked for from its beginning only, or it takes as many times as long. */
const LONG_BASE64 = /(?<![A-Za-z0-9+/\\])[A-Za-z0-9+/\\]{200,}={0,2}/g;

const MASKED = '[已隐藏]';
const latin = Buffer.from(MASKED, 'utf8').toString('latin1');
const lengthOf = (characters: number): string =>
  Buffer.from(`[图片或数据，${characters} 个字符]`, 'utf8').toString('latin1');
/** Shorter values of a picture's field are its name or its size. */
const SHORT = 64;
/** Many times what is shown of a message; what is behind it, once pictures are out, is not looked at. */
const MOST_CHARACTERS = 64 * 1024;

export function maskWire(bytes: Uint8Array): Buffer {
  // One character a byte, so that whatever is not text survives.
  const whole = withoutJpeg(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('latin1');
  const text = whole.replace(LONG_BASE64, (run) => lengthOf(run.length));
  const left = text.length - MOST_CHARACTERS;
  const masked = maskParts(text.slice(0, MOST_CHARACTERS), PART_NAME)
    .replace(JSON_SECRET, `$1"${latin}"`)
    .replace(JSON_SECRET_NUMBER, `$1${latin}`)
    .replace(XML_SECRET, `$1${latin}`)
    .replace(URL_SECRET, `$1${latin}@`)
    .replace(FORM_SECRET, `$1${latin}`)
    .replace(JSON_PICTURE, (whole: string, name: string) => {
      const length = whole.length - name.length - 2;
      return length <= SHORT ? whole : `${name}"${lengthOf(length)}"`;
    });
  return Buffer.from(left > 0 ? masked + lengthOf(left) : masked, 'latin1');
}

/** So much of a message is kept in a log, for whoever looks for what was wrong with it. */
const LOGGED_BYTES = 1_024;
/** Of a longer message the rest is not even looked at. */
const LOOKED_AT_BYTES = 256 * 1024;

/** The beginning of a message as text for a log, without secrets and pictures. */
export const rawText = (bytes: Uint8Array): string =>
  new TextDecoder().decode(maskWire(bytes.subarray(0, LOOKED_AT_BYTES)).subarray(0, LOGGED_BYTES));

/**
 * Hides what the parts of a form hold whose head names them so: the line behind the empty one. Line by line, so that no message, however it is
 * made, takes more time than its length.
 */
export function maskParts(text: string, name: RegExp): string {
  const lines = text.split('\n');
  let headLines = 0;
  for (const [index, line] of lines.entries()) {
    if (headLines > 0 && /^\r?$/.test(line)) {
      const value = lines[index + 1];
      if (value !== undefined) lines[index + 1] = value.endsWith('\r') ? `${latin}\r` : latin;
      headLines = 0;
    } else if (name.test(line)) headLines = MOST_HEAD_LINES;
    else headLines -= headLines > 0 ? 1 : 0;
  }
  return lines.join('\n');
}

/** A JPEG that travels as it is, e.g. as a part of a form. */
function withoutJpeg(bytes: Buffer): Buffer {
  const start = bytes.indexOf('ffd8ff', 0, 'hex');
  if (start < 0) return bytes;
  const last = bytes.lastIndexOf('ffd9', undefined, 'hex');
  const end = last > start ? last + 2 : bytes.byteLength;
  return Buffer.concat([
    bytes.subarray(0, start),
    Buffer.from(`[JPEG，${end - start} 字节]`, 'utf8'),
    bytes.subarray(end),
  ]);
}
