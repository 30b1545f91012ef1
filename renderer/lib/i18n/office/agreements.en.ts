import type { Words } from '../words.ts';
import type { zhAgreements } from './agreements.zh.ts';

export const enAgreements: Words<typeof zhAgreements> = {
  about: 'Plates that a platform pays for. Platforms keep them; here they are shown, and can be put right.',
  platform: 'Platform',
  kind: { 'auto-pay': 'Automatic payment', 'departure-pay': 'Leave first, pay later' },
  kindLabel: 'Way',
  kindHint: {
    'auto-pay': 'The exit asks the platform for the money, and opens when it comes',
    'departure-pay': 'The car goes first; the platform collects afterwards',
  },
  limit: 'Limit for one bill',
  limitHint: 'Empty: none. Bills above it are not covered',
  uid: 'For one stay only',
  uidHint: 'Empty: every stay',
  every: 'Every stay',
  add: 'Add an agreement',
  addTitle: 'Add an agreement',
  changeTitle: 'Change the agreement of {{plate}}',
  addHint: 'The same platform, plate, way and stay again changes what stands.',
  take: 'Remove the agreement',
  takeTitle: 'Remove the agreement of {{plate}}?',
  takeText: 'The exit then no longer charges {{platform}}. The platform may put it back.',
  saved: 'Saved',
  taken: 'Removed',
  empty: 'No agreements yet',
  emptyText: 'What platforms send appears here; you can also add or import.',
  noneFound: 'No agreement matches',
  noneFoundText: 'Try another plate.',
  gridLabel: 'Agreements',
};
