import type { z } from 'zod';
import type { DownMessage, UpMessage } from '../define-message.ts';
import type { VankeAnswer, VankeCall, VankeContext, VankeReply, VankeWire } from './context.ts';

export type VankeUp = UpMessage<VankeContext, VankeWire, z.ZodType, VankeAnswer>;
type Down = DownMessage<VankeContext, VankeCall, VankeReply | Promise<VankeReply>>;

/** What we push: recognitions, crossings, abnormal reports. */
export const upMessages: readonly VankeUp[] = [];

/** What the platform calls us by. */
export const downMessages: readonly Down[] = [];

export const allMessages = [...upMessages, ...downMessages];
