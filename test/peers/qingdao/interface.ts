import type { Answer } from './answer.ts';
import type { City } from './city.ts';
import type { Table } from './field.ts';
import type { Finding } from './finding.ts';
import type { WireObject } from './lossless-json.ts';

/** A request that passed its tables. */
export interface Request {
  readonly data: WireObject;
  readonly params: WireObject;
  /** When it arrived, by the platform's clock. */
  readonly at: number;
}

/** One uplink interface, as its page in 四 describes it: its table, and what the platform does with it. */
export interface UplinkInterface extends Table {
  /** Fields whose values differ from the last time that this very thing was said; `undefined` if it is said first. */
  readonly repeats?: (request: Request, city: City) => readonly string[] | undefined;
  /** What the platform's state has against it. */
  readonly objections?: (request: Request, city: City) => Finding[];
  /** What it does to the state, and what is answered. */
  readonly process?: (request: Request, city: City) => Partial<Answer> | undefined;
}
