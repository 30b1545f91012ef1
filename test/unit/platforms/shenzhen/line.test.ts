import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';
import { LinkWorld } from './link-world.ts';
import { framed, KEYS, RawCity, type RawEnd, rawEnd, request, sign } from './raw-city.ts';

const CAR = { plate: '粤B12345' };
let world: LinkWorld;
let other: RawCity | undefined;
afterEach(async () => {
  await world.dispose();
  await other?.close();
  other = undefined;
});
const cityOf = (): RawCity => {
  if (!world.city) throw new Error('no city');
  return world.city;
};
const online = (is = true) => until(`online is ${is}`, () => world.line.online === is);

describe('the line that we make', () => {
  it('begins with who we are, signed', async () => {
    world = await LinkWorld.open();
    const end = await cityOf().came(1);
    const login = await end.asked('login');
    expect(end.frames).toHaveLength(1);
    expect(login).toEqual({
      ...{ type: 'request', method: 'login', requestId: expect.stringMatching(/^.{1,36}$/), parkCode: KEYS.parkCode },
      data: {
        ...{ accessKey: KEYS.accessKey, timestamp: expect.any(Number), parkCode: KEYS.parkCode },
        ...{ noncestr: expect.stringMatching(/^.{1,10}$/), signature: sign(login.data) },
      },
    });
    expect(world.line.online).toBe(false);
    end.answer(login);
    await online();
  });

  it('is there when the code comes as a text', async () => {
    world = await LinkWorld.open();
    const end = await cityOf().came(1);
    end.answer(await end.asked('login'), '0');
    await online();
  });

  it('is closed when the login is refused, and not answered', async () => {
    world = await LinkWorld.open({ downlink: { loginMs: 500, reconnectSeconds: [1] } });
    const end = await cityOf().came(1);
    end.answer(await end.asked('login'), 401);
    await end.cutOff();
    expect(world.line.online).toBe(false);
    await (await cityOf().came(2)).cutOff();
  });

  it('carries heartbeats every 30 s, and is closed when nothing came back for 90 s', async () => {
    const clock = new FakeClock();
    world = await LinkWorld.open({ clock });
    const end = await world.end();
    await online();
    for (let beat = 1; beat <= 5; beat += 1) {
      await clock.advance(30_000);
      end.answer(await end.asked('heartbeat', beat));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await clock.advance(89_000);
    await end.asked('heartbeat', 7);
    expect(end.closed).toBe(false);
    await clock.advance(1000);
    await end.cutOff();
    await online(false);
    await clock.advance(1125);
    await cityOf().letIn(2);
    await online();
  });

  it('says nothing by itself where neither login nor heartbeat are wanted', async () => {
    world = await LinkWorld.open({ downlink: { login: false, heartbeat: false, heartbeatMs: 100 } });
    const end = await cityOf().came(1);
    await online();
    await end.ask('orderPush', CAR);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(end.frames).toHaveLength(1);
  });

  it('is made again after 1, 2, 4 … 60 s, and after 1 s once it was there', async () => {
    const clock = new FakeClock();
    world = await LinkWorld.open({ clock, downlink: { heartbeat: false, windowMs: 0 } });
    const city = cityOf();
    const lost = async (nth: number): Promise<void> => {
      const end = await city.came(nth);
      await end.asked('login');
      end.socket.destroy();
      await until('the line is down', async () => {
        await clock.advance(0);
        return end.closed;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    // Later by an eighth: the middle of what is left to chance.
    for (const [index, seconds] of [1, 2, 4, 8, 16, 32, 60, 60].entries()) {
      await lost(index + 1);
      await clock.advance(seconds * 1125 - 1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(city.ends).toHaveLength(index + 1);
      await clock.advance(1);
    }
    const there = await city.letIn(9);
    await online();
    there.socket.destroy();
    await online(false);
    await clock.advance(1125);
    await city.came(10);
  });

  it('is made again later and later where somebody lets us in and then sends nothing that is the city’s', async () => {
    const clock = new FakeClock();
    world = await LinkWorld.open({ clock, downlink: { heartbeat: false } });
    const city = cityOf();
    for (const [index, seconds] of [1, 2, 4].entries()) {
      const end = await city.letIn(index + 1);
      await online();
      end.write(Buffer.from([0, 0, 0, 0]));
      await end.cutOff();
      await online(false);
      await clock.advance(seconds * 1125 - 1);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(city.ends).toHaveLength(index + 1);
      await clock.advance(1);
    }
    await city.letIn(4);
  });

  it('raises an alarm when it is away for long, which ends when it is back', async () => {
    const clock = new FakeClock();
    world = await LinkWorld.open({ clock, downlink: { awayMinutes: 3 } });
    const end = await world.end();
    await online();
    await cityOf().close();
    await end.cutOff();
    await online(false);
    await clock.advance(179_000);
    expect(world.station.alarms).toEqual([]);
    for (let second = 0; second < 5; second += 1) await clock.advance(1000);
    expect(world.station.alarms).toMatchObject([{ code: 'platform-line-away', subject: 'shenzhen', cleared: false }]);
    other = await RawCity.listen(world.port);
    const back = until('it is tried again', async () => {
      await clock.advance(5000);
      return (other?.ends.length ?? 0) > 0;
    });
    await back;
    await other.letIn(1);
    await online();
    expect(world.station.alarms.at(-1)).toMatchObject({ code: 'platform-line-away', cleared: true });
  });

  it('ends with the program, and is not made again', async () => {
    world = await LinkWorld.open({ downlink: { reconnectSeconds: [1] } });
    const end = await world.end();
    await world.line.stop();
    await end.cutOff();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(cityOf().ends).toHaveLength(1);
  });

  it('waits at its end for what is being carried out', async () => {
    world = await LinkWorld.open({ downlink: { replyMs: 100 } });
    const end = await world.end();
    await end.ask('monthCard', {}, { requestId: 's-1' });
    const stopped = world.line.stop();
    setTimeout(() => world.release(), 50);
    await stopped;
    expect(world.station.memory.has('shenzhen/request:s-1')).toBe(true);
  });
});

describe('the line that the city makes', () => {
  const server = (downlink = {}) => LinkWorld.open({ role: 'server', downlink });

  it('is there once a request proved itself', async () => {
    world = await server();
    const end = await world.end();
    await end.asked('login');
    expect(world.line.online).toBe(false);
    expect(await end.ask('orderPush', CAR)).toMatchObject({ code: 0 });
    await online();
    end.socket.destroy();
    await online(false);
  });

  it('is there once the city has said who it is', async () => {
    world = await server({ login: false });
    const end = await world.end();
    expect(await end.ask('login', { parkCode: KEYS.parkCode, noncestr: 'a1b2c3d4e5' })).toMatchObject({ code: 0 });
    await online();
    expect(end.frames.filter(({ type }) => type === 'request')).toEqual([]);
  });

  it('is not there for who answers our login, nor for heartbeats', async () => {
    world = await server();
    const end = await world.end();
    end.answer(await end.asked('login'));
    expect(await end.ask('heartbeat')).toMatchObject({ code: 0 });
    expect(world.line.online).toBe(false);
  });

  it('takes nobody from an address that is not allowed', async () => {
    world = await server({ allow: ['10.0.0.0/8'] });
    const end = await world.end();
    await end.cutOff();
    expect(end.frames).toEqual([]);
  });

  it('is the one that proved itself last', async () => {
    world = await server();
    const [first, second] = [await world.end(), await world.end()];
    await first.ask('orderPush', CAR);
    expect(second.closed).toBe(false);
    await second.ask('orderPush', CAR);
    await first.cutOff();
    expect(await second.ask('orderPush', CAR)).toMatchObject({ code: 0 });
    expect(world.line.online).toBe(true);
  });

  it('is not taken over by what was overheard and is said once more', async () => {
    world = await server({ proveMs: 700 });
    const first = await world.end();
    const heard = framed(request('orderPush', CAR));
    const login = framed(request('login', { parkCode: KEYS.parkCode, noncestr: 'a1b2c3d4e5' }));
    first.write(Buffer.concat([heard, login]));
    await first.answered(2);
    const thief = await world.end();
    thief.write(Buffer.concat([heard, login]));
    await thief.answered(2);
    expect(first.closed).toBe(false);
    await thief.cutOff();
    expect(world.done).toHaveLength(1);
    expect(await first.ask('orderPush', CAR)).toMatchObject({ code: 0 });
  });

  it('is cut off when it proves nothing in time', async () => {
    world = await server({ proveMs: 500 });
    const [silent, wrong] = [await world.end(), await world.end()];
    await wrong.ask('orderPush', CAR, { secret: 'guess' });
    await Promise.all([silent.cutOff(), wrong.cutOff()]);
  });

  it('has room for few who prove nothing: the first of them makes room', async () => {
    world = await server();
    const city = await world.end();
    await city.ask('orderPush', CAR);
    const strangers: RawEnd[] = [];
    for (let n = 0; n < 10; n += 1) strangers.push(await world.end());
    await until('two are cut off', () => strangers.filter(({ closed }) => closed).length === 2);
    expect(strangers.map(({ closed }) => closed).indexOf(false)).toBe(2);
    expect(await city.ask('orderPush', CAR)).toMatchObject({ code: 0 });
    for (const { socket } of strangers) socket.destroy();
  });

  it('takes long frames from the city alone', async () => {
    world = await server();
    const long = framed(request('orderPush', { ...CAR, remark: 'x'.repeat(300_000) }));
    const [city, stranger] = [await world.end(), await world.end()];
    await city.ask('orderPush', CAR);
    stranger.write(long.subarray(0, 4));
    await stranger.cutOff();
    city.write(long);
    expect((await city.answered(2)).at(-1)).toMatchObject({ code: 0 });
  });

  it('listens again when its port was taken', async () => {
    const taken = await RawCity.listen();
    const clock = new FakeClock();
    world = await LinkWorld.open({ role: 'server', port: taken.port, clock, downlink: { windowMs: 0 } });
    await until('it was told', () => world.log.lines.some(({ message }) => message.includes('cannot listen')));
    await taken.close();
    await clock.advance(5000);
    const tried = (): Promise<boolean> =>
      rawEnd(world.port).then(
        ({ socket }) => socket.destroy().destroyed,
        () => false,
      );
    await until('somebody listens', tried);
    const end = await world.end();
    expect(await end.ask('orderPush', CAR)).toMatchObject({ code: 0 });
  });
});
