import type { z } from 'zod';
import type { DownMessage, UpMessage } from '../define-message.ts';
import type { VankeAnswer, VankeCall, VankeContext, VankeReply, VankeWire } from './context.ts';
import { checkConnect } from './messages/checkConnect.ts';
import { queryInOutPayRecord } from './messages/queryInOutPayRecord.ts';
import { queryInOutRecord } from './messages/queryInOutRecord.ts';
import { queryPlaceStatus } from './messages/queryPlaceStatus.ts';
import { queryPrePayRecord } from './messages/queryPrePayRecord.ts';
import { queryUnPushCrossInfo } from './messages/queryUnPushCrossInfo.ts';
import { queryUnPushRecognitionInfo } from './messages/queryUnPushRecognitionInfo.ts';
import { receiveAbnormal } from './messages/receiveAbnormal.ts';
import { receiveCrossGate } from './messages/receiveCrossGate.ts';
import { receiveOpenGate } from './messages/receiveOpenGate.ts';
import { receivePlateNumber } from './messages/receivePlateNumber.ts';
import { receiveShowMsg } from './messages/receiveShowMsg.ts';

export type VankeUp = UpMessage<VankeContext, VankeWire, z.ZodType, VankeAnswer>;
type Down = DownMessage<VankeContext, VankeCall, VankeReply | Promise<VankeReply>>;

/** What we push: recognitions, crossings, abnormal reports. */
export const upMessages: readonly VankeUp[] = [receivePlateNumber, receiveCrossGate, receiveAbnormal];

/** What the platform calls us by. */
export const downMessages: readonly Down[] = [
  receiveOpenGate,
  receiveShowMsg,
  queryPlaceStatus,
  queryUnPushCrossInfo,
  queryUnPushRecognitionInfo,
  queryInOutRecord,
  queryInOutPayRecord,
  queryPrePayRecord,
  checkConnect,
];

export const allMessages = [...upMessages, ...downMessages];
