import type { Words } from '../words.ts';
import type { zhCalendar } from './calendar.zh.ts';

export const enCalendar: Words<typeof zhCalendar> = {};
