import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { tempDirectory } from '../support/temp-store.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const place = tempDirectory();
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What a stranger has: the files that git knows, and no package. */
function bareClone(): string {
  const clone = join(place, 'clone');
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  return clone;
}

/**
 * This very run began without packages, on a clean clone, and the same script got them: what came of it serves once more. Everywhere
 * else the clone below gets its own.
 */
const installedNow = process.env['GATEHOUSE_INSTALLED_NOW'] === '1';

/** The machine's own Node: whatever stands on PATH once the project's packages are off it. */
const strangersPath = (process.env['PATH'] ?? '')
  .split(':')
  .filter((entry) => !entry.includes('node_modules'))
  .join(':');

it('a bare clone becomes a running station with one command', { timeout: 400_000 }, async () => {
  const clone = bareClone();
  expect(existsSync(join(clone, 'node_modules'))).toBe(false);
  if (installedNow) symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !name.startsWith('npm_') &&
        name !== 'NODE_OPTIONS' &&
        name !== 'NODE_ENV' &&
        name !== 'DISPLAY' &&
        !name.startsWith('VITE'),
    ),
  );
  const child = spawn(
    'npm',
    ['run', '--silent', 'serve', '--', '--data', join(place, 'data'), '--port', '0', '--demo'],
    {
      cwd: clone,
      env: { ...environment, PATH: strangersPath },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const progress: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => progress.push(text));
  try {
    const ready = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', resolve);
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${progress.join('').slice(-2000)}`)));
    });
    // The first line of standard output is the ready line, however much was installed before it.
    const { event, url } = JSON.parse(ready) as { event: string; url: string };
    expect(event).toBe('ready');
    expect(progress.join('').includes('npm ci')).toBe(!installedNow);
    const page = await (await fetch(url)).text();
    expect(page).toContain('<div id="root">');

    // The demo car park: cars move within a minute of being ready.
    const signIn = await fetch(`${url}/api/v1/demo-sign-in`, { method: 'POST' });
    const { token } = (await signIn.json()) as { token: string };
    const until = Date.now() + 60_000;
    for (let cars = 0; cars === 0; ) {
      expect(Date.now()).toBeLessThan(until);
      const stays = await fetch(`${url}/api/v1/sessions`, { headers: { authorization: `Bearer ${token}` } });
      cars = ((await stays.json()) as { total: number }).total;
      if (cars === 0) await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  }
});
