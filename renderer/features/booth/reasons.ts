import type { zh } from '../../lib/i18n/zh.ts';
import type { ReasonAct } from './store.ts';

export type ReasonKey = keyof typeof zh.reasons;

/** The reasons offered per act, in the order of the digit keys. `other` asks for words. */
export const reasonsFor: Record<ReasonAct, readonly ReasonKey[]> = {
  release: ['emergency', 'resident', 'deviceFault', 'approved', 'dispute', 'other'],
  open: ['noPass', 'deviceFault', 'emergency', 'service', 'unreadable', 'other'],
  close: [],
  hold: ['queue', 'emergency', 'deviceFault', 'approved', 'other'],
  'release-hold': ['jam', 'other'],
  cancel: ['turnedBack', 'noCar', 'other'],
};
