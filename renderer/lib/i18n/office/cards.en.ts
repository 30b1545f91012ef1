import type { Words } from '../words.ts';
import type { zhCards } from './cards.zh.ts';

export const enCards: Words<typeof zhCards> = {};
