import type { z } from 'zod';
import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { faults, Refused } from '../define-message.ts';
import type { MessageInfo } from '../platform.ts';
import type { ShenzhenContext, ShenzhenWire } from './context.ts';

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
  everyMs(context: ShenzhenContext): number | null;
  /** Told at most so often. */
  quietMs(context: ShenzhenContext): number;
  /** All subjects there are. */
  keys(context: ShenzhenContext): readonly string[];
  /** Whose news an event may be. */
  concerns(event: JournalEvent, context: ShenzhenContext): 'all' | readonly string[];
  /** Undefined: there is nothing to tell. */
  look(key: string, context: ShenzhenContext): Sight | Held | undefined;
  encode(body: unknown, context: ShenzhenContext): ShenzhenWire | Refused;
}

interface NewestDefinition<S extends z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly schema: S;
  readonly sample: z.input<S>;
  readonly rank: number;
  readonly everyMs?: (context: ShenzhenContext) => number;
  readonly quietMs?: (context: ShenzhenContext) => number;
  readonly keys: (context: ShenzhenContext) => readonly string[];
  readonly concerns: (event: JournalEvent, context: ShenzhenContext) => 'all' | readonly string[];
  readonly body: (key: string, context: ShenzhenContext) => z.input<S> | Held | undefined;
  /** All of the body unless told. */
  readonly news?: (body: z.output<S>) => string;
  readonly wire: (body: z.output<S>, context: ShenzhenContext) => ShenzhenWire;
}

export const newest = <S extends z.ZodType>(definition: NewestDefinition<S>): NewestMessage => {
  const { name, title, section, schema, sample, rank, keys, concerns } = definition;
  return {
    ...{ name, title, section, schema, sample, rank, keys, concerns, direction: 'duty' },
    everyMs: (context) => definition.everyMs?.(context) ?? null,
    quietMs: (context) => definition.quietMs?.(context) ?? 0,
    look(key, context) {
      const body = definition.body(key, context);
      if (body === undefined || body instanceof Held) return body;
      const parsed = schema.safeParse(body);
      if (!parsed.success) return new Held(faults(parsed.error));
      return { body, news: definition.news?.(parsed.data) ?? JSON.stringify(parsed.data) };
    },
    encode(body, context) {
      const parsed = schema.safeParse(body);
      return parsed.success ? definition.wire(parsed.data, context) : new Refused(faults(parsed.error));
    },
  };
};
