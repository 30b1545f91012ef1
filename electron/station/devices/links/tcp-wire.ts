import { connect } from 'node:net';
import type { LineAddress } from '../links.ts';
import type { Dial } from './wire.ts';

const CONNECT_MS = 5_000;
/** A peer that vanished without a word is found by the system's probes. */
const PROBE_AFTER_MS = 10_000;

export const dialTcp: Dial<Extract<LineAddress, { kind: 'tcp' }>> = ({ host, port }, events) => {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBE_AFTER_MS });
  let why = '对方关闭了连接';
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('连接超时')));
  socket.on('connect', () => {
    socket.setTimeout(0);
    events.opened();
  });
  socket.on('data', (bytes) => events.data(bytes));
  socket.on('error', (error) => {
    why = error.message;
  });
  socket.on('close', () => events.closed(why));
  return {
    write: (bytes, done) => void socket.write(bytes, (error) => done(error ? error.message : null)),
    destroy: () => void socket.destroy(),
  };
};
