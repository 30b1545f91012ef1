import { describe, expect, test } from 'vitest';
import { ALARM, broken, lost, type World, world } from './support.ts';

describe('faults of devices', () => {
  const OTHER = { abnormalCode: '1301', deviceNo: 'B-1', msg: '东二门01道的栏杆机【B-1】连接异常！' };
  const LOOP = { abnormalCode: '1401', msg: '东二门01道车辆压线圈过长！' };
  const alarm = ({ park }: World, fields = ALARM) => park.says('receiveAbnormal', fields);

  test('told once while they last', async () => {
    const here = await world();
    await alarm(here);
    await here.clock.advance(300_000);
    await alarm(here);
    expect(broken(here)).toEqual(['repeat']);
    here.cloud.recovered('DWWE10232');
    await alarm(here);
    expect(broken(here)).toEqual(['repeat']);
    expect(here.cloud.abnormals()).toHaveLength(2);
    here.cloud.pace.abnormalAgainMs = 300_000;
    await here.clock.advance(300_000);
    await alarm(here);
    expect(broken(here)).toEqual(['repeat']);
  });

  test('nobody stands on the loop too long twice within thirty seconds', async () => {
    const here = await world();
    await alarm(here, LOOP);
    await here.clock.advance(29_000);
    await alarm(here, LOOP);
    expect(broken(here)).toEqual(['repeat']);
    await here.clock.advance(31_000);
    await alarm(here, LOOP);
    expect(broken(here)).toEqual(['repeat']);
  });

  test('those that were kept come oldest first', async () => {
    const here = await world();
    await lost('receiveAbnormal', ALARM, 5, here);
    await lost('receiveAbnormal', OTHER, 5, here);
    await here.clock.advance(60_000);
    await alarm(here, OTHER);
    expect(broken(here)).toEqual(['order']);
    await alarm(here);
    expect(here.cloud.abnormals().map(({ code, answeredAs }) => [code, answeredAs])).toEqual([['1101', 2]]);
  });

  test('a new one may go first, and what was given up rests until the network is back', async () => {
    const here = await world();
    await lost('receiveAbnormal', ALARM, 5, here);
    await lost('receiveAbnormal', OTHER, 1, here);
    expect(await alarm(here, OTHER)).toBe('0');
    expect(await alarm(here)).toBe('0');
    expect([...broken(here), ...here.cloud.doubts]).toEqual([]);
    await lost('receiveAbnormal', { ...LOOP }, 5, here);
    await here.cloud.checkConnect();
    await here.clock.advance(1);
    await lost('receiveAbnormal', { ...LOOP }, 1, here);
    expect(here.cloud.doubts).toEqual([]);
    await lost('receiveAbnormal', { ...LOOP }, 1, here);
    expect(here.cloud.doubts).toMatchObject([{ rule: 'tries' }]);
  });

  test('two of the same text that were kept look like one told twice', async () => {
    const here = await world();
    await lost('receiveAbnormal', LOOP, 5, here);
    await here.clock.advance(60_000);
    await alarm(here, LOOP);
    await here.clock.advance(1_000);
    await alarm(here, LOOP);
    expect(broken(here)).toEqual([]);
    expect(here.cloud.doubts).toMatchObject([{ rule: 'repeat' }]);
  });
});
