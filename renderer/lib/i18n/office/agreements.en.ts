import type { Words } from '../words.ts';
import type { zhAgreements } from './agreements.zh.ts';

export const enAgreements: Words<typeof zhAgreements> = {};
