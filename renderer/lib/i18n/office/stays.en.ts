import type { Words } from '../words.ts';
import type { zhStays } from './stays.zh.ts';

export const enStays: Words<typeof zhStays> = {};
