import {
  close,
  constants,
  createReadStream,
  createWriteStream,
  open,
  type ReadStream,
  type WriteStream,
} from 'node:fs';
import type { LineAddress } from '../links.ts';
import type { Dial } from './wire.ts';

/** A device file of a USB printer. Some answer on the same file, others cannot be read from: they are written to all the same. */
export const dialFile: Dial<Extract<LineAddress, { kind: 'file' }>> = ({ path }, events) => {
  let isOver = false;
  let output: WriteStream | undefined;
  let input: ReadStream | undefined;
  const over = (why: string): void => {
    if (isOver) return;
    isOver = true;
    input?.destroy();
    output?.destroy();
    events.closed(why);
  };
  const read = (): void =>
    open(path, constants.O_RDONLY | constants.O_NONBLOCK, (error, fd) => {
      if (error) return;
      input = createReadStream('', { fd });
      input.on('data', (bytes) => {
        if (!isOver && typeof bytes !== 'string') events.data(bytes);
      });
      input.on('error', () => undefined);
      if (isOver) input.destroy();
    });
  // Neither made nor emptied: what is not there is a printer that is not plugged in. Not waited for, where nobody reads.
  open(path, constants.O_WRONLY | constants.O_NONBLOCK, (error, fd) => {
    if (error) {
      over(error.message);
      return;
    }
    if (isOver) {
      close(fd, () => undefined);
      return;
    }
    output = createWriteStream('', { fd });
    output.on('error', ({ message }) => over(message));
    output.on('close', () => over('设备文件已关闭'));
    read();
    events.opened();
  });
  return {
    write: (bytes, done) => {
      if (output) output.write(bytes, (error) => done(error ? error.message : null));
      else done('设备文件未打开');
    },
    destroy: () => over('设备文件已关闭'),
  };
};
