import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { announceParking } from '../../../../electron/station/platforms/qingdao/announce.ts';
import { qingdaoSettingsSchema } from '../../../../electron/station/platforms/qingdao/config.ts';
import { qingdao } from '../../../../electron/station/platforms/qingdao/index.ts';
import { siteSchema } from '../../../../shared/domain/site.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { deps, MemoryStation, settings, settingsInput } from './support.ts';

const parkingInfo = {
  address: '东海西路 1 号',
  ...{ regionCode: '370202', areaCode: '01', priceType: 1, feeScale: '每小时 5 元', parkingType: 2 },
  ...{ bmapX: '120.389455', bmapY: '36.072227', gmapX: '120.382915', gmapY: '36.066348' },
};
const site = siteSchema.parse({
  ...{ code: '1001', name: '演示停车场', totalSpaces: 150, openSpaces: 130 },
});

/** As at each start, which comes with each change of the configuration; tells what was queued since. */
async function started(commands: MemoryStation, clock: FakeClock, info: object, where = site) {
  const before = new Set(commands.drafts.keys());
  announceParking({ settings: settings({ parkingInfo: info }), commands, clock, log: deps().log }, where);
  await clock.advance(60_000);
  return [...commands.drafts.values()]
    .filter(({ id }) => !before.has(id))
    .map(({ body }) => z.looseObject({}).parse(body));
}

describe('the car park', () => {
  it('is told at first, with what the site says where nothing is set', async () => {
    const commands = new MemoryStation();
    const [body, ...more] = await started(commands, new FakeClock(), parkingInfo);
    expect(more).toEqual([]);
    expect(body).toEqual({
      ...parkingInfo,
      ...{ parkingCode: '1001', parkingName: '演示停车场' },
      ...{ inroadFeesType: null, openTime: '00:00-23:59', parkingPattern: null, parkingLocate: 1, attachedType: null },
      ...{ buildType: null, x: null, y: null, totalBerthNum: 150, openBerthNum: 130, tempTotalNum: 130 },
      ...{ intrinsicTotalNum: 20, visitorTotalNum: 0, chargeTotalNum: 0 },
    });
    const { schema } = qingdao.messages.find(({ name }) => name === 'uploadParkingInfo') ?? {};
    expect(schema?.safeParse(body).error?.issues ?? []).toEqual([]);
    expect([...commands.drafts.values()]).toMatchObject([{ message: 'uploadParkingInfo', kind: 'record', key: null }]);
  });

  it('is told again only when something changed, and when it changed back', async () => {
    const commands = new MemoryStation();
    const clock = new FakeClock();
    expect(await started(commands, clock, parkingInfo)).toHaveLength(1);
    expect(await started(commands, clock, parkingInfo)).toHaveLength(0);
    expect(await started(commands, clock, { ...parkingInfo, priceType: 2 })).toMatchObject([{ priceType: 2 }]);
    expect(await started(commands, clock, parkingInfo)).toMatchObject([{ priceType: 1 }]);
    const larger = { ...site, totalSpaces: 160 };
    expect(await started(commands, clock, parkingInfo, larger)).toMatchObject([{ totalBerthNum: 160 }]);
  });

  it('is not told when nothing is set: somebody is warned, and nothing waits', () => {
    const commands = new MemoryStation();
    const warned: string[] = [];
    const log = { ...deps().log, warn: (message: string) => warned.push(message) };
    announceParking({ settings: settings(), commands, clock: new FakeClock(), log }, site);
    expect(commands.drafts.size).toBe(0);
    expect(warned.filter((message) => message.includes('parkingInfo'))).toHaveLength(1);
  });
});

it.each([
  [{ regionCode: '330102' }, 'parkingInfo.regionCode'],
  [{ areaCode: '11' }, 'parkingInfo.areaCode'],
  [{ priceType: 4 }, 'parkingInfo.priceType'],
  [{ attachedType: '17' }, 'parkingInfo.attachedType'],
  [{ inroadFeesType: '04' }, 'parkingInfo.inroadFeesType'],
  [{ feeScale: '元'.repeat(501) }, 'parkingInfo.feeScale'],
  [{ bmapX: undefined }, 'parkingInfo.bmapX'],
])('a setting outside the dictionary is named: %o', (change, path) => {
  const parsed = qingdaoSettingsSchema.safeParse(settingsInput({ parkingInfo: { ...parkingInfo, ...change } }));
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
