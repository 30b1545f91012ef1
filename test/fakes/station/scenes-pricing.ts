import { pricingScenarios } from './scenarios-pricing.ts';
import { big, keys, type Shot } from './scene-kit.ts';

/** 第三方计费 in the booth. */
export const pricingShots: readonly Shot[] = [
  ...Object.keys(pricingScenarios).flatMap((scenario): readonly Shot[] => [
    { name: `fee-${scenario}`, scenario },
    { name: `fee-${scenario}-dark-en`, scenario, dark: true, english: true },
    { name: `fee-${scenario}-big`, scenario, ...big },
    { name: `fee-${scenario}-125`, scenario, width: 1093, height: 614 },
  ]),
  { name: 'fee-enter', scenario: 'feeUnknown', act: keys('3', '1', '2') },
  { name: 'fee-enter-dark-en', scenario: 'feeUnknown', dark: true, english: true, act: keys('3', '0') },
  { name: 'fee-release', scenario: 'feeUnknown', act: keys('F12', '1') },
];
