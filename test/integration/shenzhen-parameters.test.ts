import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { passageRulesSchema } from '../../shared/domain/passage-rules.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { recordOf } from '../support/shenzhen-books.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(3_000);
const provision = { site: { samePlateSeconds: 1 } };

/** A car that has been inside for 90 minutes, as its record at the cloud. */
async function inside(park: CarPark, plate: string): Promise<string> {
  const { uid } = await park.register(plate, 90);
  await park.shenzhen.waitFor(() => recordOf(park.shenzhen, { uid })?.entry, `entry of ${plate}`);
  return recordOf(park.shenzhen, { uid })?.recordCode ?? '';
}

/** What a lane makes of what the city sets: seen at the arm, in the fee and in what the booth is told. */
test('minutes to leave after paying: as many as the city says, also after a restart, and a wrong set changes nothing', async () => {
  const park = await CarPark.open({ provision, shenzhen: true });
  onTestFinished(() => park.close());
  const { shenzhen: cloud } = park;
  await cloud.whenOnline();
  /** Pays inside, and comes to the exit ten minutes later. */
  async function paysAndLeaves(plate: string): Promise<{ readonly free: unknown; readonly due: number }> {
    const code = await inside(park, plate);
    const { quote } = await cloud.app.pay(code);
    await park.outboxEmpty();
    await park.pass(10);
    const openings = park.exit.arm.openings.length;
    await park.exit.push(plate, { image });
    const there = await park.laneWhen(
      'out1',
      plate,
      ({ phase, passage }) => passage?.plate.text === plate && (phase === 'charging' || phase === 'cleared'),
    );
    const due = there.bill?.dueFen ?? 0;
    if (due > 0) {
      expect(park.exit.arm.openings).toHaveLength(openings);
      await park.collect(due, there.passage?.id);
    }
    await until('the arm opens', () => park.exit.arm.openings.length === openings + 1);
    const exit = await until('the exit is told', () => cloud.record(code)?.exit);
    expect(Number(exit['actualPay'])).toBe(700 + due);
    return { free: quote.answer?.data['freeLeaveMinutes'], due };
  }
  expect(await paysAndLeaves('粤F10001')).toEqual({ free: 15, due: 0 });
  // One value of the wrong type, and none of them is set.
  const odd = await cloud.parkConfig({ selfServiceFreeMin: 5 }, { set: { alarmByDay: '三天' } });
  expect(odd.code).toBe(400);
  expect(await paysAndLeaves('粤F10002')).toEqual({ free: 15, due: 0 });
  const set = await cloud.parkConfig({ selfServiceFreeMin: 5, chargeWinKey: 'F9' });
  expect(set.answer?.data).toEqual({ applied: ['selfServiceFreeMin'], ignored: ['chargeWinKey'] });
  await park.station.kill9();
  cloud.carParkDied();
  await park.restart();
  await cloud.whenOnline(10_000);
  expect(await paysAndLeaves('粤F10003')).toEqual({ free: 5, due: 200 });
  const changed = await park.events('rules-changed');
  expect(changed.map(({ actor }) => actor.name)).toEqual(['shenzhen']);
  expect(cloud.violations).toEqual([]);
});

const rules = passageRulesSchema.partial().loose();

test.each([[false], [true]])(
  'what opens by itself is for the site to allow (%s): seen at the arms',
  async (automaticOpening) => {
    const park = await CarPark.open({ provision, shenzhen: { settings: { parameters: { automaticOpening } } } });
    onTestFinished(() => park.close());
    const { shenzhen: cloud, entry } = park;
    await cloud.whenOnline();
    cloud.state.autoOpenAllowed = automaticOpening;
    const unlicensed = () => entry.push('无牌车', { image, type: 31, colorType: 0 });
    await unlicensed();
    const waits = await park.laneWhen('in1', 'it waits', ({ phase }) => phase === 'attention');
    expect(entry.arm.openings).toEqual([]);
    await park.order('in1', 'cancel', { passageId: waits.passage?.id, reason: '离开' });
    const call = await cloud.parkConfig({ isNoPlateCheck: false, alarmGateType: 1, chargeOverTimeAutoOpen: 0 });
    expect(call.ok).toBe(true);
    // A parameter alone moves nothing, whatever it says.
    expect(entry.arm.openings).toEqual([]);
    const applied = z.array(z.string()).parse(call.answer?.data['applied']);
    expect(applied.includes('isNoPlateCheck')).toBe(automaticOpening);
    expect((await park.station.get(rules, '/rules')).unlicensed).toBe(automaticOpening ? 'admit' : 'wait');
    await unlicensed();
    if (automaticOpening) await until('the arm opens', () => entry.arm.openings.length === 1);
    else {
      await park.laneWhen(
        'in1',
        'it waits again',
        ({ phase, passage }) => phase === 'attention' && passage?.id !== waits.passage?.id,
      );
      expect(entry.arm.openings).toEqual([]);
    }
    expect(cloud.violations).toEqual([]);
  },
);
