import type { Words } from '../words.ts';
import type { zhPractice } from './practice.zh.ts';

export const enPractice: Words<typeof zhPractice> = {};
