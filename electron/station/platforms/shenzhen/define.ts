import { z } from 'zod';
import { defineDown, defineUp } from '../define-message.ts';
import type { ShenzhenAnswer } from './answer.ts';
import type { ShenzhenCall, ShenzhenContext, ShenzhenReply, ShenzhenWire } from './context.ts';

export const up = defineUp<ShenzhenContext, ShenzhenWire, ShenzhenAnswer>();
/** Its answer may wait for an arm. */
export const down = defineDown<ShenzhenContext, ShenzhenCall, ShenzhenReply | Promise<ShenzhenReply>>();

const withoutNulls = (data: unknown): unknown => {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
};

/**
 * The fields of a table of the city's, by their exact names. Null is missing; what the table does not have is signed all the same, and
 * ignored.
 */
export const table = <S extends z.ZodRawShape>(shape: S) => z.preprocess(withoutNulls, z.object(shape));

/** {@link table} for a message whose answer speaks of what the table does not have, too. */
export const openTable = <S extends z.ZodRawShape>(shape: S) => z.preprocess(withoutNulls, z.looseObject(shape));
