/**
 * `node scripts/screenshot.mjs`: the picture in the README, taken of the running demo: a car waits at the exit to pay.
 * Needs Chromium and Chinese fonts on this machine.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from './lib/build.mjs';
import { inRoot, pinnedNode } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

const target = inRoot('docs', 'images', 'booth.png');
const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!browser) throw new Error('there is no Chromium here');
if (!(await ensureBuilt(['client']))) throw new Error('the screens could not be built');

const data = mkdtempSync(join(tmpdir(), 'gatehouse-picture-'));
const args = [inRoot('scripts', 'station.mjs'), '--data', data, '--port', '0', '--demo'];
const station = spawn(pinnedNode(), args, { stdio: ['ignore', 'pipe', 'ignore'] });
const ended = new Promise((resolve) => station.once('exit', resolve));
const { chromium } = await import('playwright-core');
const program = await chromium.launch({
  executablePath: browser,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const line = await new Promise((resolve) => createInterface({ input: station.stdout }).once('line', resolve));
  const { url } = JSON.parse(line);
  const page = await program.newPage({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  await page.goto(url);
  await page.getByText('应收', { exact: false }).first().waitFor({ timeout: 180_000 });
  // Pictures of the car arrive a moment after its plate.
  await page.waitForTimeout(1_500);
  mkdirSync(inRoot('docs', 'images'), { recursive: true });
  await page.screenshot({ path: target });
  say(`wrote ${target}`);
} finally {
  await program.close();
  station.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}
