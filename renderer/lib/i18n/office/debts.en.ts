import type { Words } from '../words.ts';
import type { zhDebts } from './debts.zh.ts';

export const enDebts: Words<typeof zhDebts> = {};
