/**
 * 云平台 of DB4403 路内信息联网, written from the document alone: it shares no module with the product, so that a mistake of
 * ours cannot meet the same mistake here. README.md tells everything.
 *
 *     const cloud = await startCloud({ parkCode: '80010001' });
 *     // The car park gets cloud.baseUrl, cloud.tcpPort and cloud.keys.
 *     await cloud.whenOnline();
 *     const call = await cloud.feeQuery('80010001170927000001');
 *     expect(cloud.violations).toEqual([]);
 */

export type { FaultHandle } from '../http/faults.ts';
export type { Moment } from '../http/hooks.ts';
export type { Order, Payment, PayOptions } from './app.ts';
export type { Asked } from './asking.ts';
export type { Otherwise } from './books.ts';
export type { Charge } from './charges.ts';
export { type CloudOptions, ParkingCloud, startCloud } from './cloud.ts';
export type { Logged, Violation } from './desk.ts';
export type { DownAnswer } from './down/answers.ts';
export type { Coupon } from './down/coupons.ts';
export type { Ask } from './down/downlink.ts';
export type { Call, CallOptions } from './down/judge.ts';
export type { DownName } from './down/tables.ts';
export type { About, Fault, FaultScope, Shape } from './faults.ts';
export type { Finding, Rule } from './finding.ts';
export type { Happening, Hook } from './hooks.ts';
export type { Keys } from './intake.ts';
export type { JsonObject } from './json.ts';
export type { BodyMode, Fields } from './message.ts';
export type { Send, Told } from './sends.ts';
export { signatureOf, stringToSign } from './sign.ts';
export type { Berth, Pace, ParkingRecord } from './state.ts';
export type { AnswerStyle } from './style.ts';
export { FrameReader, type Framing, frameOf } from './tcp/frames.ts';
export type { Line } from './tcp/line.ts';
export type { LineWill } from './tcp/reception.ts';
export type { Connection } from './tcp/session.ts';
export { dashed } from './wire-time.ts';
