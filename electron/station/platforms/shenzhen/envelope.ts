import { timingSafeEqual } from 'node:crypto';
import type { ShenzhenSettings } from './config.ts';
import { JsonFault, type JsonMember, membersOf, signedText, writtenText } from './json-text.ts';
import { digestOf } from './signature.ts';

export type Downlink = NonNullable<ShenzhenSettings['downlink']>;

/** A frame of the city's: what stands around `data`, and `data` as it stood on the wire. */
export interface Envelope {
  /** Undefined: there is none. */
  readonly type: string | undefined;
  readonly method: string;
  readonly requestId: string;
  /** Undefined: there is none. */
  readonly parkCode: string | undefined;
  /** All of the frame. */
  readonly members: readonly JsonMember[];
  readonly data: JsonMember | undefined;
}

/** Read at all, or why not, in words that may be shown. */
export type EnvelopeRead = { readonly envelope: Envelope } | { readonly fault: string };

export function readEnvelope(
  frame: Uint8Array,
  { fields, maxValues }: Pick<Downlink, 'fields' | 'maxValues'>,
): EnvelopeRead {
  try {
    const members = membersOf(utf8(frame), maxValues);
    const find = (name: string): JsonMember | undefined => members.find((member) => member.name === name);
    const text = (name: string): string | undefined => {
      const member = find(name);
      return member && (member.kind === 'text' || member.kind === 'number') ? signedText(member) : undefined;
    };
    return {
      envelope: {
        type: text(fields.type),
        method: text(fields.method) ?? '',
        requestId: text(fields.requestId) ?? '',
        parkCode: text(fields.parkCode),
        members,
        data: find(fields.data),
      },
    };
  } catch (error) {
    if (error instanceof JsonFault) return { fault: error.message };
    throw error;
  }
}

function utf8(frame: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(frame);
  } catch {
    throw new JsonFault('不是 UTF-8');
  }
}

export const memberText = (members: readonly JsonMember[], name: string): string | undefined => {
  const member = members.find((each) => each.name === name);
  return member && member.kind !== 'null' ? signedText(member) : undefined;
};

interface Signing extends Pick<ShenzhenSettings, 'accessSecret'> {
  readonly wire: Pick<ShenzhenSettings['wire'], 'signatureField'>;
}

/** The signature over what was received, as 7.4 has it: null is not signed, whatever the tables do not have is. */
export const signatureOver = (
  members: readonly JsonMember[],
  { accessSecret, wire }: Signing,
  textOf: (member: JsonMember) => string = signedText,
): string =>
  digestOf(
    members.flatMap((member) =>
      member.kind === 'null' || member.name === wire.signatureField ? [] : [[member.name, textOf(member)] as const],
    ),
    accessSecret,
  );

/** The signature that stands there; undefined: there is none, or it is not over what stands there. */
export async function provedBy(members: readonly JsonMember[], settings: Signing): Promise<string | undefined> {
  const told = memberText(members, settings.wire.signatureField)?.toUpperCase();
  if (told === undefined) return undefined;
  if (isSame(told, signatureOver(members, settings))) return told;
  // Where nothing is escaped it would be the same once more.
  if (members.every(({ written }) => written === undefined)) return undefined;
  await breath();
  return isSame(told, signatureOver(members, settings, writtenText)) ? told : undefined;
}

/** Each step of a long frame takes a moment: a lane has its turn in between. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** In a time that tells nothing of where they differ. */
export function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')];
  return one.length === other.length && timingSafeEqual(one, other);
}
