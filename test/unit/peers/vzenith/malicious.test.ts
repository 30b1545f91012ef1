import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../../peers/sockets.ts';
import { BROKEN_BODIES, type BrokenKind, sendBroken, sendHuge, sendSlow } from '../../../peers/vzenith/index.ts';

let server: Server;
let url: string;
/** Bytes of each request's body, and the body itself while it is small. */
const seen: { bytes: number; text: Buffer }[] = [];
let limit: number;

beforeEach(async () => {
  seen.length = 0;
  limit = Number.POSITIVE_INFINITY;
  server = createServer((request, response) => {
    const record = { bytes: 0, text: Buffer.alloc(0) };
    seen.push(record);
    request.on('data', (chunk: Buffer) => {
      record.bytes += chunk.length;
      if (record.bytes < 1_000_000) record.text = Buffer.concat([record.text, chunk]);
      if (record.bytes > limit) request.destroy();
    });
    request.on('error', () => undefined);
    request.on('end', () => response.end('{}'));
  });
  url = `http://127.0.0.1:${await listen(server, 0)}/`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('broken bodies arrive broken', async () => {
  const kinds = Object.keys(BROKEN_BODIES).filter((kind): kind is BrokenKind => kind in BROKEN_BODIES);
  for (const kind of kinds) expect((await sendBroken(url, kind)).status).toBe(200);
  for (const [index, kind] of kinds.entries())
    expect(seen[index]?.text).toEqual(BROKEN_BODIES[kind]('a1b2c3d4-e5f60718'));
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(seen[kinds.indexOf('not-utf8')]?.text)).toThrow();
  expect(() => JSON.parse(String(seen[kinds.indexOf('truncated')]?.text))).toThrow();
});

test('a huge push is valid JSON of the exact size, declared or not', async () => {
  for (const declared of [true, false])
    expect(await sendHuge(url, 500_000, declared)).toMatchObject({ status: 200, sentBytes: 500_000 });
  expect(seen.map((record) => record.bytes)).toEqual([500_000, 500_000]);
  expect(JSON.parse(String(seen[0]?.text)).AlarmInfoPlate.result.PlateResult.imageFile).toMatch(/^A{400000}/);
});

test('a huge push notices when it is cut', async () => {
  limit = 100_000;
  const result = await sendHuge(url, 30_000_000);
  expect(result.status).toBeNull();
  expect(result.sentBytes).toBeLessThan(30_000_000);
});

test('a slow push comes in pieces and gives up in time', async () => {
  const result = await sendSlow(url, { bytesPerPiece: 10, pauseMs: 20, timeoutMs: 300 });
  expect(result).toMatchObject({ status: null, error: 'timeout' });
  expect(seen[0]?.bytes).toBeGreaterThan(0);
  expect(seen[0]?.bytes).toBeLessThan(500);
});
