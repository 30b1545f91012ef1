import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { VankeWorld } from './vanke-world.ts';

/** That a lane gave up waiting for the platform is an alarm until the platform answers a question again. */

const NAME = 'receivePlateNumber';
let world: VankeWorld;
beforeEach(async () => {
  world = await VankeWorld.open();
  world.answerHttp(NAME, 500, '');
  world.arrives('in1');
  await world.heard(NAME);
  await world.pass(4_000, 4);
  expect(silent()).toHaveLength(1);
});
afterEach(() => world.dispose());

const silent = () => world.alarms.list().filter(({ code }) => code === 'gate-authority-silent');

async function answers(): Promise<void> {
  world.answerHttp(NAME, 200, '{"respCode":"1","respDesc":""}');
  world.arrives('out1', '粤B00009');
  await world.comes('an answer', () => silent().length === 0);
}

it('ends with an answer, be it a refusal', () => answers());

it('stands again after a restart, until a question is answered, and no more after the next one', async () => {
  world.forgetAlarms();
  await world.reopened();
  expect(silent()).toMatchObject([{ subject: 'vanke', severity: 'alarm' }]);
  await answers();
  await world.reopened();
  expect(silent()).toEqual([]);
});

it('ends with a restart where no lane asks any more: nothing else would ever end it', async () => {
  world.forgetAlarms();
  const lanes = vi.spyOn(world.lanes, 'lanes').mockReturnValue([IN, OUT]);
  await world.reopened();
  expect(silent()).toEqual([]);
  lanes.mockRestore();
  await world.reopened();
  expect(silent()).toEqual([]);
});
