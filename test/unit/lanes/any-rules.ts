import fc from 'fast-check';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';

/** Any rules that a manager may choose. */
export const rules: fc.Arbitrary<Partial<PassageRules>> = fc.record(
  {
    full: fc
      .constantFrom('admit', 'wait', 'refuse')
      .map((rule) => ({ small: rule, medium: rule, large: rule }) as const),
    unlicensed: fc.constantFrom('wait', 'admit'),
    nearMatch: fc.constantFrom('alone', 'ask'),
    expiredCard: fc.constantFrom('temporary', 'wait', 'refuse'),
    surplusCar: fc.constantFrom('temporary', 'wait', 'refuse'),
    surplusBecomesFixedMinutes: fc.constantFrom(0, 60),
    quotaFull: fc.constantFrom('borrow', 'temporary', 'wait', 'refuse'),
    verifyAboveFen: fc.constantFrom(0, 800, 50_000),
    debtIntercept: fc.constantFrom('none', 'entry', 'exit', 'both'),
    turnBack: fc.constantFrom('case', 'withdraw', 'off'),
    seenAgainMinutes: fc.constantFrom(0, 10),
    confirm: fc.boolean().map((on) => ({ temporaryEntry: false, cardEntry: on, cardExit: on, freeExit: false })),
  },
  { requiredKeys: [] },
);
