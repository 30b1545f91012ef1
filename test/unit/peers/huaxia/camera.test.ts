import { afterEach, beforeEach, expect, test } from 'vitest';
import { HuaxiaCamera, type HuaxiaOptions } from '../../../peers/huaxia/index.ts';
import { Ear } from '../camera/client.ts';

const GOLDEN =
  'type=online&plate_num=%E7%B2%A4B12345&plate_color=%E8%93%9D&start_time=1795311000&park_id=P1&cam_id=44-19-b6-00-00-02&cam_ip=192.168.1.101&picture=_9j_2Q..&closeup_pic=';
const READ = { plate: '粤B12345', capturedAt: 1_795_311_000_000, picture: Buffer.from('ffd8ffd9', 'hex') };

const ear = new Ear();
let camera: HuaxiaCamera;
const make = (options: Partial<HuaxiaOptions> = {}): HuaxiaCamera => {
  camera = new HuaxiaCamera({ url: `${ear.url}/huaxia`, ...options });
  return camera;
};
const bodies = (): string[] => ear.heard.map(({ body }) => body.toString());
beforeEach(async () => {
  ear.heard.length = 0;
  ear.answer = { status: 200, body: '{"error_num":0,"error_str":""}' };
  await ear.start();
});
afterEach(async () => {
  await camera.stop();
  await ear.stop();
});

test('the form of the document', async () => {
  const push = await make().see(READ);
  expect(bodies()).toEqual([GOLDEN]);
  expect(ear.heard[0]?.type).toBe('application/x-www-form-urlencoded');
  expect([push?.accepted, camera.complaints]).toEqual([true, []]);
});

test('the same in the address, and a plate in GBK', async () => {
  await make({ method: 'GET' }).see({ ...READ, plateBytes: Buffer.from('d4c14231', 'hex'), offline: true });
  expect(ear.heard[0]?.url).toMatch(/^\/huaxia\?type=offline&plate_num=%D4%C1%42%31&/);
  await camera.heartbeat();
  expect(ear.heard[1]?.url).toContain('type=heartbeat&park_id=P1&cam_id=44-19-b6-00-00-02');
});

test('tells again what it heard no answer to', async () => {
  make({ resends: 2, resendPauseMs: 1 }).deaf = 1;
  await camera.see(READ);
  expect(bodies()).toEqual([GOLDEN, GOLDEN]);
  expect(camera.pushes.map(({ accepted }) => accepted)).toEqual([false, true]);
});

test('complains of an answer that a plain parser does not read', async () => {
  make();
  for (const body of ['{ "error_num": 0 }', '{"error_num":1,"error_str":"no"}']) {
    ear.answer = { status: 200, body };
    await camera.see(READ);
  }
  ear.answer = { status: 500, body: '' };
  await camera.see(READ);
  ear.answer = { status: 200, body: '{"error_num":0,"error_str":""}', chunked: true };
  expect((await camera.see(READ))?.accepted).toBe(false);
  expect(camera.complaints).toEqual([
    'answer { "error_num": 0 }',
    'answer {"error_num":1,"error_str":"no"}',
    'status 500',
    'answer ',
    'no Content-Length',
    'chunked',
  ]);
});
