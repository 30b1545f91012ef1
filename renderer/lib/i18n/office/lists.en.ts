import type { Words } from '../words.ts';
import type { zhLists } from './lists.zh.ts';

export const enLists: Words<typeof zhLists> = {};
