import type { Site } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Clock, Ids, Log } from '../../runtime/ports.ts';
import type { PhotoSource, StationCommands, StationServices } from '../platform.ts';
import type { VankeSettings } from './config.ts';

/** What messages may look at. Projection uses `settings` only, so that it stays pure. */
export interface VankeContext {
  readonly settings: VankeSettings;
  readonly site: Site;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly photos: PhotoSource;
  readonly commands: StationCommands;
  /** The services of the station; not before the platform is started. */
  readonly station: () => StationServices;
  /** Base URL under which the platform reaches us, for the addresses of pictures. */
  readonly publicUrl: () => string;
}

/** Business fields; `version`, `token`, `appId`, `parkingLotId` and `time` are added with each send. Undefined ones are left out. */
export type VankeWire = Readonly<Record<string, string | number | undefined>>;

/** A successful answer to a push, `respCode` "0". */
export interface VankeAnswer {
  readonly respDesc: string;
}

/** What stands around the business fields of a request of the platform. */
export interface VankeCall {
  /** When it came. */
  readonly at: EpochMs;
  readonly remote: string;
}

/** The answer to the platform; HTTP 200 always. */
export interface VankeReply {
  readonly respCode: '0' | '1';
  readonly respDesc: string;
  readonly [field: string]: unknown;
}

export const DONE: VankeReply = Object.freeze({ respCode: '0', respDesc: '' });

/** Not done, and why, in words that may be shown. */
export const notDone = (respDesc: string): VankeReply => ({ respCode: '1', respDesc: respDesc.slice(0, 200) });

/** To the interfaces that the specification marks 忽略. */
export const NOT_SUPPORTED: VankeReply = Object.freeze(notDone('not supported'));

/** In our journal: the platform, for whatever is done because it asked for it. */
export const VANKE = Object.freeze({ kind: 'platform', name: 'vanke' } as const);
