import { z } from 'zod';
import { defineDown, defineQuery, defineUp } from '../define-message.ts';
import type { KeytopAnswer, KeytopCall, KeytopContext, KeytopReply, KeytopWire } from './context.ts';

export const up = defineUp<KeytopContext, KeytopWire, KeytopAnswer>();
/** Asked on the spot, never queued, never repeated. */
export const query = defineQuery<KeytopContext, KeytopWire>();
/** Its answer may wait for the arm, a camera or a price. */
export const down = defineDown<KeytopContext, KeytopCall, KeytopReply | Promise<KeytopReply>>();

const namesOfSchemas = new WeakMap<z.ZodType, ReadonlySet<string>>();

/** Every spelling of the fields that {@link parameters} reads, in lower case. */
export const namesOf = (schema: z.ZodType): ReadonlySet<string> => namesOfSchemas.get(schema) ?? new Set();

/**
 * The parameters of a request of the third party, by the names of its table (G01): read whatever their case, blanks around them taken
 * off, and through `aliases` (other spelling → name). Null is missing. What the table does not have is ignored.
 */
export const parameters = <S extends z.ZodRawShape>(shape: S, aliases: Readonly<Record<string, string>> = {}) => {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  const others = new Map(Object.entries(aliases).map(([other, name]) => [other.toLowerCase(), name]));
  const schema = z.preprocess((body) => {
    if (typeof body !== 'object' || body === null) return body;
    const found: Record<string, unknown> = {};
    const given = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
    // The name of the table counts before another spelling of it, and what says something before what is empty.
    for (const spelled of [names, others])
      for (const [key, value] of given) {
        const name = spelled.get(key.trim().toLowerCase());
        if (name !== undefined && (found[name] === undefined || found[name] === '')) found[name] = value;
      }
    return found;
  }, z.object(shape));
  namesOfSchemas.set(schema, new Set([...names.keys(), ...others.keys()]));
  return schema;
};
