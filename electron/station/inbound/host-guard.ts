import { isIP } from 'node:net';
import { type FastifyReply, type FastifyRequest, sendProblem } from './http-server.ts';

/**
 * Whether the name in a Host header can only have come from our own network: an address, a name without a dot, or one of mDNS.
 * A web site may point a name of its own at this PC (DNS rebinding); to the browser its page and the station are then one
 * origin, so a name from the public DNS is not taken for ours. Without a header the caller is no browser.
 */
export function isOwnName(host: string | undefined): boolean {
  if (host === undefined) return true;
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const name = new URL(url).hostname;
  return name.startsWith('[') || isIP(name) !== 0 || !name.includes('.') || name.endsWith('.local');
}

/** For everything that a browser opens. Cameras and platforms may call us by whatever name they were given. */
export async function refuseForeignNames(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (isOwnName(request.headers.host)) return undefined;
  return sendProblem(reply, 403, 'open the station by its address', 'FOREIGN_NAME');
}
