import { connect } from 'node:net';
import type { LineAddress } from '../links.ts';
import { whyText } from './why.ts';
import type { Dial } from './wire.ts';

const CONNECT_MS = 5_000;
/** A peer that vanished without a word is found by the system's probes. */
const PROBE_AFTER_MS = 10_000;
/** What was written last has so long to leave. */
const FINISH_MS = 2_000;

export const dialTcp: Dial<Extract<LineAddress, { kind: 'tcp' }>> = ({ host, port }, events) => {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: PROBE_AFTER_MS });
  let why = '对方关闭了连接';
  let original: string | undefined;
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('连接超时')));
  socket.on('connect', () => {
    socket.setTimeout(0);
    events.opened();
  });
  socket.on('data', (bytes) => events.data(bytes));
  socket.on('error', (error) => {
    why = whyText(error);
    original = error.message;
  });
  socket.on('close', () => events.closed(why, original));
  return {
    write: (bytes, done) => void socket.write(bytes, (error) => done(error ? whyText(error) : null)),
    // A system goes on sending what it has for minutes after a plain close: a relay that moves then moves for nobody.
    destroy: () => {
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    },
    finish: () => {
      socket.setTimeout(FINISH_MS, () => socket.resetAndDestroy());
      socket.end();
    },
  };
};
