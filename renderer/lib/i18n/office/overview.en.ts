import type { Words } from '../words.ts';
import type { zhOverview } from './overview.zh.ts';

export const enOverview: Words<typeof zhOverview> = {};
