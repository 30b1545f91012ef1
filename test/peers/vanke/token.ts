import { createHash } from 'node:crypto';

/** `MD5(time & appId & appSecret)`, as the chapter on the token has it: nothing else of a message is covered. */
export const tokenOf = (time: string, appId: string, appSecret: string): string =>
  createHash('md5').update([time, appId, appSecret].join('&'), 'utf8').digest('hex');
