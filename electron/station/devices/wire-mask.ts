/**
 * Takes out of a message what nobody needs to read to find a fault: passwords, and pictures, of which the length is kept. It
 * works on the text as it came, so that what was malformed is shown malformed.
 */

const NAME = '[^"\\\\=&\\r\\n]{0,60}';
const SECRET = '(?:pass_?w|password|passwd|pass_|secret|token|authorization|private_?key)';
const PICTURE = '(?:image|img|photo|picture|file)';

/** `"name": "value"`, the value with its escapes, ended or cut off. */
const jsonText = (name: string): RegExp =>
  new RegExp(`("${NAME}${name}${NAME}"\\s*:\\s*)"[^"\\\\]*(?:\\\\[\\s\\S][^"\\\\]*)*(?:"|$)`, 'gi');
const JSON_SECRET = jsonText(SECRET);
const JSON_PICTURE = jsonText(PICTURE);
const JSON_SECRET_NUMBER = new RegExp(`("${NAME}${SECRET}${NAME}"\\s*:\\s*)[^"\\s,}\\]]+`, 'gi');
const FORM_SECRET = new RegExp(`((?:^|[?&\\s])${NAME}${SECRET}${NAME}=)[^&\\s]*`, 'gi');
const PART_SECRET = new RegExp(
  `(name="?${NAME}${SECRET}${NAME}"?[^\\r\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n)[^\\r\\n]*`,
  'gi',
);
/** Base64 of anything larger than a line of text for a display; looked for from its beginning only, or it takes as many times as long. */
const LONG_BASE64 = /(?<![A-Za-z0-9+/\\])[A-Za-z0-9+/\\]{200,}={0,2}/g;

const MASKED = '[已隐藏]';
const latin = Buffer.from(MASKED, 'utf8').toString('latin1');
const lengthOf = (characters: number): string =>
  Buffer.from(`[图片或数据，${characters} 个字符]`, 'utf8').toString('latin1');
/** Shorter values of a picture's field are its name or its size. */
const SHORT = 64;

export function maskWire(bytes: Uint8Array): Buffer {
  // One character a byte, so that whatever is not text survives.
  const text = withoutJpeg(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('latin1');
  const masked = text
    .replace(JSON_SECRET, `$1"${latin}"`)
    .replace(JSON_SECRET_NUMBER, `$1${latin}`)
    .replace(PART_SECRET, `$1${latin}`)
    .replace(FORM_SECRET, `$1${latin}`)
    .replace(JSON_PICTURE, (whole: string, name: string) => {
      const length = whole.length - name.length - 2;
      return length <= SHORT ? whole : `${name}"${lengthOf(length)}"`;
    })
    .replace(LONG_BASE64, (run) => lengthOf(run.length));
  return Buffer.from(masked, 'latin1');
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
