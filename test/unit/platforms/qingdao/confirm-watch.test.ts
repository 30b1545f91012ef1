import { describe, expect, it } from 'vitest';
import { ConfirmWatch } from '../../../../electron/station/platforms/qingdao/confirm-watch.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { deps, MemoryStation, settings } from './support.ts';

function setUp() {
  const clock = new FakeClock();
  const commands = new MemoryStation();
  const { log, photos } = deps();
  const watch = new ConfirmWatch({ settings: settings(), clock, log, photos, commands, noteDrift: () => undefined });
  const said = () => commands.alarms.map(({ code, cleared }) => [code, cleared]);
  return { clock, watch, said };
}
const body = { requestId: '1', success: true, params: '{"plateNo":"鲁B01001"}' };
const LATE = 'qingdao-confirmation-late';

describe('a notice that was acted on', () => {
  it('raises no alarm when its confirmation is taken within 20 s', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(body.requestId, body.params);
    await clock.advance(19_999);
    watch.delivered(body);
    await clock.advance(60_000);
    expect(said()).toEqual([]);
  });

  it('raises one when it is not, and clears it when it is', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(body.requestId, body.params);
    await clock.advance(20_000);
    expect(said()).toEqual([[LATE, false]]);
    watch.delivered(body);
    watch.delivered(body);
    expect(said()).toEqual([
      [LATE, false],
      [LATE, true],
    ]);
  });

  it('is told apart from another with the same number', async () => {
    const { clock, watch, said } = setUp();
    watch.queued('1', '{"plateNo":"鲁B99999"}');
    watch.delivered(body);
    await clock.advance(20_000);
    expect(said()).toEqual([[LATE, false]]);
  });

  it('is forgotten when the platform stops', async () => {
    const { clock, watch, said } = setUp();
    watch.queued(body.requestId, body.params);
    watch.stop();
    await clock.advance(60_000);
    expect(said()).toEqual([]);
  });
});
