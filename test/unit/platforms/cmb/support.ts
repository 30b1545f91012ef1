import { createHash } from 'node:crypto';
import { CmbPlatform } from '../../../../electron/station/platforms/cmb/cmb-platform.ts';
import { type CmbSettings, cmbSettingsSchema } from '../../../../electron/station/platforms/cmb/config.ts';
import type { CmbContext } from '../../../../electron/station/platforms/cmb/context.ts';
import type { StationServices } from '../../../../electron/station/platforms/platform.ts';
import type { Actor, EventBody, JournalEvent } from '../../../../shared/domain/events.ts';
import type { StayPayment } from '../../../../shared/domain/money-flow.ts';
import { siteSchema } from '../../../../shared/domain/site.ts';
import { type Stay, staySchema } from '../../../../shared/domain/stay.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { type Answers, serveForms } from '../form-server.ts';
import { MemoryStation as AnyStation } from '../memory-station.ts';

/** The credentials that the specification itself prints. */
export const APP_ID = 'ik45nfuz';
export const APP_SECRET = 'vqhqr9vozoorivkc3lemrbicphgzx';
export const PARK_CODE = '5201020001';

export const settingsInput = (changes: Readonly<Record<string, unknown>> = {}) => ({
  ...{ baseUrl: 'http://127.0.0.1:9', appId: APP_ID, appSecret: APP_SECRET, parkCode: PARK_CODE },
  ...changes,
});

export const settings = (changes: Readonly<Record<string, unknown>> = {}): CmbSettings =>
  cmbSettingsSchema.parse(settingsInput(changes));

/** The bank's side of the signature, from the text of §3.2 alone. */
export function bankSigns(fields: Readonly<Record<string, string>>, secret = APP_SECRET): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign' && name !== 'pic_con' && fields[name] !== '');
  const joined = names
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  return createHash('md5').update(`${joined}${secret}`).digest('hex');
}

/** A request of the bank as it travels: the business fields with appid, park_code and sign; each may be overruled. */
export function bankForm(fields: Readonly<Record<string, string>>): string {
  const all: Record<string, string> = { appid: APP_ID, park_code: PARK_CODE, ...fields };
  return new URLSearchParams({ ...all, sign: fields['sign'] ?? bankSigns(all) }).toString();
}

/** A bank that answers as told, on a port of its own. */
export const listen = (answer: Answers<Readonly<Record<string, string>>>) =>
  serveForms((text) => Object.fromEntries(new URLSearchParams(text)), answer);

/** A station in memory: keeps what it was told. */
export class MemoryStation extends AnyStation {
  override applyListChange(): void {
    throw new Error('the bank changes no lists');
  }
}

/** What messages may look at, with nobody to ask. For all of the station at work see `cmb-world.ts`. */
export function context(changes: Partial<CmbContext> = {}): CmbContext {
  let next = 0;
  return {
    settings: settings(),
    site: siteSchema.parse({ code: '1001', name: '停车场', totalSpaces: 150, openSpaces: 130 }),
    clock: new FakeClock(),
    ids: {
      next: (prefix) => {
        next += 1;
        return `${prefix}_${next}`;
      },
    },
    log: memoryLog(),
    photos: { read: async () => undefined },
    commands: new MemoryStation(),
    station: (): StationServices => {
      throw new Error('no services here');
    },
    ask: () => Promise.resolve({ kind: 'failed', reason: 'nobody there', maybeArrived: false }),
    ...changes,
  };
}

/** The platform itself before a bank that answers `answer`, for what it sends; nothing of a station stands behind it. */
export async function sender(
  changes: {
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly photos?: CmbContext['photos'];
    readonly answer?: unknown;
  } = {},
) {
  const server = await listen((_request, response) =>
    response.end(JSON.stringify(changes.answer ?? { status: 0, message: 'success' })),
  );
  const { settings: _settings, ...rest } = context();
  const commands = new MemoryStation();
  const platform = new CmbPlatform(settings({ baseUrl: server.baseUrl, ...changes.settings }), {
    ...{ ...rest, commands, entropy: { random: () => 0.5 }, address: () => undefined, areas: [] },
    ...(changes.photos && { photos: changes.photos }),
  });
  return {
    received: server.received,
    commands,
    platform,
    /** One attempt at a message; what the bank saw of it is the last of `received`. */
    send: (message: string, body: unknown) =>
      platform.send({ message, body, attempt: 1, maybeDelivered: false }, new AbortController().signal),
    close: async () => {
      await platform.stop();
      await server.close();
    },
  };
}

/** 2018-09-17 11:32:02 in Shanghai: 1537155122 s. */
export const ENTERED = 1_537_155_122_000;
export const LEFT = ENTERED + 3 * 3_600_000;
export const IN_LANE = { id: 'in1', name: '东门入口', number: 1 };
export const OUT_LANE = { id: 'out1', name: '东门出口', number: 2 };
export const UID = '20180917113202192';

export const stay = (changes: Partial<Stay> = {}): Stay =>
  staySchema.parse({
    uid: UID,
    status: 'left',
    plate: { text: '京A12311', color: 'blue', kind: 'ordinary' },
    vehicleClass: 'small',
    parkingType: 'temporary',
    entryLane: IN_LANE,
    enteredAt: ENTERED,
    entryRecordId: 'rec_in',
    exitLane: OUT_LANE,
    exitedAt: LEFT,
    exitRecordId: 'rec_out',
    chargeFen: 1000,
    dueFen: 1000,
    paidFen: 1000,
    ...changes,
  });

/** A payment of a stay, as the exit tells it. */
export const payment = (changes: Partial<StayPayment> = {}): StayPayment => ({
  ...{ billId: 'bill_1', attemptId: null, method: 'cash', scene: 'gate', via: null, paidFen: 1000, discounts: [] },
  ...{ reference: null, paidAt: LEFT - 3000, collector: 'anna', debtId: null },
  ...changes,
});

export const ATTENDANT: Actor = { kind: 'user', name: 'anna' };
const head = { key: null, laneId: null, passageId: null, seq: 7, at: LEFT, hash: '00' };

export const spaces = { total: 150, open: 130, free: 70, inside: 60 };
export const entered = (body: Partial<EventBody<'vehicle-entered'>> = {}, actor: Actor = ATTENDANT): JournalEvent => ({
  ...head,
  kind: 'vehicle-entered',
  actor,
  body: {
    stay: stay({ status: 'inside', exitLane: null, exitedAt: null, exitRecordId: null, chargeFen: 0, paidFen: 0 }),
    ...{ lane: IN_LANE, booth: 'B1', spaces, how: 'automatic' },
    ...body,
  },
});
export const exited = (body: Partial<EventBody<'vehicle-exited'>> = {}): JournalEvent => ({
  ...head,
  kind: 'vehicle-exited',
  actor: { kind: 'station', name: 'station' },
  body: { stay: stay(), lane: OUT_LANE, booth: null, spaces, how: 'paid', reason: null, steps: [], ...body },
});
export const photographed = (body: Partial<EventBody<'photo-taken'>> = {}): JournalEvent => ({
  ...head,
  kind: 'photo-taken',
  actor: ATTENDANT,
  body: {
    ...{ photoId: 'ph_1', purpose: 'entry', stay: stay(), takenAt: ENTERED, name: 'in1.jpg', bytes: 4, sha256: 'x' },
    ...body,
  },
});
export const other = (): JournalEvent => ({ ...head, kind: 'station-stopped', actor: ATTENDANT, body: {} });
