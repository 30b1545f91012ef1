import { askedScenarios } from './scenarios-asked.ts';
import { big, keys, type Shot } from './scene-kit.ts';

/** Every point of a lane where a platform has the word, in the looks that matter. */
export const askedShots: readonly Shot[] = [
  ...Object.keys(askedScenarios).flatMap((scenario): readonly Shot[] => [
    { name: `asked-${scenario}`, scenario },
    { name: `asked-${scenario}-dark-en`, scenario, dark: true, english: true },
    { name: `asked-${scenario}-big`, scenario, ...big },
    { name: `asked-${scenario}-125`, scenario, width: 1093, height: 614 },
  ]),
  { name: 'asked-night', scenario: 'alone', night: true },
  { name: 'asked-release', scenario: 'silent', act: keys('F12', '4') },
  { name: 'asked-open', scenario: 'refused', act: keys('F2', '1') },
];
