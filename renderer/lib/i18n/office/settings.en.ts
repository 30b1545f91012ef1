import type { Words } from '../words.ts';
import type { zhSettings } from './settings.zh.ts';

export const enSettings: Words<typeof zhSettings> = {};
