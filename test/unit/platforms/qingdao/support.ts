import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { PlatformDeps, StationServices } from '../../../../electron/station/platforms/platform.ts';
import { type QingdaoSettings, qingdaoSettingsSchema } from '../../../../electron/station/platforms/qingdao/config.ts';
import type { QingdaoContext } from '../../../../electron/station/platforms/qingdao/context.ts';
import type { Actor, EventBody, JournalEvent } from '../../../../shared/domain/events.ts';
import { siteSchema } from '../../../../shared/domain/site.ts';
import { type Stay, staySchema } from '../../../../shared/domain/stay.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { type Answers, serveForms } from '../form-server.ts';
import { MemoryStation } from '../memory-station.ts';

export { MemoryStation, storeFailure } from '../memory-station.ts';

export interface TestKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly publicPem: string;
  readonly privatePem: string;
}

export function makeKey(modulusLength = 1024): TestKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return {
    publicKey,
    privateKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** The platform's pair and the car park's pair. */
export const platformKey = makeKey();
export const userKey = makeKey();

export const settingsInput = (changes: Readonly<Record<string, unknown>> = {}) => ({
  baseUrl: 'http://127.0.0.1:9/api/v1/cp',
  accessId: '234',
  parkingCode: '1001',
  platformPublicKey: platformKey.publicPem,
  userPrivateKey: userKey.privatePem,
  ...changes,
});

export const settings = (changes: Readonly<Record<string, unknown>> = {}): QingdaoSettings =>
  qingdaoSettingsSchema.parse(settingsInput(changes));

const BLOCK = 128;
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** The platform's side of a request, in node-forge only: verify with the user's public key, then decrypt with its own. */
export function platformOpens(cipher: string, sign: string): { readonly verified: boolean; readonly plain: string } {
  const user = forge.pki.publicKeyFromPem(userKey.publicPem);
  const own = forge.pki.privateKeyFromPem(platformKey.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const md = forge.md.sha1.create();
  md.update(cipher);
  const verified = user.verify(md.digest().getBytes(), Buffer.from(sign, 'base64').toString('latin1'));
  const bytes = Buffer.from(cipher, 'base64');
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK)
    parts.push(Buffer.from(own.decrypt(binary(bytes.subarray(at, at + BLOCK)), 'RSAES-PKCS1-V1_5'), 'latin1'));
  return { verified, plain: Buffer.concat(parts).toString('utf8') };
}

/** The platform's side of a notice, in node-forge only: encrypt with the user's public key, sign with its own private key. */
export function platformSeals(plain: string, signer: TestKey = platformKey): { cipher: string; sign: string } {
  const user = forge.pki.publicKeyFromPem(userKey.publicPem);
  const own = forge.pki.privateKeyFromPem(signer.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const bytes = Buffer.from(plain, 'utf8');
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK - 11)
    parts.push(Buffer.from(user.encrypt(binary(bytes.subarray(at, at + BLOCK - 11)), 'RSAES-PKCS1-V1_5'), 'latin1'));
  const cipher = Buffer.concat(parts).toString('base64');
  const md = forge.md.sha1.create();
  md.update(cipher);
  return { cipher, sign: Buffer.from(own.sign(md), 'latin1').toString('base64') };
}

/** An MQTT payload; `requestId` is written as the digits given. */
export function noticePayload(requestId: string, timestamp: string, body: unknown, signer?: TestKey): Buffer {
  return sealedPayload(requestId, timestamp, platformSeals(JSON.stringify(body), signer));
}

export function sealedPayload(
  requestId: string,
  timestamp: string,
  { cipher, sign }: { readonly cipher: string; readonly sign: string },
): Buffer {
  return Buffer.from(`{"requestId":${requestId},"timestamp":"${timestamp}","cipher":"${cipher}","sign":"${sign}"}`);
}

/** A platform that answers as told, on a port of its own. */
export async function listen(answer: Answers<URLSearchParams>) {
  const server = await serveForms((text) => new URLSearchParams(text), answer);
  return { ...server, baseUrl: `${server.baseUrl}/api/v1/cp` };
}

/** A station at which nothing happens, for whoever only listens and looks for what is left to do. */
const idleStation = {
  onCommitted: () => () => undefined,
  read: {
    ...{ bills: { afterDeparture: () => [], collectedAfterDeparture: () => [] }, stays: { get: () => undefined } },
    outbox: { ofStay: () => [] },
  },
} as unknown as StationServices;

export function deps(changes: Partial<PlatformDeps> = {}): PlatformDeps & { readonly clock: PlatformDeps['clock'] } {
  return {
    address: () => undefined,
    areas: [],
    site: siteSchema.parse({ code: '1001', name: '演示停车场', totalSpaces: 150, openSpaces: 130 }),
    station: () => idleStation,
    clock: new FakeClock(),
    ids: { next: (prefix) => `${prefix}_1` },
    entropy: { random: () => 0.5 },
    log: memoryLog(),
    photos: { read: async () => undefined },
    commands: new MemoryStation(),
    ...changes,
  };
}

/** What messages may look at, with nobody to ask. */
export function context(changes: Partial<QingdaoContext> = {}): QingdaoContext {
  const { clock, ids, log, photos, commands, station } = deps();
  return {
    ...{ settings: settings(), clock, ids, log, photos, commands, station },
    ask: () => Promise.resolve({ kind: 'failed', reason: 'nobody there', maybeArrived: false }),
    noteDrift: () => undefined,
    ...changes,
  };
}

/** 2026-03-02 08:05:09 in Shanghai. */
export const ENTERED = Date.UTC(2026, 2, 2, 0, 5, 9);
export const LEFT = ENTERED + 3 * 3_600_000 + 1000;
const inLane = { id: 'in1', name: '东门入口', number: 1 };
const outLane = { id: 'out1', name: '东门出口', number: 2 };

export const stay = (changes: Partial<Stay> = {}): Stay =>
  staySchema.parse({
    uid: '1001120260302080509000',
    status: 'left',
    plate: { text: '鲁B01C01', color: 'blue', kind: 'ordinary' },
    vehicleClass: 'small',
    parkingType: 'temporary',
    entryLane: inLane,
    enteredAt: ENTERED,
    entryRecordId: 'rec_in',
    exitLane: outLane,
    exitedAt: LEFT,
    exitRecordId: 'rec_out',
    chargeFen: 1000,
    dueFen: 800,
    paidFen: 800,
    ...changes,
  });

const attendant: Actor = { kind: 'user', name: '01C001' };
const head = { key: null, laneId: null, passageId: null, seq: 7, at: LEFT, hash: '00' };

export const spaces = { total: 150, open: 130, free: 70, inside: 60 };
export const entered = (body: Partial<EventBody<'vehicle-entered'>> = {}, actor: Actor = attendant): JournalEvent => ({
  ...head,
  kind: 'vehicle-entered',
  actor,
  body: { stay: stay(), lane: inLane, booth: 'B1', spaces, how: 'automatic', ...body },
});
export const exited = (body: Partial<EventBody<'vehicle-exited'>> = {}): JournalEvent => ({
  ...head,
  kind: 'vehicle-exited',
  actor: { kind: 'station', name: 'station' },
  body: { stay: stay(), lane: outLane, booth: null, spaces, how: 'paid', reason: null, steps: [], ...body },
});
export const paid = (body: Partial<EventBody<'bill-paid'>> = {}): JournalEvent => ({
  ...head,
  kind: 'bill-paid',
  actor: attendant,
  body: {
    ...{ billId: 'bill_9', stay: stay(), lane: outLane, chargeFen: 1000, dueFen: 800, paidFen: 800 },
    ...{ method: 'cash', scene: 'gate', via: null, billedAt: LEFT - 9000, paidAt: LEFT - 3000, steps: [] },
    ...{ discountFen: 0, discounts: [], receivedFen: null, changeFen: 0, reference: null },
    ...{ attemptId: null, shiftId: null, debtId: null },
    ...body,
  },
});
export const photographed = (body: Partial<EventBody<'photo-taken'>> = {}): JournalEvent => ({
  ...head,
  kind: 'photo-taken',
  actor: attendant,
  body: {
    ...{ photoId: 'ph_1', purpose: 'entry', stay: stay(), takenAt: ENTERED, name: 'in1.jpg', bytes: 4, sha256: 'x' },
    ...body,
  },
});
export const other = (): JournalEvent => ({ ...head, kind: 'station-stopped', actor: attendant, body: {} });
export const corrected = (body: Partial<EventBody<'stay-corrected'>> = {}, seq = 11): JournalEvent => ({
  ...{ ...head, seq },
  kind: 'stay-corrected',
  actor: attendant,
  body: { what: 'plate', before: stay(), stay: stay(), reason: '看错', spaces: null, ...body },
});
export const closed = (body: Partial<EventBody<'stay-closed'>> = {}, seq = 12): JournalEvent => ({
  ...{ ...head, seq },
  kind: 'stay-closed',
  actor: attendant,
  body: { stay: stay({ status: 'abnormal', paidFen: 0 }), reason: 'entered-again', spaces, ...body },
});
export const renamed = (body: EventBody<'plate-corrected'>, seq = 13): JournalEvent => ({
  ...{ ...head, seq },
  kind: 'plate-corrected',
  actor: attendant,
  body,
});
