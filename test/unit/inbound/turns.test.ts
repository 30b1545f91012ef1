import { expect, test } from 'vitest';
import { oneEachTurn } from '../../../electron/station/inbound/turns.ts';

test('in the order in which they came, and not all in one turn: what else is ready comes in between', async () => {
  const turn = oneEachTurn();
  const seen: string[] = [];
  const calls = [1, 2, 3].map(async (n) => {
    await turn();
    seen.push(`call ${n}`);
    setImmediate(() => seen.push(`car ${n}`));
  });
  await Promise.all(calls);
  expect(seen).toEqual(['call 1', 'call 2', 'car 1', 'call 3']);
});

test('who comes alone waits for nobody, also later', async () => {
  const turn = oneEachTurn();
  for (let round = 0; round < 3; round += 1) {
    let turned = false;
    setImmediate(() => {
      turned = true;
    });
    await turn();
    expect(turned).toBe(false);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  }
});
