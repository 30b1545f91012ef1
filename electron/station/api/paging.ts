import { ORPCError } from '@orpc/server';
import { z } from 'zod';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { StayCursor } from '../store/reader/requests.ts';

const cursorSchema = z.tuple([z.string().regex(/^\d{1,15}$/), z.string().min(1)]);

/** A part of a plate as it is stored; nothing typed, or nothing but blanks and dots, narrows nothing. */
export function platePart(text: string | undefined): string | undefined {
  const part = normalisePlateText(text ?? '');
  return part === '' ? undefined : part;
}

/** A part of the id of a car without a plate, as it is compared: however it was typed. */
export function identityPart(text: string | undefined): string | undefined {
  const part = (text ?? '').replace(/[\s.-]/g, '').toUpperCase();
  return part === '' ? undefined : part;
}

/** Where a page of stays ended. Opaque to callers. */
export const cursorText = (last: Stay): string => `${last.enteredAt}.${last.uid}`;

export function parseCursor(text: string): StayCursor {
  const at = text.indexOf('.');
  const parsed = cursorSchema.safeParse([text.slice(0, Math.max(0, at)), text.slice(at + 1)]);
  if (!parsed.success) throw new ORPCError('BAD_REQUEST', { status: 400, message: 'after 不是上一页返回的 next' });
  return { enteredAt: Number(parsed.data[0]), uid: parsed.data[1] };
}

/** A page, as the store counts it. */
export const toPage = ({ page, pageSize }: { readonly page: number; readonly pageSize: number }) => ({
  offset: (page - 1) * pageSize,
  limit: pageSize,
});
