import type { Words } from '../words.ts';
import type { zhInside } from './inside.zh.ts';

export const enInside: Words<typeof zhInside> = {};
