import { describe, expect, it } from 'vitest';
import { isToken, tokenOf } from '../../../../electron/station/platforms/vanke/codec.ts';
import { APP_ID, APP_SECRET } from './support.ts';

/** The first is printed in the specification; the digests of the others were made with another program. */
const vectors: readonly {
  readonly what: string;
  readonly time: string;
  readonly token: string;
  readonly appId?: string;
  readonly appSecret?: string;
}[] = [
  { what: 'the printed example', time: '20170818 17:14:15', token: '2e6eef5a0bba5a666004298e76b2f1cf' },
  { what: 'a body with a Chinese plate', time: '20170821 08:00:00', token: '5abace18b4a43afa42370fe615fd7603' },
  { what: 'a body with an empty plate', time: '20170821 08:00:00', token: '5abace18b4a43afa42370fe615fd7603' },
  { what: 'a body with a list', time: '20240229 23:59:59', token: 'b8fd0cc5ada58dbdb291f5ac0d0efa63' },
  { what: 'a body with a field nobody knows', time: '20240229 23:59:59', token: 'b8fd0cc5ada58dbdb291f5ac0d0efa63' },
  { what: 'a request without appId', time: '20241231 00:00:00', token: '150f4392759e978427a733db1c9d35b9' },
  {
    what: 'a secret with an ampersand, not escaped',
    ...{ time: '20241231 00:00:00', appId: '88000001', appSecret: 'ab&cd=12' },
    token: '648c89260c02a762dd0036a6b5346199',
  },
  {
    what: 'a secret in Chinese, as UTF-8',
    ...{ time: '20241231 00:00:00', appId: '88000001', appSecret: '密钥abc' },
    token: '9850e971072bf122f9c9d7eeaed2a175',
  },
];
const PRINTED = { time: '20170818 17:14:15', token: '2e6eef5a0bba5a666004298e76b2f1cf' };

describe('the token', () => {
  it.each(vectors)('of $what', ({ time, token, appId = APP_ID, appSecret = APP_SECRET }) => {
    expect(tokenOf(time, appId, appSecret)).toBe(token);
    expect(isToken(token, time, appId, appSecret)).toBe(true);
  });

  it('leaves in lower case, and is taken in upper case', () => {
    expect(tokenOf(PRINTED.time, APP_ID, APP_SECRET)).not.toBe(PRINTED.token.toUpperCase());
    expect(isToken(PRINTED.token.toUpperCase(), PRINTED.time, APP_ID, APP_SECRET)).toBe(true);
  });

  it('covers the blank within the time', () => {
    const trimmed = PRINTED.time.replace(' ', '');
    expect(tokenOf(trimmed, APP_ID, APP_SECRET)).toBe('a815c60c07ce61ac5313e2daf0748e3d');
    expect(isToken(PRINTED.token, trimmed, APP_ID, APP_SECRET)).toBe(false);
  });

  it.each([
    ['another time', PRINTED.token, '20170818 17:14:16', APP_ID, APP_SECRET],
    ['another application', PRINTED.token, PRINTED.time, '99848792', APP_SECRET],
    ['another secret', PRINTED.token, PRINTED.time, APP_ID, `${APP_SECRET}x`],
    ['nothing', '', PRINTED.time, APP_ID, APP_SECRET],
    ['half of it', PRINTED.token.slice(0, 16), PRINTED.time, APP_ID, APP_SECRET],
    ['more than it', `${PRINTED.token}0`, PRINTED.time, APP_ID, APP_SECRET],
    ['no hexadecimal digits', 'z'.repeat(32), PRINTED.time, APP_ID, APP_SECRET],
  ])('of %s is none', (_what, token, time, appId, appSecret) => {
    expect(isToken(token, time, appId, appSecret)).toBe(false);
  });
});
