import type { Words } from '../words.ts';
import type { zhBookings } from './bookings.zh.ts';

export const enBookings: Words<typeof zhBookings> = {};
