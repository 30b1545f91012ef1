import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer } from '../../../electron/main/app-protocol.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-screens-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer/index.html'), '<title>岗亭</title>');
  writeFileSync(join(folder, 'renderer/assets/a b.js'), 'export {};');
  writeFileSync(join(folder, 'renderer/.built-from'), 'x');
  writeFileSync(join(folder, 'secret.json'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => answer(join(folder, 'renderer'), { url, method });

test('the first page comes with a policy that lets no script in from elsewhere', async () => {
  const response = await get('app://gatehouse/');
  expect(await response.text()).toBe('<title>岗亭</title>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('unsafe-eval');
});

test('files are found by their decoded names', async () => {
  const response = await get('app://gatehouse/assets/a%20b.js?v=1#x');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

test.each([
  'app://gatehouse/../secret.json',
  'app://gatehouse/%2e%2e/secret.json',
  'app://gatehouse/..%2fsecret.json',
  'app://gatehouse/assets/..%2f..%2f..%2fsecret.json',
  'app://gatehouse//etc/hosts.json',
  'app://gatehouse/index.html%00.js',
  'app://gatehouse/%E0%A4%A.js',
  'app://gatehouse/.built-from',
  'app://gatehouse/assets',
  'app://elsewhere/index.html',
  'https://gatehouse/index.html',
  'not an address',
])('%s is not served', async (url) => {
  expect((await get(url)).status).toBe(404);
});

test('only reading is served', async () => {
  expect((await get('app://gatehouse/index.html', 'POST')).status).toBe(404);
});
