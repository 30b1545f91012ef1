import type { RunView } from '../../../shared/contract/reconciliations.ts';
import type { Tone } from '../../office/Values.tsx';

export const runTones: Record<RunView['state'], Tone> = {
  running: 'info',
  done: 'go',
  failed: 'stop',
  interrupted: 'call',
};
