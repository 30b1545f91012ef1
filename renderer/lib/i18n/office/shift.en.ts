import type { Words } from '../words.ts';
import type { zhShift } from './shift.zh.ts';

export const enShift: Words<typeof zhShift> = {};
