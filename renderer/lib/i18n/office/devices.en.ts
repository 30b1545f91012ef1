import type { Words } from '../words.ts';
import type { zhDevices } from './devices.zh.ts';

export const enDevices: Words<typeof zhDevices> = {};
