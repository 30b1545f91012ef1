import { ordersRelay, RELAY_REFUSED } from '../raw-guard.ts';
import { decodeFrame, frameLength } from './frame.ts';

/**
 * Why bytes that somebody typed do not leave; null: they may. Only whole frames do, one behind the other: what is torn could be put together again by the board
 * with what is sent next.
 */
export function rawRefusal(bytes: Uint8Array): string | null {
  if (ordersRelay(bytes)) return RELAY_REFUSED;
  return areFrames(bytes) ? null : '不是完整的帧（长度或校验不对），没有发送';
}

function areFrames(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.byteLength) {
    const rest = bytes.subarray(at);
    const length = frameLength(rest);
    if (typeof length !== 'number' || length > rest.byteLength || !decodeFrame(rest.subarray(0, length))) return false;
    at += length;
  }
  return at > 0;
}
