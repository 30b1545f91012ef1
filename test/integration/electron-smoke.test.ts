import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Electron program, found without importing its package, which would start a download. */
function electronBinary(): string | undefined {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist');
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

test('the desktop program opens its window and finds its station', async (ctx) => {
  const executablePath = electronBinary();
  if (executablePath === undefined) return ctx.skip('the Electron program is not here (it is a download of its own)');
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return ctx.skip('there is no display');
  if (!existsSync(join(root, 'dist/main/main.js'))) return ctx.skip('the desktop program is not built');
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-smoke-'));
  const program = await _electron.launch({ executablePath, args: [root, '--data', data, '--port', '0'] });
  try {
    const page = await program.firstWindow();
    await page.waitForLoadState();
    expect(page.url()).toMatch(/^app:\/\/gatehouse\//);
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
    await page.locator('#root > *').first().waitFor();
  } finally {
    await program.close();
    rmSync(data, { recursive: true, force: true });
  }
});
