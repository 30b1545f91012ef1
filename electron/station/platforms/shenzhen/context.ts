import type { Area, Site } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Clock, Entropy, Ids, Log } from '../../runtime/ports.ts';
import type { PhotoSource, StationCommands, StationServices } from '../platform.ts';
import type { ShenzhenSettings } from './config.ts';

/** What messages may look at. Projection uses `settings` and `site` only, so that it stays pure. */
export interface ShenzhenContext {
  readonly settings: ShenzhenSettings;
  /** The car park; its rules are those of the moment. */
  readonly site: Site;
  readonly areas: readonly Area[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  /** The services of the station; not before the platform is started. */
  readonly station: () => StationServices;
  /** Base URL under which the city reaches us, for the addresses of pictures; empty while nobody knows it. */
  readonly publicUrl: () => string;
}

/** A field as it travels: an absent one is `undefined`, which is neither sent nor signed. Decimals are texts. */
export type WireValue = string | number | boolean | readonly Readonly<Record<string, unknown>>[] | undefined;

/** The fields of the table in its order, without `accessKey` and `signature`, which the transport adds. */
export type ShenzhenWire = Readonly<Record<string, WireValue>>;

/** What stands around the data of a request of the city. */
export interface ShenzhenCall {
  /** When it came. */
  readonly at: EpochMs;
  /** The city's number of the request; the same one is never carried out twice. */
  readonly requestId: string;
}

/** 0 done · 1 not done · 400 malformed · 401 not the city's · 404 unknown · 405 no such method · 408 too old · 500 our fault. */
export type ReplyCode = 0 | 1 | 400 | 401 | 404 | 405 | 408 | 500;

export interface ShenzhenReply {
  readonly code: ReplyCode;
  readonly msg: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Refused for something that passes: it is not kept as the answer to this request, so that the same request may do better. */
  readonly again?: true;
}

/** Carried out, and what there is to tell. */
export const done = (data: Readonly<Record<string, unknown>>): ShenzhenReply => ({ code: 0, msg: 'success', data });

/** Not done, nothing was changed, and why, in words that may be shown. */
export const notDone = (code: Exclude<ReplyCode, 0>, msg: string): ShenzhenReply => ({
  code,
  msg: msg.slice(0, 255),
  data: {},
});

/** {@link notDone} for now: the same request may be carried out a little later. */
export const notNow = (msg: string): ShenzhenReply => ({ ...notDone(1, msg), again: true });

/** In our journal: the city, for whatever is done because it asked for it. */
export const SHENZHEN = Object.freeze({ kind: 'platform', name: 'shenzhen' } as const);
