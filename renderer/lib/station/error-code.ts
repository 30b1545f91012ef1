import { ORPCError } from '@orpc/client';

/**
 * The code of an answer that refuses (`CONFLICT`, `FORBIDDEN`, …); `null` when there was no answer at all, so that nobody
 * knows whether the call was carried out.
 */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null;
  const code: unknown = error.code;
  return typeof code === 'string' ? code : null;
}

/** What came with the refusal; parse it before use. */
export function errorData(error: unknown): unknown {
  return error instanceof ORPCError ? error.data : undefined;
}
