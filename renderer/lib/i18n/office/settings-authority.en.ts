import type { Words } from '../words.ts';
import type { zhAuthority } from './settings-authority.zh.ts';

/** A lane where a platform has the word. Part of the words of lanes in `settings.en.ts`. */
export const enAuthority: Words<typeof zhAuthority> = {
  authorityGroup: 'The cloud opens',
  authority: 'A platform decides',
  authorityHelp: 'The platform is asked about every car and says when to open',
  authorityPlatform: 'Platform that decides',
  authorityUnset: 'Not set up yet: do so under Platforms, or every car counts as without an answer',
  authorityRules: 'Who stops cars',
  authorityFees: 'Who charges',
  authorityPollSeconds: 'Ask again after a no (s)',
  authorityRetrySeconds: 'Try again without an answer (s)',
  authorityGiveUpAfter: 'Give up after tries',
  authorityOnGiveUp: 'After no answer',
  rules: { platform: 'The platform alone', both: 'Our own rules first' },
  rulesHelp: {
    platform: 'Blacklist, full lot and the like only warn',
    both: 'Our rules stop cars first; the others are asked about',
  },
  pollHelp: 'While the car stands there',
  retryHelp: 'When the platform did not answer',
  giveUpAfterHelp: 'In a row, the first included; any answer begins anew',
  giveUp: { release: 'Open by itself', local: 'Own rules', wait: 'Wait for a person' },
  giveUpHelp: {
    release: 'The arm goes up if the car is still on the loop; the booth shows it loudly',
    local: 'Our lists, spaces and tariff decide about this car',
    wait: 'The car stands; the attendant decides',
  },
  releaseRisk: 'Without the network the barrier opens by itself: a security risk',
  releaseRiskText:
    'Once the line is cut any car comes and goes, whoever cut it included. Each is put on the exceptions list and alarms the booth; where somebody is on duty, waiting for a person is safer.',
  fees: { platform: 'The platform', local: 'We do' },
  feesHelp: {
    platform: 'Its yes settles the visit; nothing is charged here',
    local: 'After its yes our tariff charges',
  },
};
