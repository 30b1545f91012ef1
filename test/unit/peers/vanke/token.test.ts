import { describe, expect, test } from 'vitest';
import { instantOf, tokenOf, wireTime } from '../../../peers/vanke/index.ts';

const SECRET = 'eV7spoA0rr7EyjGuJxQFOa3Vs5wvcRUo';

describe('the token', () => {
  test.each([
    ['as printed', '20170818 17:14:15', '99848791', SECRET, '2e6eef5a0bba5a666004298e76b2f1cf'],
    ['of a recognition', '20170821 08:00:00', '99848791', SECRET, '5abace18b4a43afa42370fe615fd7603'],
    ['of any body', '20240229 23:59:59', '99848791', SECRET, 'b8fd0cc5ada58dbdb291f5ac0d0efa63'],
    ['of a call', '20241231 00:00:00', '99848791', SECRET, '150f4392759e978427a733db1c9d35b9'],
    ['an & in the secret', '20241231 00:00:00', '88000001', 'ab&cd=12', '648c89260c02a762dd0036a6b5346199'],
    ['Chinese in the secret', '20241231 00:00:00', '88000001', '密钥abc', '9850e971072bf122f9c9d7eeaed2a175'],
    ['without the blank it is another', '2017081817:14:15', '99848791', SECRET, 'a815c60c07ce61ac5313e2daf0748e3d'],
  ])('%s', (_, time, appId, secret, token) => {
    expect(tokenOf(time, appId, secret)).toBe(token);
  });
});

describe('times', () => {
  test('17 characters on the clocks of China', () => {
    expect(wireTime(Date.UTC(2017, 7, 18, 9, 14, 15))).toBe('20170818 17:14:15');
    expect(wireTime(Date.UTC(2024, 11, 31, 16, 0, 0, 999))).toBe('20250101 00:00:00');
    expect(instantOf('20240229 23:59:59')).toBe(Date.UTC(2024, 1, 29, 15, 59, 59));
  });

  test.each([
    '20230229 10:00:00',
    '20240101 24:00:00',
    '2024-01-01 10:00:00',
    '20240101T10:00:00',
    '20240101 1:00:00',
    '',
  ])('no time: %s', (text) => {
    expect(instantOf(text)).toBeNull();
  });
});
