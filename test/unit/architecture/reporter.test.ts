import { expect, test } from 'vitest';
import { summaryLines, tally } from '../../support/reporter.ts';

test('a run closes with its counts and with the reason of each skip', () => {
  const sum = tally(
    [
      { name: 'a', state: 'passed', note: undefined },
      { name: 'b', state: 'skipped', note: 'no mosquitto' },
      { name: 'c', state: 'skipped', note: 'no mosquitto' },
      { name: 'd', state: 'skipped', note: undefined },
    ],
    0,
  );
  expect(summaryLines(sum)).toEqual([
    'skipped: no mosquitto [b; c]',
    'skipped: no reason given [d]',
    '1 passed, 0 failed, 3 skipped',
  ]);
});

test('what never ran, and what broke outside a test, counts as failed', () => {
  const sum = tally([{ name: 'a', state: 'pending', note: undefined }], 1);
  expect(summaryLines(sum)).toEqual(['0 passed, 2 failed, 0 skipped']);
});
