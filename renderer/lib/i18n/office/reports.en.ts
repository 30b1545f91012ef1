import type { Words } from '../words.ts';
import type { zhReports } from './reports.zh.ts';

export const enReports: Words<typeof zhReports> = {};
