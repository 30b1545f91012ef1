import type { Words } from '../words.ts';
import type { zhShifts } from './shifts.zh.ts';

export const enShifts: Words<typeof zhShifts> = {};
