import type { Words } from '../words.ts';
import type { zhImports } from './imports.zh.ts';

export const enImports: Words<typeof zhImports> = {};
