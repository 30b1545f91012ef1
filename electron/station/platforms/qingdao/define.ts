import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { defineDown, defineDuty, defineQuery, defineUp } from '../define-message.ts';
import type { NoticeResult, QingdaoAnswer, QingdaoContext, QingdaoNotice, QingdaoWire } from './context.ts';

export const up = defineUp<QingdaoContext, QingdaoWire, QingdaoAnswer>();
export const query = defineQuery<QingdaoContext, QingdaoWire>();
export const duty = defineDuty<QingdaoContext, QingdaoWire, QingdaoAnswer>();
export const down = defineDown<QingdaoContext, QingdaoNotice, NoticeResult>();

/** Business fields as `data`: empty ones written as configured (D23). */
export function asked(
  fields: Readonly<Record<string, unknown>>,
  { settings }: Pick<QingdaoContext, 'settings'>,
): QingdaoWire {
  const { emptyAs } = settings.payload;
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) data[name] = value;
    else if (emptyAs !== 'omit') data[name] = emptyAs === 'null' ? null : '';
  }
  return { data };
}

/**
 * The same with the upload time added, for the interfaces whose table has one. It is not part of the stored body because it is
 * the time of leaving, which a repeat moves.
 */
export function record(
  fields: Readonly<Record<string, unknown>>,
  context: Pick<QingdaoContext, 'settings' | 'clock'>,
): QingdaoWire {
  return { data: { ...asked(fields, context).data, uploadTime: shanghaiDateTime(context.clock.now()) } };
}

/** `value` under one of two spellings of a field, or under both (D15, D16). */
export function spelled<A extends string, B extends string>(
  names: readonly [A, B],
  choice: A | B | 'both',
  value: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries((choice === 'both' ? names : [choice]).map((name) => [name, value]));
}
