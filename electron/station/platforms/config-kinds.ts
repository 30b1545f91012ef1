import { z } from 'zod';
import { errorText } from '../runtime/errors.ts';

/** Kinds of setting that several sections are made of. */

export const key = (read: (text: string) => unknown) =>
  z
    .string()
    .min(1)
    .max(20_000)
    .superRefine((text, context) => {
      try {
        read(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: errorText(error) });
      }
    });

export const url = (schemes: readonly string[]) =>
  z.string().superRefine((text, context) => {
    const found = URL.canParse(text) ? new URL(text) : undefined;
    if (found === undefined || !schemes.includes(found.protocol.slice(0, -1)) || found.hostname === '')
      context.addIssue({
        code: 'custom',
        message: `must be an address with ${schemes.map((s) => `${s}://`).join(', ')}`,
      });
  });

export const ms = (min: number, max: number) => z.int().min(min).max(max);
export const path = z.string().regex(/^[A-Za-z0-9_./-]{1,100}$/, 'must be a path after the base URL');
export const certificate = z.string().min(1).max(500);
