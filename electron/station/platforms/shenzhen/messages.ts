import type { z } from 'zod';
import type { DownMessage, UpMessage } from '../define-message.ts';
import type { ShenzhenAnswer } from './answer.ts';
import type { ShenzhenCall, ShenzhenContext, ShenzhenReply, ShenzhenWire } from './context.ts';
import { berthInfo } from './messages/berthInfo.ts';
import { berthStatus } from './messages/berthStatus.ts';
import { blackWhite } from './messages/blackWhite.ts';
import { blackWhiteDown } from './messages/blackWhiteDown.ts';
import { entranceInfo } from './messages/entranceInfo.ts';
import { equipment } from './messages/equipment.ts';
import { feeQuery } from './messages/feeQuery.ts';
import { freeNum } from './messages/freeNum.ts';
import { freeTimeDown } from './messages/freeTimeDown.ts';
import { gateStatus } from './messages/gateStatus.ts';
import { monthCard } from './messages/monthCard.ts';
import { onlinePay } from './messages/onlinePay.ts';
import { orderPush } from './messages/orderPush.ts';
import { park } from './messages/park.ts';
import { parkConfig } from './messages/parkConfig.ts';
import { parkRecordEntry } from './messages/parkRecordEntry.ts';
import { parkRecordExit } from './messages/parkRecordExit.ts';
import { parkRecordUpdate } from './messages/parkRecordUpdate.ts';
import { prepaidOrderChange } from './messages/prepaidOrderChange.ts';
import { recordUploadNotice } from './messages/recordUploadNotice.ts';
import type { NewestMessage } from './newest.ts';

export type ShenzhenUp = UpMessage<ShenzhenContext, ShenzhenWire, z.ZodType, ShenzhenAnswer>;
export type ShenzhenDown = DownMessage<ShenzhenContext, ShenzhenCall, ShenzhenReply | Promise<ShenzhenReply>>;

/** What waits in the outbox until it is taken. */
export const upMessages: readonly ShenzhenUp[] = [parkRecordEntry, parkRecordExit, parkRecordUpdate, blackWhite];

/** Only the newest counts. */
export const newestMessages: readonly NewestMessage[] = [
  ...[berthInfo, equipment, berthStatus, entranceInfo, park, freeNum],
];

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
  recordUploadNotice,
];

export const allMessages = [...upMessages, ...newestMessages, ...downMessages];
