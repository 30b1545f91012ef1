import { afterAll, expect, it } from 'vitest';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { staysSchema } from '../../../electron/station/store/reader/requests.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tempStore } from '../../support/temp-store.ts';

const temp = tempStore(new FakeClock());
afterAll(() => temp.dispose());

it('stays that ended are met once each, in the order of their exits, also where several ended at once', () => {
  const exits = [99, 100, 100, 100, 150, 100, 199, 200, null];
  temp.store.write((tx) => {
    for (const [index, exitedAt] of exits.entries())
      tx.record(entered(`u${index}`, { enteredAt: 1, exitedAt, status: exitedAt === null ? 'inside' : 'left' }));
    tx.record(entered('gone', { enteredAt: 1, exitedAt: 120, status: 'abnormal' }));
  });
  const ask = answerer(temp.db);
  const met: string[] = [];
  let after: { exitedAt: number; uid: string } | undefined;
  for (let turn = 0; turn < 10; turn++) {
    const request = { what: 'ended' as const, filter: { from: 100, to: 200, limit: 2, after } };
    const page = staysSchema.parse(ask(request, () => undefined));
    met.push(...page.map((stay) => stay.uid));
    const last = page.at(-1);
    if (!last || last.exitedAt === null) break;
    after = { exitedAt: last.exitedAt, uid: last.uid };
  }
  expect(met).toEqual(['u1', 'u2', 'u3', 'u5', 'u4', 'u6']);
});
