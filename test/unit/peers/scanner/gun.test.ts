import { SerialPort } from 'serialport';
import { expect, onTestFinished, test } from 'vitest';
import { startPty } from '../../../peers/pty.ts';
import { type GunOptions, ScanGun } from '../../../peers/scanner/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';

const CODE = '135000000000000001';
const SAMPLE = '3133353030303030303030303030303030310d';

function gun(options: GunOptions = {}): { gun: ScanGun; clock: FakeClock; sent: string[] } {
  const clock = new FakeClock();
  const sent: string[] = [];
  const wire = {
    write: (bytes: Uint8Array) => sent.push(Buffer.from(bytes).toString('hex')),
    onBytes: () => () => undefined,
  };
  return { gun: new ScanGun(wire, { clock, ...options }), clock, sent };
}

test('sends the sample of the specification in one go, or character by character', async () => {
  const whole = gun();
  await whole.gun.scan(CODE);
  expect(whole.sent).toEqual([SAMPLE]);
  const slow = gun({ msPerCharacter: 10 });
  const done = slow.gun.scan(CODE);
  await slow.clock.advance(179);
  expect(slow.sent).toHaveLength(18);
  await slow.clock.advance(1);
  await done;
  expect(slow.sent.join('')).toBe(SAMPLE);
});

test('ends a code as it is set to, reads twice, and is disturbed', async () => {
  const { gun: scanner, clock, sent } = gun();
  await scanner.scan('1', { suffix: 'lf' });
  await scanner.scan('1', { suffix: 'crlf' });
  await scanner.scan('1', { suffix: 'none', before: Buffer.of(0xff), after: Buffer.of(0) });
  const twice = scanner.scanTwice('2', 100);
  await clock.advance(99);
  expect(sent.splice(0)).toEqual(['310a', '310d0a', 'ff3100', '320d']);
  await clock.advance(1);
  await twice;
  scanner.noise(Buffer.of(0xfe));
  expect(sent).toEqual(['320d', 'fe']);
});

test('on a real serial line', async (ctx) => {
  const pty = await startPty();
  if ('unavailable' in pty) return ctx.skip(pty.unavailable);
  onTestFinished(() => pty.stop());
  const port = new SerialPort({ path: pty.path, baudRate: 9_600, autoOpen: false });
  let heard = '';
  port.on('data', (bytes: Buffer) => {
    heard += bytes.toString('hex');
  });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  await new ScanGun(pty).scan(CODE);
  await until('the code', () => heard === SAMPLE);
  await new Promise((resolve) => port.close(resolve));
});
