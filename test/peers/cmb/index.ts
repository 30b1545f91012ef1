/**
 * The bank's side of 招商银行停车平台 1.8.2, written from the document alone: it shares no module with the product, so that a
 * mistake of ours cannot meet the same mistake here. README.md tells everything.
 *
 *     const bank = await startBank({ address: 'http://127.0.0.1:8080/any/prefix/' });
 *     // The car park gets bank.baseUrl, bank.appid, bank.appsecret and bank.parkCode.
 *     bank.owner('京A12345').set({ autopay: { limit: 5_000 }, echo: 'twice' });
 *     const visit = await bank.owner('京B12345').scanExit(12);
 *     expect(bank.violations).toEqual([]);
 *     expect(bank.books.differences()).toEqual([]);
 */

export type { FaultHandle } from '../http/faults.ts';
export type { Moment } from '../http/hooks.ts';
export type { After } from '../timers.ts';
export type { Binding, Mode, OwnerOptions } from './accounts.ts';
export type { DownAnswer } from './answers.ts';
export { Bank, type BankOptions, startBank } from './bank.ts';
export type { Collected, RecordBooks } from './books.ts';
export type { ChargeItem } from './charge-items.ts';
export type { Logged, Repeat, Violation } from './desk.ts';
export type { DownName } from './down-tables.ts';
export type { PushOptions, Retries } from './downlink.ts';
export type { About, Fault, FaultScope } from './faults.ts';
export type { Fee } from './fee.ts';
export type { Finding, Rule } from './finding.ts';
export { encode, readForm, writeForm } from './form.ts';
export type { Happening } from './hooks.ts';
export type { AutoOrder, Payment } from './orders.ts';
export type { Owner, Visit, VisitOptions } from './owner.ts';
export type { Attempt, Push } from './push.ts';
export type { BankRecord } from './records.ts';
export { type Fields, sameSign, signOf, stringA } from './sign.ts';
export type { Spelling } from './spelling.ts';
export type { AnswerStyle } from './style.ts';
