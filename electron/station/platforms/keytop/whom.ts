import { createHash } from 'node:crypto';
import type { KeytopSettings } from './config.ts';

/** For which third party, as which car park: what is told once is told once to each. */
export const whomOf = ({ baseUrl, parkCode }: Pick<KeytopSettings, 'baseUrl' | 'parkCode'>): string =>
  createHash('sha256').update(`${baseUrl} ${parkCode}`).digest('hex').slice(0, 12);
