import type { Found, RunView } from '../../../shared/contract/reconciliations.ts';
import type { Tone } from '../../office/Values.tsx';

export const runTones: Record<RunView['state'], Tone> = {
  running: 'info',
  done: 'go',
  failed: 'stop',
  interrupted: 'call',
};

export const foundTones: Record<Found, Tone> = {
  delivered: 'go',
  waiting: 'plain',
  refused: 'stop',
  discarded: 'plain',
  'given-up': 'plain',
  missing: 'stop',
  lost: 'stop',
  extra: 'call',
  gone: 'call',
  unreadable: 'call',
};

/** What the platform's own figures say. */
export const verdictTones = { agrees: 'go', differs: 'stop', unasked: 'call' } as const satisfies Record<string, Tone>;
