import type { z } from 'zod';
import type { DownMessage, DutyMessage, QueryMessage, UpMessage } from '../define-message.ts';
import type { CmbAnswer, CmbCall, CmbContext, CmbReply, CmbWire } from './context.ts';
import { AutoPay } from './messages/AutoPay.ts';
import { AutoPayStatus } from './messages/AutoPayStatus.ts';
import { autoPayBind } from './messages/autoPayBind.ts';
import { autoPayUnbind } from './messages/autoPayUnbind.ts';
import { ConfigUpload } from './messages/ConfigUpload.ts';
import { calc } from './messages/calc.ts';
import { Indata } from './messages/Indata.ts';
import { NoVpln } from './messages/NoVpln.ts';
import { Outdata } from './messages/Outdata.ts';
import { PayOrderStatus } from './messages/PayOrderStatus.ts';
import { PicUpload } from './messages/PicUpload.ts';
import { pay } from './messages/pay.ts';
import { SpaceInfo } from './messages/SpaceInfo.ts';

type Up = UpMessage<CmbContext, CmbWire, z.ZodType, CmbAnswer>;
type Query = QueryMessage<CmbContext, CmbWire>;
export type CmbDuty = DutyMessage<CmbContext, CmbWire, CmbAnswer>;
type Down = DownMessage<CmbContext, CmbCall, CmbReply>;

/** What waits in the outbox: records and pictures. */
export const upMessages: readonly Up[] = [Indata, Outdata, PicUpload, ConfigUpload];

/** Only the newest counts. */
export const dutyMessages: readonly CmbDuty[] = [SpaceInfo];

/** Asked and answered on the spot: money, and what is known of a plate. */
export const queryMessages: readonly Query[] = [AutoPay, AutoPayStatus, PayOrderStatus];

/** What the bank calls us by. */
export const downMessages: readonly Down[] = [calc, pay, autoPayBind, autoPayUnbind, NoVpln];

export const allMessages = [...upMessages, ...dutyMessages, ...queryMessages, ...downMessages];
