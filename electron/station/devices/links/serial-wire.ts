import { SerialPort } from 'serialport';
import type { SerialAddress } from '../links.ts';
import { whyText } from './why.ts';
import type { Dial } from './wire.ts';

/** A COM port. An adapter that was pulled out may go on looking open: whoever asks and gets no answers calls `reset`. */
export const dialSerial: Dial<SerialAddress> = ({ path, baudRate, dataBits, parity, stopBits }, events) => {
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  let isOver = false;
  const close = (): void => {
    if (port.isOpen) port.close(() => undefined);
  };
  // A port that was pulled out tells so twice, or tells that its bytes have come to an end and stays open.
  const over = (why: string, original?: string): void => {
    if (isOver) return;
    isOver = true;
    events.closed(why, original);
  };
  port.on('open', () => (isOver ? close() : events.opened()));
  port.on('data', (bytes: Buffer) => {
    if (!isOver) events.data(bytes);
  });
  port.on('error', (error) => {
    over(`串口 ${path} ${whyText(error)}`, error.message);
    close();
  });
  port.on('end', () => {
    over(`串口 ${path} 已断开`);
    close();
  });
  port.on('close', () => over(`串口 ${path} 已断开`));
  port.open((error) => {
    if (error) over(`串口 ${path} ${whyText(error)}`, error.message);
  });
  return {
    write: (bytes, done) => {
      port.write(Buffer.from(bytes), undefined, (error) => done(error ? whyText(error) : null));
    },
    // What waits in the system goes with the first flush, and what took its place meanwhile with the second.
    destroy: () => {
      over('串口已关闭');
      if (port.isOpen) port.flush(() => port.flush(close));
    },
    finish: () => {
      over('串口已关闭');
      close();
    },
  };
};
