import { afterEach, expect, test } from 'vitest';
import { KeytopWorld, MINUTE } from './keytop-world.ts';
import { DOWN } from './support.ts';

let world: KeytopWorld;
afterEach(() => world.dispose());

const WRONG = '用户名或密码错误';
const LOCKED = '错误次数过多，请稍后再试';
const open = async (lockout: object = { tries: 3, windowMinutes: 5, lockMinutes: 10 }): Promise<void> => {
  world = await KeytopWorld.open({ settings: { security: { lockout } } });
};
const call = async (password: string, remote = '192.0.2.1') =>
  (await world.call('GetBlackInfo', {}, { password, remote })).resMsg;
const right = (remote?: string) => call(DOWN.password, remote);
const guess = (remote?: string) => call('guess', remote);
const alarms = () => world.alarms.list().filter(({ code }) => code === 'platform-guessing');

test('whoever guesses is not listened to for a while, whatever he then says; others are, and an alarm tells once', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) expect(await guess()).toBe(WRONG);
  for (let time = 0; time < 5; time += 1) expect(await guess()).toBe(LOCKED);
  expect(await right()).toBe(LOCKED);
  expect(await right('192.0.2.2')).toBe('');
  expect(await guess('192.0.2.2')).toBe(WRONG);
  expect(alarms()).toMatchObject([{ subject: 'keytop', severity: 'warning', figures: { address: '192.0.2.1' } }]);
});

test('it ends: then the right one is heard, and guessing is counted anew', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) await guess();
  await world.clock.advance(10 * MINUTE - 1);
  expect(await right()).toBe(LOCKED);
  await world.clock.advance(1);
  expect(alarms()).toEqual([]);
  for (let time = 0; time < 2; time += 1) expect(await guess()).toBe(WRONG);
  expect(await right()).toBe('');
});

test('the alarm stands for as long as anybody is locked', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) await guess();
  await world.clock.advance(6 * MINUTE);
  for (let time = 0; time < 3; time += 1) await guess('192.0.2.9');
  await world.clock.advance(6 * MINUTE);
  expect(alarms()).toHaveLength(1);
  await world.clock.advance(4 * MINUTE);
  expect(alarms()).toEqual([]);
});

test('what was guessed while it is locked does not lock it for longer', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) await guess();
  for (let minute = 0; minute < 10; minute += 1) {
    expect(await guess()).toBe(LOCKED);
    await world.clock.advance(MINUTE);
  }
  expect(await right()).toBe('');
});

test('wrong ones count together for their time only, and a right one sets them to nothing', async () => {
  await open();
  for (let time = 0; time < 20; time += 1) {
    expect(await guess()).toBe(WRONG);
    await world.clock.advance(2.5 * MINUTE);
  }
  await world.clock.advance(5 * MINUTE);
  for (let time = 0; time < 20; time += 1) {
    for (let wrong = 0; wrong < 2; wrong += 1) expect(await guess()).toBe(WRONG);
    expect(await right()).toBe('');
  }
});

test('a wall clock that is set does not end it', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) await guess();
  world.clock.jumpWall(24 * 60 * MINUTE);
  expect(await right()).toBe(LOCKED);
});

test('a body that cannot be read is no guess', async () => {
  await open();
  for (let time = 0; time < 10; time += 1)
    await world.callRaw('GetBlackInfo', '{"data":"AAAA"}', { remote: '192.0.2.1' });
  expect(await right()).toBe('');
});

test('zero tries: nobody is ever locked', async () => {
  await open({ tries: 0 });
  for (let time = 0; time < 50; time += 1) expect(await guess()).toBe(WRONG);
  expect(await right()).toBe('');
  expect(alarms()).toEqual([]);
});

test('a thousand addresses are remembered, and no more', async () => {
  await open({ tries: 2, windowMinutes: 5, lockMinutes: 10 });
  for (let each = 0; each < 1100; each += 1) await guess(`198.51.100.${each}`);
  expect(await guess('198.51.100.1099')).toBe(WRONG);
  expect(await guess('198.51.100.1099')).toBe(LOCKED);
  expect(await guess('198.51.100.0')).toBe(WRONG);
  expect(await guess('198.51.100.0')).toBe(WRONG);
  expect(await guess('198.51.100.0')).toBe(LOCKED);
});
