import type { z } from 'zod';
import type { DownMessage, DutyMessage, QueryMessage, UpMessage } from '../define-message.ts';
import type { KeytopAnswer, KeytopCall, KeytopContext, KeytopReply, KeytopWire } from './context.ts';

export type KeytopUp = UpMessage<KeytopContext, KeytopWire, z.ZodType, KeytopAnswer>;
export type KeytopDuty = DutyMessage<KeytopContext, KeytopWire, KeytopAnswer>;
type Query = QueryMessage<KeytopContext, KeytopWire>;
type Down = DownMessage<KeytopContext, KeytopCall, KeytopReply | Promise<KeytopReply>>;

/** What waits in the outbox until it is taken (上行 1.x, 2.1, 2.3, 2.4, 2.6, 2.7, 3.1). */
export const upMessages: readonly KeytopUp[] = [];

/** Only the newest counts (上行 2.5). */
export const dutyMessages: readonly KeytopDuty[] = [];

/** Asked on the spot and never repeated by itself (上行 2.2, 4.1, 4.2, 5.3). */
export const queryMessages: readonly Query[] = [];

/** What the third party calls us by (下行). */
export const downMessages: readonly Down[] = [];

export const allMessages = [...upMessages, ...dutyMessages, ...queryMessages, ...downMessages];
