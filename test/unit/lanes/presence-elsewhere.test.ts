import { expect, it } from 'vitest';
import { IN1, Rig } from './runtime-rig.ts';

it('where nobody else has the word the trigger loop changes nothing, and writes nothing', () => {
  const rig = new Rig();
  let commits = 0;
  rig.store.onCommitted(() => {
    commits += 1;
  });
  rig.lanes.triggerLoop(IN1.id, true);
  rig.lanes.triggerLoop(IN1.id, false);
  expect(rig.lanes.state(IN1.id).loop).toBeNull();
  expect(rig.store.read.laneStates.get(IN1.id)).toBeUndefined();
  expect(commits).toBe(0);
  rig.dispose();
});
