/**
 * The third party (第三方) of the ktapi, written from the document alone: it shares no module with the product, so that a
 * mistake of ours cannot meet the same mistake here. README.md tells everything.
 *
 *     const thirdParty = await startThirdParty({ address: 'http://127.0.0.1:8080' });
 *     // The car park gets thirdParty.baseUrl, .up, .down and .parkCode.
 *     thirdParty.plate('粤B12345').set({ signed: true });
 *     await thirdParty.app.prepay({ plateNo: '粤B12345' });
 *     expect(thirdParty.violations).toEqual([]);
 *     expect(thirdParty.books.differences()).toEqual([]);
 */

export type { FaultHandle } from '../http/faults.ts';
export type { Moment } from '../http/hooks.ts';
export type { DownAnswer } from './answers.ts';
export type { Paid, PayOptions } from './app.ts';
export type { StayBooks } from './books.ts';
export type { FreeDetail, Pair, Payment } from './calls.ts';
export type { ChangeOptions, Payout } from './change.ts';
export type { Charge } from './charges.ts';
export type { WalletKind } from './codes.ts';
export type { CallStyle } from './compose.ts';
export type { Telling } from './conversations.ts';
export type { Logged, Violation } from './desk.ts';
export type { Call, CallOptions } from './downlink.ts';
export type { About, Fault, FaultScope, Shape } from './faults.ts';
export type { Finding, Rule } from './finding.ts';
export type { Photo } from './guard.ts';
export type { Happening, Hook } from './hooks.ts';
export type { Access } from './intake.ts';
export type { JsonObject } from './json.ts';
export type { Member, NewMember } from './members.ts';
export type { Visit } from './pages.ts';
export type { Pace, QrOffer } from './state.ts';
export type { Deduction, Stay } from './stays.ts';
export type { AnswerStyle } from './style.ts';
export { startThirdParty, ThirdParty, type ThirdPartyOptions } from './third-party.ts';
export type { CarWill, Customer, FeeWill, ScanWill } from './wills.ts';
export { dashed, dayOf, instantOf, slashed } from './wire-time.ts';
