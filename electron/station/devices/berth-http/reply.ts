import type { DeviceResponse } from '../device.ts';

/** 0 is well; everything else is what is wrong, with the HTTP status that says the same. */
export const answer = (
  status: number,
  code: number,
  msg: string,
  more: { readonly unknown?: readonly string[]; readonly failed?: readonly string[] } = {},
): DeviceResponse => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify({ code, msg, unknown: more.unknown ?? [], ...(more.failed && { failed: more.failed }) }),
});
