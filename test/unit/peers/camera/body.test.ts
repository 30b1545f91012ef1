import { afterEach, expect, test } from 'vitest';
import { CameraBody } from '../../../peers/camera/index.ts';
import { HikvisionCamera } from '../../../peers/hikvision/index.ts';
import { Lane } from '../../../peers/lane/index.ts';
import { until } from '../../../support/until.ts';
import { ask } from './client.ts';

const GATE = '/ISAPI/Parking/channels/1/barrierGate';
const gate = (mode: string): string => `<BarrierGate><ctrlMode>${mode}</ctrlMode></BarrierGate>`;
const lane = new Lane({ travelMs: 20 });
let camera: HikvisionCamera | undefined;
afterEach(async () => {
  await camera?.stop();
  lane.stop();
});

test('relays move the arm of the lane, its loops close inputs, and the arm is seen', async () => {
  camera = new HikvisionCamera({ lane });
  await camera.start();
  const { port, body } = camera;
  const inputs: string[] = [];
  body.onInput((input, on) => inputs.push(`${input} ${on}`));
  const state = async (): Promise<string> => (await ask(port, 'GET', `${GATE}/barrierGateStatus`)).text();
  expect(await state()).toContain('<barrierGateStatus>1<');
  lane.arrive('粤B12345');
  expect([inputs, body.input(1)]).toEqual([['1 true'], true]);
  await ask(port, 'PUT', GATE, gate('open'));
  await until('the arm', () => lane.arm === 'open');
  expect(await state()).toContain('<barrierGateStatus>2<');
  expect(lane.moves).toMatchObject([{ contact: 'open', ms: 500, cause: 'hikvision barrierGate open' }]);
  await ask(port, 'PUT', GATE, gate('lock'));
  await ask(port, 'PUT', GATE, gate('close'));
  expect(lane.arm).toBe('open');
  expect([lane.risings, lane.collisions, camera.complaints]).toEqual([1, [], []]);
});

test('without a lane it keeps what its relays did, and hears the device on its line', () => {
  const asked: string[] = [];
  const serial = (channel: number, bytes: Buffer): Buffer[] => {
    asked.push(`${channel} ${bytes.toString('hex')}`);
    return [Buffer.from('06', 'hex')];
  };
  const body = new CameraBody({ serial }, { 0: 'open' }, {});
  body.pulse(0, 500, 'a');
  body.set(0, true, 'b');
  expect(body.serial(1, Buffer.from('0a', 'hex'), 'c')).toEqual([Buffer.from('06', 'hex')]);
  expect(asked).toEqual(['1 0a']);
  expect(body.moves.map(({ on, ms, cause }) => [on, ms, cause])).toEqual([
    [true, 500, 'a'],
    [true, null, 'b'],
  ]);
  expect(body.armState).toBeNull();
});
