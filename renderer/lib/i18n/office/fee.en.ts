import type { Words } from '../words.ts';
import type { zhFee } from './fee.zh.ts';

export const enFee: Words<typeof zhFee> = {};
