import { defineDown, defineDuty, defineQuery, defineUp } from '../define-message.ts';
import type { CmbAnswer, CmbCall, CmbContext, CmbReply, CmbWire } from './context.ts';

export const up = defineUp<CmbContext, CmbWire, CmbAnswer>();
export const query = defineQuery<CmbContext, CmbWire>();
export const duty = defineDuty<CmbContext, CmbWire, CmbAnswer>();
export const down = defineDown<CmbContext, CmbCall, CmbReply>();
