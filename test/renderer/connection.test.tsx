import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { backoffMs } from '../../renderer/lib/station/backoff.ts';
import { keepConnected } from '../../renderer/lib/station/connection.ts';
import { applyFrame, mergeEvents, useLive } from '../../renderer/lib/station/live.ts';
import { useSession } from '../../renderer/lib/station/session.ts';
import { event } from '../fakes/station/build.ts';
import { FakeStation } from '../fakes/station/fake-station.ts';
import { openBench, resetStores, scene, transportTo } from './support.tsx';

const turns = async (): Promise<void> => {
  await act(async () => {
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 3));
  });
};

beforeEach(() => {
  resetStores();
  startI18n('zh-CN');
});
afterEach(resetStores);

/** A station that can go away and come back, and a clock that only counts what it was asked to wait. */
function line(station: FakeStation) {
  const opened: ReturnType<typeof transportTo>[] = [];
  const waits: number[] = [];
  const stopper = new AbortController();
  let down = false;
  let gate = Promise.withResolvers<void>();
  void keepConnected({
    open: () => {
      if (down) return Promise.reject(new Error('refused'));
      const transport = transportTo(station);
      opened.push(transport);
      return Promise.resolve(transport);
    },
    wait: (ms) => {
      waits.push(ms);
      return gate.promise;
    },
    random: () => 1,
    signal: stopper.signal,
  });
  const passWait = (): void => {
    const old = gate;
    gate = Promise.withResolvers<void>();
    old.resolve();
  };
  return {
    opened,
    waits,
    passWait,
    goDown: () => {
      down = true;
      opened.at(-1)?.cut();
    },
    comeBack: () => {
      down = false;
    },
    stop: () => {
      stopper.abort();
      passWait();
    },
  };
}

describe('losing the station', () => {
  it('keeps the last picture and the user, waits longer each time, and resumes the same sign-in', async () => {
    const station = new FakeStation(scene('charging'));
    station.tokens.set('known', station.scene.user);
    sessionStorage.setItem('gatehouse.token', 'known');
    const wire = line(station);
    await turns();
    expect(useSession.getState()).toMatchObject({ link: 'online', user: { name: '王秀兰' } });
    const seen = useLive.getState();

    wire.goDown();
    await turns();
    expect(useSession.getState()).toMatchObject({ link: 'lost', user: { name: '王秀兰' } });
    expect(useLive.getState()).toBe(seen);
    wire.passWait();
    await turns();
    wire.passWait();
    await turns();
    expect(wire.waits).toEqual([300, 600, 1200]);
    expect(useSession.getState().attempt).toBe(3);

    station.addEvent({
      kind: 'vehicle-entered',
      key: null,
      laneId: 'in1',
      passageId: null,
      actor: { kind: 'station', name: 'station' },
      body: {},
    });
    wire.comeBack();
    wire.passWait();
    await turns();
    expect(useSession.getState()).toMatchObject({ link: 'online', attempt: 0, lostAt: null });
    expect(wire.opened).toHaveLength(2);
    expect(station.resumedAfter).toEqual([0, 12]);
    const seqs = useLive.getState().events.map((row) => row.seq);
    expect(seqs[0]).toBe(13);
    expect(new Set(seqs).size).toBe(seqs.length);
    wire.stop();
  });

  it('asks for a new sign-in when the station forgot this one', async () => {
    const station = new FakeStation(scene('charging'));
    sessionStorage.setItem('gatehouse.token', 'stale');
    const wire = line(station);
    await turns();
    expect(useSession.getState()).toMatchObject({ link: 'online', user: null, expired: true });
    expect(sessionStorage.getItem('gatehouse.token')).toBeNull();
    wire.stop();
  });

  it('says loudly that it is lost and takes no act until it is back', async () => {
    const bench = await openBench(scene('charging'));
    act(() => useSession.setState({ link: 'lost', lostAt: Date.now(), attempt: 2 }));
    expect(screen.getByText('连接中断，正在重连')).toBeTruthy();
    expect(document.querySelector('.app-main')?.getAttribute('data-stale')).toBe('true');
    // What the platforms were a while ago is not what they are.
    expect([...document.querySelectorAll('.links li')].map((link) => link.getAttribute('data-state'))).toEqual([
      'unknown',
    ]);
    expect(document.querySelector('.links')?.textContent).not.toContain('正常');
    expect(screen.getAllByText('鲁B·7K218').length).toBeGreaterThan(0);
    await bench.user.keyboard('{F11}');
    await bench.settle();
    expect(bench.station.calls).toEqual([]);
    bench.stop();
  });
});

describe('the demo car park', () => {
  it('signs in by itself, and not again after signing out', async () => {
    const bench = await openBench(scene('demo'), { signedIn: false });
    expect(screen.getByText('演示停车场 · 自动登录 · 仅本机')).toBeTruthy();
    expect(useSession.getState().user?.name).toBe('demo');
    await bench.user.click(screen.getByRole('button', { name: '退出' }));
    await bench.settle();
    expect(useSession.getState().user).toBeNull();
    await bench.user.click(screen.getByRole('button', { name: '进入演示停车场' }));
    await bench.settle();
    expect(useSession.getState().user?.name).toBe('demo');
    bench.stop();
  });

  it('takes its last picture with it when it ends: no car of the demo stands in the real car park', async () => {
    const station = new FakeStation(scene('demo'));
    const wire = line(station);
    await turns();
    wire.goDown();
    await turns();
    expect(useLive.getState().frame).toMatchObject({ siteName: '演示停车场' });

    station.scene = { ...scene('idle'), siteName: '滨海广场' };
    const mixed: unknown[] = [];
    const stopLooking = useSession.subscribe(({ status }) => {
      if (status?.demo === false) mixed.push(useLive.getState().frame?.siteName);
    });
    wire.comeBack();
    wire.passWait();
    await turns();
    stopLooking();
    expect(mixed).not.toHaveLength(0);
    expect(mixed).not.toContain('演示停车场');
    wire.stop();
  });
});

describe('back-off', () => {
  it('grows to five seconds and no further, and spreads by at most two fifths', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((n) => backoffMs(n, 1))).toEqual([300, 600, 1200, 2400, 4800, 5000, 5000]);
    expect(backoffMs(6, 0)).toBe(3000);
  });
});

describe('the journal on screen', () => {
  const row = (seq: number) => event(seq, 0, { kind: 'station-stopped', body: {} });

  it('joins rows by number, newest first, and stays bounded', () => {
    const merged = mergeEvents([row(3), row(1)], [row(2), row(3)]);
    expect(merged.map((each) => each.seq)).toEqual([3, 2, 1]);
    const many = mergeEvents(
      [],
      Array.from({ length: 900 }, (_, index) => row(index + 1)),
    );
    expect(many).toHaveLength(200);
    expect(many[0]?.seq).toBe(900);
  });

  it('drops the old rows when the journal begins anew', () => {
    const station = new FakeStation(scene('charging'));
    applyFrame({ ...station.frame(0), seq: 500 });
    applyFrame({ ...station.frame(0), seq: 2, events: [row(2)] });
    expect(useLive.getState().events.map((each) => each.seq)).toEqual([2]);
  });
});
