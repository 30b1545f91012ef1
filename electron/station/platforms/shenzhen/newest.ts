import type { z } from 'zod';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { faults, Refused } from '../define-message.ts';
import type { MessageInfo } from '../platform.ts';
import type { ShenzhenContext, ShenzhenWire } from './context.ts';

/** What these messages may look at. */
export interface BoardContext extends ShenzhenContext {
  /** Since the start the devices had time to be heard of: one of which nothing is known is silent. */
  readonly settled: () => boolean;
}

/** What there is to tell of one subject now. */
export interface Sight {
  readonly body: unknown;
  /** What the city would learn; the same as it was told is told again only by the clock. */
  readonly news: string;
}

/** It cannot be told before somebody does something: what, in words for them. */
export class Held {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * A message of which only the newest counts, of each of its subjects (a berth, a device): it is made when it leaves, and whatever was not
 * taken is told anew as it is by then.
 */
export interface NewestMessage extends MessageInfo {
  readonly direction: 'duty';
  /** Those of a lower rank are told first. */
  readonly rank: number;
  /** Told again after so long, also when nothing changed; null: only on change. */
  everyMs(context: BoardContext): number | null;
  /** Told at most so often. */
  quietMs(context: BoardContext): number;
  /** All subjects there are. */
  keys(context: BoardContext): readonly string[];
  /** Whose news an event may be. */
  concerns(event: JournalEvent, context: BoardContext): 'all' | readonly string[];
  /** Undefined: there is nothing to tell. */
  look(key: string, context: BoardContext): Sight | Held | undefined;
  encode(body: unknown, context: BoardContext): ShenzhenWire | Refused;
}

interface NewestDefinition<S extends z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly schema: S;
  readonly sample: z.input<S>;
  readonly rank: number;
  readonly everyMs?: (context: BoardContext) => number;
  readonly quietMs?: (context: BoardContext) => number;
  readonly keys: (context: BoardContext) => readonly string[];
  readonly concerns: (event: JournalEvent, context: BoardContext) => 'all' | readonly string[];
  readonly look: (key: string, context: BoardContext) => { readonly body: z.input<S> } | Held | undefined;
  /** All of the body unless told. */
  readonly news?: (body: z.output<S>) => string;
  readonly wire: (body: z.output<S>, context: BoardContext) => ShenzhenWire;
}

export const newest = <S extends z.ZodType>(definition: NewestDefinition<S>): NewestMessage => {
  const { name, title, section, schema, sample, rank, keys, concerns } = definition;
  return {
    ...{ name, title, section, schema, sample, rank, keys, concerns, direction: 'duty' },
    everyMs: (context) => definition.everyMs?.(context) ?? null,
    quietMs: (context) => definition.quietMs?.(context) ?? 0,
    look(key, context) {
      const found = definition.look(key, context);
      if (found === undefined || found instanceof Held) return found;
      const parsed = schema.safeParse(found.body);
      if (!parsed.success) return new Held(faults(parsed.error));
      return { body: found.body, news: definition.news?.(parsed.data) ?? JSON.stringify(parsed.data) };
    },
    encode(body, context) {
      const parsed = schema.safeParse(body);
      return parsed.success ? definition.wire(parsed.data, context) : new Refused(faults(parsed.error));
    },
  };
};
