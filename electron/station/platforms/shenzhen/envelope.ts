import type { ShenzhenSettings } from './config.ts';
import { JsonFault, type JsonMember, membersOf, signedText } from './json-text.ts';
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

export function readEnvelope(frame: Uint8Array, { fields }: Pick<Downlink, 'fields'>): EnvelopeRead {
  try {
    const members = membersOf(utf8(frame));
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

/** The signature over what was received, as 7.4 has it: null is not signed, whatever the tables do not have is. */
export const signatureOver = (members: readonly JsonMember[], secret: string): string =>
  digestOf(
    members.flatMap((member) =>
      member.kind === 'null' || member.name === 'signature' ? [] : [[member.name, signedText(member)] as const],
    ),
    secret,
  );
