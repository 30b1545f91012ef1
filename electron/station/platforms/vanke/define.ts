import { defineDown, defineUp } from '../define-message.ts';
import type { VankeAnswer, VankeCall, VankeContext, VankeReply, VankeWire } from './context.ts';

export const up = defineUp<VankeContext, VankeWire, VankeAnswer>();
/** Its answer may wait for the arm or a display. */
export const down = defineDown<VankeContext, VankeCall, VankeReply | Promise<VankeReply>>();
