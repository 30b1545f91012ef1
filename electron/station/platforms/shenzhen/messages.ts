import type { z } from 'zod';
import type { DownMessage, DutyMessage, UpMessage } from '../define-message.ts';
import type { ShenzhenAnswer } from './answer.ts';
import type { ShenzhenCall, ShenzhenContext, ShenzhenReply, ShenzhenWire } from './context.ts';

export type ShenzhenUp = UpMessage<ShenzhenContext, ShenzhenWire, z.ZodType, ShenzhenAnswer>;
export type ShenzhenDuty = DutyMessage<ShenzhenContext, ShenzhenWire, ShenzhenAnswer>;
export type ShenzhenDown = DownMessage<ShenzhenContext, ShenzhenCall, ShenzhenReply | Promise<ShenzhenReply>>;

/** What waits in the outbox until it is taken. */
export const upMessages: readonly ShenzhenUp[] = [];

/** Only the newest counts. */
export const dutyMessages: readonly ShenzhenDuty[] = [];

/** What the city calls us by (6.3.12 to 6.3.21). */
export const downMessages: readonly ShenzhenDown[] = [];

export const allMessages = [...upMessages, ...dutyMessages, ...downMessages];
