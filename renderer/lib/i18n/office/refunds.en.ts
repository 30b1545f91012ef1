import type { Words } from '../words.ts';
import type { zhRefunds } from './refunds.zh.ts';

export const enRefunds: Words<typeof zhRefunds> = {};
