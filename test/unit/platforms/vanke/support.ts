import { createHash } from 'node:crypto';
import type { InboundResponse, PlatformInbound } from '../../../../electron/station/platforms/platform.ts';
import { type VankeSettings, vankeSettingsSchema } from '../../../../electron/station/platforms/vanke/config.ts';
import { shanghaiWallClock } from '../../../../shared/domain/time.ts';

/** The credentials that the specification itself prints. */
export const APP_ID = '99848791';
export const APP_SECRET = 'eV7spoA0rr7EyjGuJxQFOa3Vs5wvcRUo';
export const PARKING_LOT = 'PL0001';

type Changes = Readonly<Record<string, unknown>>;

export const settingsInput = (changes: Changes = {}) => ({
  ...{ baseUrl: 'http://127.0.0.1:9', appId: APP_ID, appSecret: APP_SECRET, parkingLotId: PARKING_LOT },
  ...changes,
});

export const settings = (changes: Changes = {}): VankeSettings => vankeSettingsSchema.parse(settingsInput(changes));

/** The platform's side of the token, from the text of the specification alone. */
export const tokenFor = (time: string, appId = APP_ID, secret = APP_SECRET): string =>
  createHash('md5').update(`${time}&${appId}&${secret}`).digest('hex');

/** 20170818 17:14:15, as it is on the wall in China. */
export function wireTimeOf(at: number): string {
  const { year, month, day, hour, minute, second } = shanghaiWallClock(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}${two(month)}${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Somebody opens the address of a picture in a browser. */
export const opened = (platform: { readonly inbound: PlatformInbound }, address: unknown): Promise<InboundResponse> =>
  platform.inbound.handle({
    ...{ method: 'GET', path: new URL(String(address)).pathname, query: '', contentType: '' },
    ...{ body: new Uint8Array(), remote: '203.0.113.9', headers: {} },
  });

/** A request of the platform as it travels: the business fields among the common ones, rightly signed unless told. */
export const platformSays = (fields: Changes, at: number): string => {
  const time = typeof fields['time'] === 'string' ? fields['time'] : wireTimeOf(at);
  return JSON.stringify({ version: '1.0', token: tokenFor(time), parkingLotId: PARKING_LOT, time, ...fields });
};
