const PROVINCE = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]';
const L = '[A-HJ-NP-Z]';
const X = '[A-HJ-NP-Z0-9]';

/** The classes of GA 36-2018, as patterns of whole plates. */
const CLASSES = [
  `${PROVINCE}${L}${X}{5}`,
  `${PROVINCE}${L}[A-HJK]${X}\\d{4}`,
  `${PROVINCE}${L}\\d{5}[A-HJK]`,
  `${PROVINCE}[A-Z]${X}{4}[挂学试超警]`,
  `粤Z${X}{4}[港澳]`,
  `\\d{6}使`,
  `使\\d{6}`,
  `${PROVINCE}${L}\\d{4}领`,
  `WJ${PROVINCE}?${X}?\\d{4}[TDSHBXJ0-9]`,
  `[A-Z]{2}\\d{5}`,
  `民航${X}{5}`,
  `${PROVINCE}${L}${X}{4}应急`,
  `应急${PROVINCE}${X}{4}`,
].map((pattern) => new RegExp(`^${pattern}$`));

/** A valid plate without blanks or separators, or one of the two literals for a car without a readable plate. */
export function isPlateNo(text: string): boolean {
  return text === '无车牌' || text === '未识别' || CLASSES.some((pattern) => pattern.test(text));
}
