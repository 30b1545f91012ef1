import type { Words } from '../words.ts';
import type { zhExceptions } from './exceptions.zh.ts';

export const enExceptions: Words<typeof zhExceptions> = {};
