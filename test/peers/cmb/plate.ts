const REGIONS = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼';
const ORDINARY = new RegExp(`^[${REGIONS}][A-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳使领试超]$`, 'u');
const MILITARY = /^(?:[A-Z]{2}\d{5}|WJ[\u4e00-\u9fff]?\d{4,5}[\dA-Z]?|使\d{6}|民航[A-Z0-9]{5})$/u;

const length = (text: string): number => [...text].length;

/** A plate as it is on a car; test plates like 京A12345 among them. */
export const isRealPlate = (text: string): boolean => ORDINARY.test(text) || MILITARY.test(text);

/** 4.5: a plate of the car park's own has 16 to 30 characters. */
export const isVirtualPlate = (text: string): boolean =>
  /^\S+$/u.test(text) && length(text) >= 16 && length(text) <= 30;
