import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FreeSpaceSign } from '../../../peers/sign/index.ts';
import { until } from '../../../support/until.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const GREEN_888 = '3A 00 78 03 01 B6 0A';
/** The sum of red 0: 3A + 02 + 01. */
const RED_0 = '3A 02 00 00 01 3D 0A';

test('shows the sample of the specification, torn or merged', () => {
  const sign = new FreeSpaceSign();
  expect(sign.shown).toBe(null);
  for (const byte of bytes(GREEN_888)) sign.receive(Buffer.of(byte));
  expect(sign.shown).toEqual({ count: 888, colour: 'green' });
  sign.receive(bytes(`${GREEN_888} ${RED_0}`));
  expect(sign.history).toEqual([
    { count: 888, colour: 'green' },
    { count: 888, colour: 'green' },
    { count: 0, colour: 'red' },
  ]);
  sign.powerLoss();
  expect([sign.shown, sign.complaints]).toEqual([null, []]);
});

test('does not show what has a wrong sum, no such colour, or too many digits, and finds the next frame', () => {
  const sign = new FreeSpaceSign({ digits: 3 });
  sign.receive(bytes(`3A 00 78 03 01 B7 0A 3A 04 00 00 01 3F 0A 3A 00 E8 03 01 26 0A FF 3A ${RED_0}`));
  expect(sign.history).toEqual([{ count: 0, colour: 'red' }]);
  expect(sign.complaints).toEqual([
    'no frame: 3a00780301b70a',
    'colour 4',
    'a number of too many digits: 1000',
    'no frame: 3a3a020000013d',
  ]);
});

test('takes its bytes from a TCP connection too', async () => {
  const sign = new FreeSpaceSign();
  onTestFinished(() => sign.stop());
  const socket = connect(await sign.listen(), '127.0.0.1').on('error', () => undefined);
  socket.write(bytes(GREEN_888));
  await until('a number', () => sign.shown?.count === 888);
});
