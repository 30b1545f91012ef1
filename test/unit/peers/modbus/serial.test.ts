import { SerialPort } from 'serialport';
import { expect, onTestFinished, test } from 'vitest';
import { RelayBoard } from '../../../peers/modbus/index.ts';
import { startPty } from '../../../peers/pty.ts';
import { until } from '../../../support/until.ts';

const COIL_1_ON = '01050000ff008c3a';
const COIL_1_OFF = '010500000000cdca';

test('on a real serial line: torn, noisy, at another speed, and plugged in again', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  const board = new RelayBoard({ silenceMs: 10 });
  onTestFinished(async () => {
    await board.stop();
    await pty.stop();
  });
  board.plug(pty);
  const open = async (): Promise<{ say: (hex: string) => void; heard: () => string }> => {
    const port = new SerialPort({ path: pty.path, baudRate: 9_600, autoOpen: false });
    let heard = '';
    port.on('data', (bytes: Buffer) => {
      heard += bytes.toString('hex');
    });
    await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
    return { say: (hex) => port.write(Buffer.from(hex, 'hex')), heard: () => heard };
  };
  const first = await open();
  pty.fault('in', { split: 3 });
  pty.fault('out', { split: 1 });
  first.say(COIL_1_ON);
  await until('an echo', () => first.heard() === COIL_1_ON);
  pty.fault('out', {});

  const refused = async (hex: string): Promise<string | undefined> => {
    const before = board.log.length;
    first.say(hex);
    const entry = await until('something heard', () => board.log[before]);
    return entry.note;
  };
  pty.fault('in', { before: Buffer.of(0xff) });
  expect(await refused(COIL_1_OFF)).toBe('bad CRC');
  pty.fault('in', { baud: [9_600, 19_200] });
  expect(await refused(COIL_1_OFF)).toBe('bad CRC');
  expect([board.coils[0], first.heard()]).toEqual([true, COIL_1_ON]);

  pty.fault('in', {});
  await pty.cut();
  await pty.replug();
  const second = await open();
  second.say(COIL_1_OFF);
  await until('an echo', () => second.heard() === COIL_1_OFF);
  expect(board.coils[0]).toBe(false);
});
