import { refusal } from './limits.ts';

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * The text of a CSV file: UTF-8, UTF-16 with its mark ("Unicode text" of Excel), or GB18030, which Chinese Excel saves as "CSV".
 * Without a mark it is UTF-8 when it can be, with one exception: text whose every foreign letter takes two bytes. In GBK 鲁 is
 * C2 B3, which is also a valid UTF-8 superscript three, and a file of nothing but 鲁 plates would pass; no Chinese character
 * takes two bytes in UTF-8, so such a file is GB18030 when that reads as Chinese.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text === undefined)
    throw refusal('table-unsupported', '无法识别文件编码，请另存为 UTF-8 格式的 CSV，或 Excel 工作簿（.xlsx）');
  if (text.includes('\0')) throw refusal('table-unsupported', '这不是表格文件：内容含有二进制数据');
  return text;
}

function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
  const utf8 = decode(bytes, 'utf-8');
  if (first === 0xef && second === 0xbb) return utf8;
  if (utf8 === undefined) return decode(bytes, 'gb18030');
  if (!/[\u0080-\u07ff]/.test(utf8) || /[\u0800-\uffff]/.test(utf8)) return utf8;
  const gb = decode(bytes, 'gb18030');
  return gb !== undefined && /\p{Script=Han}/u.test(gb) ? gb : utf8;
}

/**
 * A spreadsheet runs what begins like a formula. Such text is written behind an apostrophe, which also says "text" to a person;
 * text that already looks so guarded gets one more, so that every text comes back as it was.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/;

export const guard = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Takes off {@link guard}, and the `="…"` by which others keep Excel from reading digits as a number. */
export function unguard(text: string): string {
  if (GUARDED.test(text)) return text.slice(1);
  return /^="[^"]*"$/.test(text) ? text.slice(2, -1) : text;
}
