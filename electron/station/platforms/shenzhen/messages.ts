import type { z } from 'zod';
import type { DownMessage, DutyMessage, UpMessage } from '../define-message.ts';
import type { ShenzhenAnswer } from './answer.ts';
import type { ShenzhenCall, ShenzhenContext, ShenzhenReply, ShenzhenWire } from './context.ts';
import { blackWhiteDown } from './messages/blackWhiteDown.ts';
import { feeQuery } from './messages/feeQuery.ts';
import { freeTimeDown } from './messages/freeTimeDown.ts';
import { gateStatus } from './messages/gateStatus.ts';
import { monthCard } from './messages/monthCard.ts';
import { onlinePay } from './messages/onlinePay.ts';
import { orderPush } from './messages/orderPush.ts';
import { parkConfig } from './messages/parkConfig.ts';
import { prepaidOrderChange } from './messages/prepaidOrderChange.ts';

export type ShenzhenUp = UpMessage<ShenzhenContext, ShenzhenWire, z.ZodType, ShenzhenAnswer>;
export type ShenzhenDuty = DutyMessage<ShenzhenContext, ShenzhenWire, ShenzhenAnswer>;
export type ShenzhenDown = DownMessage<ShenzhenContext, ShenzhenCall, ShenzhenReply | Promise<ShenzhenReply>>;

/** What waits in the outbox until it is taken. */
export const upMessages: readonly ShenzhenUp[] = [];

/** Only the newest counts. */
export const dutyMessages: readonly ShenzhenDuty[] = [];

/** What the city calls us by (6.3.12 to 6.3.21). */
export const downMessages: readonly ShenzhenDown[] = [
  gateStatus,
  blackWhiteDown,
  monthCard,
  parkConfig,
  prepaidOrderChange,
  onlinePay,
  orderPush,
  feeQuery,
  freeTimeDown,
];

export const allMessages = [...upMessages, ...dutyMessages, ...downMessages];
