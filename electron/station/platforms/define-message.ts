import type { z } from 'zod';
import type { EventKind, JournalEvent } from '../../../shared/domain/events.ts';
import type { MessageInfo, OutboxDraft } from './platform.ts';

/**
 * One typed value per message. A platform fixes its own types once (`C` what a message may look at, `W` what its transport
 * takes) and then states each interface of its specification in one file of the same shape.
 */

export type EventOf<K extends EventKind> = Extract<JournalEvent, { readonly kind: K }>;

/** The message will never be taken as it stands: it is parked with this reason. */
export class Refused {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The message cannot be made at present, through no fault of its own or of the platform's: it is tried again. */
export class NotNow extends Error {}

/** What an event says, before it is made an {@link OutboxDraft}. */
export interface Reading<B> {
  /** The record's own id; with `key` and the message's name it is the identity of the message. */
  readonly recordId: string;
  /** Uid of the stay, or null when no order is asked for. */
  readonly key: string | null;
  readonly body: B;
}

/** The identity of a message in the outbox. */
export const draftId = (name: string, { recordId, key }: Pick<Reading<unknown>, 'recordId' | 'key'>): string =>
  [name, ...(key === null ? [] : [key]), recordId].join(':');

/** Written as a method so that a table of readers, one per kind of event, can be looked up by the kind of the event at hand. */
interface Reader<E, B, C> {
  read(event: E, context: C): Reading<B> | undefined;
}
type Readers<B, C> = { readonly [K in EventKind]?: Reader<EventOf<K>, B, C>['read'] };
type AnyReader<B, C> = Reader<JournalEvent, B, C>['read'];

interface Common<S extends z.ZodType> {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly schema: S;
  readonly sample: z.input<S>;
}

/** An `up` message: journal event → stored body → wire. `A` is an answer as the platform's transport hands it over. */
export interface UpMessage<C, W, S extends z.ZodType = z.ZodType, A = unknown> extends MessageInfo {
  readonly direction: 'up';
  readonly schema: S;
  readonly kind: OutboxDraft['kind'];
  /** Pure; an event that does not concern this message gives nothing. */
  project(event: JournalEvent, context: C): readonly OutboxDraft[];
  /** For messages that are not made from an event, such as the answer to a downlink. */
  draft(reading: Reading<z.input<S>>): OutboxDraft;
  /** Parses the stored body again, then forms what leaves. Never trusts what comes from the disk. */
  encode(body: unknown, context: C): Promise<W | Refused>;
  /** The platform took it. Called again when a crash hid that it was, so what it does must bear a repeat. */
  answered(answer: A, body: unknown, context: C): void;
}

export interface UpDefinition<S extends z.ZodType, C, W, A> extends Common<S> {
  /** `record` unless told. */
  readonly kind?: OutboxDraft['kind'];
  readonly from?: Readers<z.input<S>, C>;
  wire(body: z.output<S>, context: C): W | Refused | Promise<W | Refused>;
  /** For messages whose answer says more than that they arrived. */
  answered?(answer: A, body: z.output<S>, context: C): void;
}

/** Gives a platform its `up` helper: `const up = defineUp<Context, Wire>()`. */
export function defineUp<C, W, A = unknown>() {
  return <S extends z.ZodType>(definition: UpDefinition<S, C, W, A>): UpMessage<C, W, S, A> => {
    const { name, title, section, schema, sample } = definition;
    const readers: { readonly [kind: string]: AnyReader<z.input<S>, C> | undefined } = definition.from ?? {};
    const kind = definition.kind ?? 'record';
    const draft = ({ recordId, key, body }: Reading<z.input<S>>): OutboxDraft => ({
      id: draftId(name, { recordId, key }),
      message: name,
      key,
      kind,
      body,
    });
    return {
      ...{ name, title, section, schema, sample, kind, direction: 'up' },
      draft,
      project(event, context) {
        const reading = readers[event.kind]?.(event, context);
        return reading === undefined ? [] : [draft(reading)];
      },
      async encode(body, context) {
        const parsed = schema.safeParse(body);
        return parsed.success
          ? definition.wire(parsed.data, context)
          : new Refused(`stored body: ${faults(parsed.error)}`);
      },
      answered(answer, body, context) {
        const parsed = definition.answered === undefined ? undefined : schema.safeParse(body);
        if (parsed?.success) definition.answered?.(answer, parsed.data, context);
      },
    };
  };
}

/** A `query` message: asked and answered on the spot, never queued; asking changes nothing, or nothing that asking again would. */
export interface QueryMessage<C, W, S extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType>
  extends MessageInfo {
  readonly direction: 'query';
  readonly schema: S;
  /** What the platform says, read tolerantly. */
  readonly answer: R;
  /** Made up, and accepted by `answer`. */
  readonly sampleAnswer: unknown;
  encode(body: z.input<S>, context: C): W | Refused;
}

export interface QueryDefinition<S extends z.ZodType, R extends z.ZodType, C, W> extends Common<S> {
  readonly answer: R;
  readonly sampleAnswer: z.input<R>;
  wire(body: z.output<S>, context: C): W;
}

/** Gives a platform its `query` helper. */
export function defineQuery<C, W>() {
  return <S extends z.ZodType, R extends z.ZodType>(
    definition: QueryDefinition<S, R, C, W>,
  ): QueryMessage<C, W, S, R> => {
    const { name, title, section, schema, sample, answer, sampleAnswer } = definition;
    return {
      ...{ name, title, section, schema, sample, answer, sampleAnswer, direction: 'query' },
      encode(body, context) {
        const parsed = schema.safeParse(body);
        return parsed.success ? definition.wire(parsed.data, context) : new Refused(faults(parsed.error));
      },
    };
  };
}

/** A `duty` message: made and sent on a timer; only the newest counts. */
export interface DutyMessage<C, W, A> extends MessageInfo {
  readonly direction: 'duty';
  everyMs(context: C): number;
  encode(context: C): W | Refused;
  /** Looks at a successful answer, e.g. for the platform's clock. */
  answered(answer: A, context: C): void;
}

export interface DutyDefinition<S extends z.ZodType, C, W, A> extends Common<S> {
  everyMs(context: C): number;
  body(context: C): z.input<S>;
  wire(body: z.output<S>, context: C): W;
  answered?(answer: A, context: C): void;
}

/** Gives a platform its `duty` helper. `A` is an answer as the platform's transport hands it over. */
export function defineDuty<C, W, A>() {
  return <S extends z.ZodType>(definition: DutyDefinition<S, C, W, A>): DutyMessage<C, W, A> => {
    const { name, title, section, schema, sample } = definition;
    return {
      ...{ name, title, section, schema, sample, direction: 'duty' },
      everyMs: (context) => definition.everyMs(context),
      encode(context) {
        const parsed = schema.safeParse(definition.body(context));
        return parsed.success ? definition.wire(parsed.data, context) : new Refused(faults(parsed.error));
      },
      answered: (answer, context) => definition.answered?.(answer, context),
    };
  };
}

/** A `down` message: wire → validated body → station command → result, which the platform turns into its answer. */
export interface DownMessage<C, N, R> extends MessageInfo {
  readonly direction: 'down';
  /** `notice` is what stands around the body: ids, times, the topic. A body that does not parse is `Refused`. */
  receive(body: unknown, notice: N, context: C): R | Refused;
}

export interface DownDefinition<S extends z.ZodType, C, N, R> extends Common<S> {
  handle(body: z.output<S>, notice: N, context: C): R | Refused;
}

/** Gives a platform its `down` helper. */
export function defineDown<C, N, R>() {
  return <S extends z.ZodType>(definition: DownDefinition<S, C, N, R>): DownMessage<C, N, R> => {
    const { name, title, section, schema, sample } = definition;
    return {
      ...{ name, title, section, schema, sample, direction: 'down' },
      receive(body, notice, context) {
        const parsed = schema.safeParse(body);
        return parsed.success ? definition.handle(parsed.data, notice, context) : new Refused(faults(parsed.error));
      },
    };
  };
}

/** `plateNo: Too big…; type: Invalid…`: where and what, without the values, which may be private. */
export function faults(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    .join('; ');
}
