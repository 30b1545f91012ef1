import type { Words } from '../words.ts';
import type { zhVisitors } from './visitors.zh.ts';

export const enVisitors: Words<typeof zhVisitors> = {};
