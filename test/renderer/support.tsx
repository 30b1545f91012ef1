import { createRouterClient } from '@orpc/server';
import { act, cleanup, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { App } from '../../renderer/app/App.tsx';
import { initialPay, usePay } from '../../renderer/features/booth/pay/pay-store.ts';
import { initialBooth, useBooth } from '../../renderer/features/booth/store.ts';
import { initialKerb, useKerb } from '../../renderer/features/kerb/store.ts';
import { useHeard } from '../../renderer/lib/alarm-ack.ts';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import type { Language } from '../../renderer/lib/i18n/language.ts';
import { defaultPrefs, setPrefs } from '../../renderer/lib/prefs.ts';
import { go } from '../../renderer/lib/route.ts';
import { keepConnected } from '../../renderer/lib/station/connection.ts';
import { initialLive, useLive } from '../../renderer/lib/station/live.ts';
import { initialSession, useSession } from '../../renderer/lib/station/session.ts';
import type { Transport } from '../../renderer/lib/station/transport.ts';
import type { StationClient } from '../../shared/contract/index.ts';
import { FakeStation, type Scene } from '../fakes/station/fake-station.ts';
import type { FakeConnection } from '../fakes/station/implementer.ts';
import { fakeRouter } from '../fakes/station/router.ts';
import { scenarios } from '../fakes/station/scenarios.ts';

/** What is waited for comes in its own time on a busy machine, above all a screen whose files are loaded first. */
configure({ asyncUtilTimeout: 15_000 });

export function scene(name: string): Scene {
  const found = scenarios[name];
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
}

/** A connection to the fake inside this process: the whole contract, no socket. Cutting it ends its live stream. */
export function transportTo(station: FakeStation): Transport & { cut: () => void } {
  const context: FakeConnection = { user: null };
  const closed = Promise.withResolvers<void>();
  const client: StationClient = createRouterClient(fakeRouter(station), { context });
  return { client, closed: closed.promise, close: () => closed.resolve(), cut: () => closed.resolve() };
}

export function resetStores(): void {
  cleanup();
  setPrefs(defaultPrefs());
  useHeard.setState({ keys: new Set() });
  usePay.setState(initialPay, true);
  localStorage.clear();
  sessionStorage.clear();
  useSession.setState(initialSession, true);
  useLive.setState(initialLive, true);
  useBooth.setState(initialBooth, true);
  useKerb.setState(initialKerb, true);
  go('booth');
}

/** What the page takes for its time while it is held. It never goes back, also not from one file to the next. */
let pageMs = 0;

function holdPageTime(): () => void {
  pageMs = Math.max(pageMs, performance.now()) + 60_000;
  const held = vi.spyOn(performance, 'now').mockImplementation(() => pageMs);
  return () => held.mockRestore();
}

/** Time passes for a booth: between keys, and since a car is on show. Its timers run by the machine's. */
export function passPageTime(ms: number): void {
  pageMs += ms;
}

export interface Bench {
  readonly station: FakeStation;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Lets answers and frames arrive and be drawn. */
  settle(): Promise<void>;
  stop(): void;
}

/** The whole UI over a fake station, signed in unless told otherwise. */
export async function openBench(
  from: Scene,
  options: { signedIn?: boolean; language?: Language; heldTime?: boolean } = {},
): Promise<Bench> {
  resetStores();
  startI18n(options.language ?? 'zh-CN');
  const station = new FakeStation(from);
  if (options.signedIn ?? true) {
    station.tokens.set('known', from.user);
    sessionStorage.setItem('gatehouse.token', 'known');
  }
  const stopper = new AbortController();
  const letGo = options.heldTime ? holdPageTime() : () => undefined;
  render(<App />);
  void keepConnected({
    open: () => Promise.resolve(transportTo(station)),
    wait: () => Promise.resolve(),
    random: () => 0,
    signal: stopper.signal,
  });
  const settle = async (): Promise<void> => {
    await act(async () => {
      for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setTimeout(resolve, 4));
    });
  };
  await settle();
  const stop = (): void => {
    stopper.abort();
    letGo();
  };
  // Without a pause nothing comes between the keys of one call.
  return { station, user: userEvent.setup({ delay: null }), settle, stop };
}

/**
 * As {@link openBench}, where the page's time stands still: how quick a hand is and how long a car has been on show are the test's to
 * say, not the machine's. Not for screens that are loaded when they are wanted: React goes by the same time and would wait for ever.
 */
export function openBooth(from: Scene, options: { signedIn?: boolean; language?: Language } = {}): Promise<Bench> {
  return openBench(from, { ...options, heldTime: true });
}

/** Presses keys as a hand does: what comes faster is taken for a scan gun, and a single key is held back until it is none. */
export async function byHand(bench: Bench, keys: string): Promise<void> {
  await bench.user.keyboard(keys);
  passPageTime(80);
  if (keys.length === 1) await act(() => new Promise((resolve) => setTimeout(resolve, 80)));
}

/** Lets the moment pass in which a car has only just appeared and no money key is taken. */
export function ageShownCar(): void {
  useBooth.setState((state) => ({ shown: { ...state.shown, since: state.shown.since - 60_000 } }));
}
