import type { Words } from '../words.ts';
import type { zhUsers } from './users.zh.ts';

export const enUsers: Words<typeof zhUsers> = {};
