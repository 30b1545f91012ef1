export type { Entered, Repeat, StayFile, StayMoney } from './books.ts';
export { createKeys, openText, type QingdaoKeys, sealText, signText, verifyText } from './crypto.ts';
export type { BrokerLogin, Confirm, Notice, PublishOptions, SpecialCar } from './downlink.ts';
export type { Fault, FaultHandle, FaultScope } from './faults.ts';
export type { WireObject } from './lossless-json.ts';
export { type Logged, type QingdaoOptions, QingdaoPlatform, startQingdaoPlatform, type Violation } from './platform.ts';
export type { Finding, Rule } from './validate.ts';
