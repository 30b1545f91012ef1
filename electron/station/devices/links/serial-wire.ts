import { SerialPort } from 'serialport';
import type { SerialAddress } from '../links.ts';
import type { Dial } from './wire.ts';

/** A COM port. An adapter that was pulled out may go on looking open: whoever asks and gets no answers calls `reset`. */
export const dialSerial: Dial<SerialAddress> = ({ path, baudRate, dataBits, parity, stopBits }, events) => {
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  let isOver = false;
  // A port that was pulled out tells so twice.
  const over = (why: string): void => {
    if (isOver) return;
    isOver = true;
    events.closed(why);
  };
  port.on('open', () => (isOver ? port.close(() => undefined) : events.opened()));
  port.on('data', (bytes: Buffer) => {
    if (!isOver) events.data(bytes);
  });
  port.on('error', (error) => over(error.message));
  port.on('close', () => over('串口已断开'));
  port.open((error) => {
    if (error) over(error.message);
  });
  return {
    write: (bytes, done) => {
      port.write(Buffer.from(bytes), undefined, (error) => done(error ? error.message : null));
    },
    destroy: () => {
      if (port.isOpen) port.flush(() => port.close(() => over('串口已关闭')));
      else over('串口已关闭');
    },
  };
};
