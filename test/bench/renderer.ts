import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { z } from 'zod';
import type { LaneView } from '../../shared/contract/lanes.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import { bill, charging, lane, passage, plate, stay } from '../fakes/station/build.ts';
import { storedStay } from '../fakes/station/events.ts';
import { type ServedFake, serveFake } from '../fakes/station/serve.ts';
import { findChromium, launchChromium, NO_CHROMIUM } from '../support/browser.ts';
import { percentile, report } from './report.ts';

/**
 * The booth through a busy quarter of an hour: four lanes at five events a second each in a headless Chromium. What is measured is
 * the page: memory after a forced collection at the start and at the end, frames per second, and tasks so long that a key would be felt
 * to hang.
 *
 * Usage: node test/bench/renderer.ts [--minutes 10] [--root dist/renderer]
 */
const LANES = ['in1', 'out2', 'in3', 'out4'] as const;
const EVENTS_PER_SECOND = 5;
const WARM_UP_MS = 10_000;
const KEPT_EVENTS = 300;
const MEGABYTE = 1024 * 1024;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    root: { type: 'string', default: fileURLToPath(new URL('../../dist/renderer', import.meta.url)) },
  },
});
const minutes = Number(values.minutes);
const executable = findChromium();
if (!executable) throw new Error(NO_CHROMIUM);
if (!existsSync(values.root)) throw new Error(`no built screens at ${values.root}: build the client first`);

const measured = z.object({ frames: z.array(z.number()), longTasks: z.array(z.number()) });
const spaces = { total: 150, open: 130, free: 57, inside: 93 };
const outLane = { id: 'out2', name: '东门出口', number: 2 };

/** What a lane goes through with one car, one step an event. */
function steps(id: string, car: number): readonly Partial<LaneView>[] {
  const of = plate(`鲁B${String(10_000 + (car % 90_000))}`);
  const passageId = `${id}-${car}`;
  const paying = charging(passageId, of, { bill: bill({ id: `bill-${passageId}` }) });
  const read = passage(passageId, of, { photoId: car % 2 === 0 ? 'entry' : 'exit' });
  if (id.startsWith('in'))
    return [
      { phase: 'cleared', passage: { ...read, stay: stay(of, 1) } },
      { phase: 'cleared', passage: { ...read, stay: stay(of, 1) }, waiting: [of] },
      { phase: 'idle', passage: null, waiting: [] },
    ];
  return [
    { phase: 'attention', passage: { ...read, attention: 'no-entry' } },
    { phase: 'charging', passage: paying },
    { phase: 'cleared', passage: paying },
    { phase: 'idle', passage: null },
  ];
}

/** Cars at one lane until it is stopped. */
function traffic({ station }: ServedFake, id: string): () => void {
  let car = 0;
  let at = 0;
  const timer = setInterval(() => {
    const now = steps(id, car)[at];
    if (now) station.changeLane(id, now);
    const of = plate(`鲁B${String(10_000 + (car % 90_000))}`);
    const about = {
      key: null,
      laneId: id,
      passageId: `${id}-${car}`,
      actor: { kind: 'station', name: 'station' },
    } as const;
    const left = {
      stay: storedStay(of, 1500),
      lane: outLane,
      booth: null,
      spaces,
      how: 'paid',
      reason: null,
      steps: [],
    };
    station.addEvent(
      at === 2
        ? { ...about, kind: 'vehicle-exited', body: left }
        : { ...about, kind: 'passage-waiting', body: { reason: 'no-entry', plate: of } },
    );
    station.change({
      events: station.scene.events.slice(-KEPT_EVENTS),
      spaces: { ...spaces, free: 57 - (car % 40), inside: 93 + (car % 40) },
    });
    at += 1;
    if (at >= steps(id, car).length) {
      at = 0;
      car += 1;
    }
  }, 1000 / EVENTS_PER_SECOND);
  return () => clearInterval(timer);
}

/** Prints a figure, and hands it to whoever collects them. */
function figure(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(32)} ${value.toPrecision(4).padStart(10)} ${unit}\n`);
  report(name, value, unit);
}

async function heapOf(session: CDPSession): Promise<number> {
  // Twice: what the first collection lets go of by finalizers, the second one takes.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = { frames: [] as number[], longTasks: [] as number[] };
    Object.assign(window, { kept });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    let count = 0;
    let since = performance.now();
    const frame = (now: number): void => {
      count += 1;
      if (now - since >= 1000) {
        kept.frames.push((count * 1000) / (now - since));
        count = 0;
        since = now;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

const served = await serveFake(values.root, 'four');
served.station.now = Date.now;
served.station.change({
  lanes: LANES.map((id, index) => lane(id, `${index + 1}号道`, id.startsWith('in') ? 'in' : 'out')),
});
served.station.tokens.set('bench', served.station.scene.user);
const browser = await launchChromium(executable);
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(() => sessionStorage.setItem('gatehouse.token', 'bench'));
  await page.goto(served.url);
  await page.locator('.booth').waitFor();
  const session = await page.context().newCDPSession(page);
  const stops = LANES.map((id) => traffic(served, id));
  await page.waitForTimeout(WARM_UP_MS);
  const before = await heapOf(session);
  await watch(page);
  const began = served.station.scene.events.at(-1)?.seq ?? 0;
  process.stdout.write(
    `${LANES.length} lanes, ${EVENTS_PER_SECOND} events a second each, from ${toRfc3339(Date.now())} for ${minutes} min\n`,
  );
  await page.waitForTimeout(minutes * 60_000);
  const { frames, longTasks } = measured.parse(await page.evaluate('window.kept'));
  const events = (served.station.scene.events.at(-1)?.seq ?? 0) - began;
  for (const stop of stops) stop();
  const after = await heapOf(session);
  figure('events shown', events / (minutes * 60), '/s');
  figure('heap at the start', before / MEGABYTE, 'MB');
  figure('heap at the end', after / MEGABYTE, 'MB');
  figure('heap end / start', after / before, 'x');
  figure('frames per second, median', percentile(frames, 0.5), 'fps');
  figure('frames per second, worst 5 %', percentile(frames, 0.05), 'fps');
  figure('long tasks a minute', longTasks.length / minutes, '/min');
  figure('longest task', Math.max(0, ...longTasks), 'ms');
} finally {
  await browser.close();
  await served.stop();
}
