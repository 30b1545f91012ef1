import { createHash, timingSafeEqual } from 'node:crypto';

/** The token (token 生成说明): MD5 over the time of the same message, appId and appSecret. Nothing else is covered. Pure. */
export const tokenOf = (time: string, appId: string, appSecret: string): string =>
  createHash('md5').update(`${time}&${appId}&${appSecret}`, 'utf8').digest('hex');

/** Whether a token that came is the right one; upper case counts too. Takes as long for a nearly right one as for any other. */
export function isToken(given: string, time: string, appId: string, appSecret: string): boolean {
  const lower = given.toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(lower)) return false;
  return timingSafeEqual(Buffer.from(lower), Buffer.from(tokenOf(time, appId, appSecret)));
}
