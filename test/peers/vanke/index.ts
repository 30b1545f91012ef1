/**
 * The cloud of 万科泊时易 V1.7, written from the document alone: it shares no module with the product, so that a mistake of
 * ours cannot meet the same mistake here. README.md tells everything.
 *
 *     const cloud = await startCloud({ address: 'http://127.0.0.1:8080/any/prefix' });
 *     // The car park gets cloud.baseUrl and cloud.keys.
 *     cloud.plate('粤B12345').set({ decision: { refuse: 3 } });
 *     await cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode: '2' });
 *     expect(cloud.violations).toEqual([]);
 *     expect(cloud.books.differences()).toEqual([]);
 */

export type { FaultHandle } from '../http/faults.ts';
export type { Moment } from '../http/hooks.ts';
export type { Abnormal } from './abnormals.ts';
export type { DownAnswer } from './answers.ts';
export type { Passage } from './books.ts';
export type { Line, Paging, Period, Walk, When } from './calls.ts';
export { type CertificateOptions, TestAuthority, type TestCertificate, testCertificate } from './certificate.ts';
export { Cloud, type CloudOptions, startCloud } from './cloud.ts';
export type { Alignment, OpenMode, PlaceStatus } from './codes.ts';
export type { Logged, Violation } from './desk.ts';
export type { DownName } from './down-tables.ts';
export type { Call, CallOptions } from './downlink.ts';
export type { About, Fault, FaultScope } from './faults.ts';
export type { Finding, Rule } from './finding.ts';
export type { Happening, Hook } from './hooks.ts';
export type { JsonObject } from './json.ts';
export type { Picture } from './picture.ts';
export type { Trust } from './post.ts';
export type { Result, Send } from './sends.ts';
export type { ServerCertificate } from './server.ts';
export type { Keys, Spelling } from './spelling.ts';
export type { Crossing, Pace, Recognition } from './state.ts';
export type { AnswerStyle } from './style.ts';
export { tokenOf } from './token.ts';
export type { Decision, PlateWill, Will } from './wills.ts';
export { instantOf, wireTime } from './wire-time.ts';
