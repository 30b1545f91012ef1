import { describe, expect, it } from 'vitest';
import { ConfirmWatch } from '../../../../electron/station/platforms/qingdao/confirm-watch.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { context, MemoryStation } from './support.ts';

function setUp() {
  const clock = new FakeClock();
  const commands = new MemoryStation();
  const watch = new ConfirmWatch(context({ clock, commands }));
  const said = () => commands.alarms.map(({ code, cleared }) => [code, cleared]);
  const details = () => commands.alarms.map(({ detail }) => detail);
  return { clock, watch, said, details };
}
const body = { requestId: '1', success: true, params: '{"plateNo":"鲁B01001"}' };
const LIST = 'confirmSpecialCar';
const LATE = 'qingdao-confirmation-late';

describe('a notice that was acted on', () => {
  it('raises no alarm when its confirmation is taken within 20 s', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(LIST, body.requestId, body.params);
    await clock.advance(19_999);
    watch.delivered(LIST, body);
    await clock.advance(60_000);
    expect(said()).toEqual([]);
  });

  it('raises one when it is not, and clears it when it is', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(LIST, body.requestId, body.params);
    await clock.advance(20_000);
    expect(said()).toEqual([[LATE, false]]);
    watch.delivered(LIST, body);
    watch.delivered(LIST, body);
    expect(said()).toEqual([
      [LATE, false],
      [LATE, true],
    ]);
  });

  it('is told apart from another with the same number', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(LIST, '1', '{"plateNo":"鲁B99999"}');
    watch.delivered(LIST, body);
    await clock.advance(20_000);
    expect(said()).toEqual([[LATE, false]]);
  });

  it('is forgotten when the platform stops', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(LIST, body.requestId, body.params);
    watch.stop();
    await clock.advance(60_000);
    expect(said()).toEqual([]);
  });
});

describe('notices of the other kinds', () => {
  const answered = (watch: ConfirmWatch, id: string) =>
    watch.delivered('confirmPayResult', { requestId: id, success: true, params: '{}' });

  it('raise one alarm for all of them after 5 s, which ends when all are answered and tells how many were late', async () => {
    const { clock, watch, said, details } = setUp();
    for (const id of ['1', '2', '3']) watch.queued('confirmPayResult', id, '{}');
    await clock.advance(4999);
    answered(watch, '1');
    expect(said()).toEqual([]);
    await clock.advance(1);
    expect(said()).toEqual([[LATE, false]]);
    answered(watch, '2');
    expect(said()).toHaveLength(1);
    answered(watch, '3');
    expect(said().at(-1)).toEqual([LATE, true]);
    expect(details().at(-1)).toContain('2 条');
  });

  it('count for themselves: the answer to one is not that to another interface', async () => {
    const { clock, watch, said } = setUp();
    watch.queued('uploadFee', '1', '{}');
    answered(watch, '1');
    await clock.advance(5000);
    expect(said()).toEqual([[LATE, false]]);
  });
});
