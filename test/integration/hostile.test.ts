import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { jpegOfSize } from '../peers/jpeg.ts';
import { BROKEN_BODIES, type BrokenKind, sendBroken, sendHuge, sendSlow } from '../peers/vzenith/index.ts';
import { CarPark } from '../support/car-park.ts';
import { ENTRY_SERIAL } from '../support/provision.ts';
import { seeded } from '../support/random.ts';
import { median, until } from '../support/until.ts';

const MEGABYTE = 1024 * 1024;
let park: CarPark;
let calm: number;
beforeAll(async () => {
  park = await CarPark.open();
  calm = median((await goodCars(10)).map((push) => push.ms));
});
afterAll(async () => {
  await park.close();
});

let cars = 0;
const image = jpegOfSize(50_000);

/** Cars one after the other; each must be let in. */
async function goodCars(count: number, stop?: AbortSignal): Promise<{ readonly ms: number }[]> {
  const answers: { ms: number }[] = [];
  for (let turn = 0; turn < count && !stop?.aborted; turn++) {
    const plate = `鲁B7${String(++cars).padStart(4, '0')}`;
    const push = await park.entry.push(plate, { image });
    expect([plate, push.reply?.info, push.attempts.length]).toEqual([plate, 'ok', 1]);
    answers.push({ ms: push.attempts[0]?.ms ?? NaN });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return answers;
}

/** Good cars keep coming while `attack` goes on: they are answered as if nothing were. */
async function underAttack(what: string, attack: () => Promise<void>): Promise<void> {
  const lines = park.station.stderr.length;
  const over = new AbortController();
  const good = goodCars(500, over.signal);
  try {
    await attack();
  } finally {
    over.abort();
  }
  const answers = await good;
  expect(answers.length).toBeGreaterThan(0);
  expect(median(answers.map(({ ms }) => ms)), `${what}: median answer to a good camera`).toBeLessThan(calm * 5 + 50);
  expect(Math.max(...answers.map(({ ms }) => ms)), `${what}: slowest answer to a good camera`).toBeLessThan(1500);
  expect(park.station.running).toBe(true);
  const written = park.station.logs().slice(lines);
  expect(written.length, `${what}: ${JSON.stringify(written.slice(0, 5))}`).toBeLessThan(15);
  expect(written.filter(({ level }) => level >= 50)).toEqual([]);
}

/** A bare connection; what comes back is collected until the other side closes. */
function raw(text: string | Buffer): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(park.station.port, '127.0.0.1');
  let received = '';
  const answer = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });
  socket.write(text);
  return { socket, answer };
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

test('bodies of 30 MB are turned away, declared or not, and cost no memory', async () => {
  const before = park.station.memory();
  let peak = before ?? 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, park.station.memory() ?? 0);
  }, 50);
  await underAttack('30 MB', async () => {
    for (let round = 0; round < 3; round++)
      for (const declared of [true, false]) {
        const sent = await Promise.all(
          Array.from({ length: 3 }, () => sendHuge(park.station.cameraUrl, 30_000_000, declared, ENTRY_SERIAL)),
        );
        for (const { status, error } of sent) if (error === null) expect(status).toBe(413);
        for (const { sentBytes } of sent) expect(sentBytes).toBeLessThan(30_000_000);
      }
  });
  clearInterval(watch);
  // Three at once, of at most 10 MB each, and what the collector has not taken yet.
  if (before !== undefined) expect(peak - before).toBeLessThan(200 * MEGABYTE);
});

test('bodies that are no push are refused and change nothing', async () => {
  const before = await park.events('plate-read');
  const goodBefore = cars;
  await underAttack('broken bodies', async () => {
    for (let round = 0; round < 10; round++)
      for (const kind of Object.keys(BROKEN_BODIES) as BrokenKind[]) {
        const { status, error } = await sendBroken(park.station.cameraUrl, kind, 'SN-NOBODY');
        expect([kind, error]).toEqual([kind, null]);
        expect([kind, status === 200 || status === 400]).toEqual([kind, true]);
      }
  });
  const after = await park.events('plate-read');
  expect(after.length - before.length).toBe(cars - goodBefore);
  const health = await park.station.raw('/api/v1/health');
  expect(await health.json()).toMatchObject({ status: 'ok' });
});

test.each(['json', 'application', '', '{}'])('a camera that calls its content %j is understood', async (type) => {
  const body = JSON.stringify({
    AlarmInfoPlate: { serialno: 'SN-NOBODY', result: { PlateResult: { license: '鲁B00000' } } },
  });
  const head = `POST /devices/vzenith-http HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\n`;
  const { answer } = raw(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const received = await answer;
  expect([statusOf(received), received.includes('Response_AlarmInfoPlate')]).toEqual([200, true]);
});

test('clients that trickle headers or bodies are cut off', { timeout: 45_000 }, async () => {
  await underAttack('trickling', async () => {
    const url = park.station.cameraUrl;
    const started = performance.now();
    const bodies = Array.from({ length: 20 }, () => sendSlow(url, { pauseMs: 200, timeoutMs: 30_000 }));
    const headers = Array.from({ length: 20 }, async () => {
      const { socket, answer } = raw('POST /devices/vzenith-http HTTP/1.1\r\nHost: a\r\n');
      const trickle = setInterval(() => socket.write('x: y\r\n'), 200);
      await answer;
      clearInterval(trickle);
      return performance.now() - started;
    });
    for (const cut of await Promise.all(headers)) expect(cut).toBeLessThan(15_000);
    for (const { status, error } of await Promise.all(bodies)) {
      expect(status === null || status === 408).toBe(true);
      expect(error).not.toBe('timeout');
    }
  });
});

test('300 idle connections and random bytes do not disturb the lanes', async () => {
  const random = seeded(7);
  const idle = Array.from({ length: 300 }, () => raw(''));
  await underAttack('noise', async () => {
    for (let round = 0; round < 60; round++) {
      const noise = Buffer.from(
        Array.from({ length: 1 + Math.floor(random() * 3000) }, () => Math.floor(random() * 256)),
      );
      const { socket, answer } = raw(noise);
      socket.end();
      await answer;
    }
    const answers = await Promise.all(
      [
        'GET / HTTP/9.9\r\n\r\n',
        'BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n',
        `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      ].map((text) => raw(text).answer),
    );
    for (const answer of answers) expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
  });
  for (const { socket } of idle) socket.destroy();
});

test('guessing passwords all day does not slow the lanes', async () => {
  await underAttack('guessing', async () => {
    const guess = (name: string) =>
      park.station.raw('/api/v1/sign-in', { method: 'POST', body: { name, password: 'one of many guesses' } });
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => guess(`nobody ${round} ${n}`)));
      for (const { status } of answers) expect(status).toBe(401);
    }
  });
});

test('paths that nobody serves are a problem document, on every method', async () => {
  const unknown = [
    '/nothing',
    '/api',
    '/api/v1',
    '/api/v1/nothing',
    '/api/v2/lanes',
    '/devices',
    '/devices/other',
    '/rpc',
  ];
  await underAttack('unknown paths', async () => {
    for (let round = 0; round < 10; round++)
      for (const path of unknown)
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
          const answer = await park.station.raw(path, { method });
          expect([method, path, answer.status]).toEqual([method, path, 404]);
          expect(answer.headers.get('content-type')).toContain('application/problem+json');
          expect(await answer.json()).toMatchObject({ type: 'about:blank', status: 404 });
        }
  });
});

/** How a WebSocket to the station ends: `open`, or the status of the refusal. */
function webSocket(path: string, headers: Readonly<Record<string, string>>): Promise<string | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${park.station.port}${path}`, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => resolve('error'));
  });
}

test("another site's page cannot speak to the station, whatever name it found for it", async () => {
  const own = `127.0.0.1:${park.station.port}`;
  expect(await webSocket('/rpc', {})).toBe('open');
  expect(await webSocket('/rpc', { origin: `http://${own}` })).toBe('open');
  expect(
    await webSocket('/rpc', {
      host: `localhost:${park.station.port}`,
      origin: `http://localhost:${park.station.port}`,
    }),
  ).toBe('open');
  expect(await webSocket('/rpc', { origin: 'https://evil.example' })).toBe(403);
  expect(await webSocket('/rpc', { origin: 'null' })).toBe(403);
  expect(await webSocket('/rpc', { origin: 'http://127.0.0.1:1' })).toBe(403);
  expect(await webSocket('/other', { origin: `http://${own}` })).toBe(403);
  // A name of the attacker's that now points here: to the browser the page and the station are one site.
  const rebound = `evil.example:${park.station.port}`;
  expect(await webSocket('/rpc', { host: rebound, origin: `http://${rebound}` })).toBe(403);
  for (const path of ['/api/v1/status', '/api/v1/health', '/api/openapi.json', '/']) {
    const { answer } = raw(`GET ${path} HTTP/1.1\r\nHost: ${rebound}\r\nConnection: close\r\n\r\n`);
    expect([path, statusOf(await answer)]).toEqual([path, 403]);
  }
});

test('a camera may call the station by any name', async () => {
  const body = 'serialno=SN-NOBODY';
  const { answer } = raw(
    `POST /devices/vzenith-http HTTP/1.1\r\nHost: gate.example\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(statusOf(await answer)).toBe(200);
});

test('no path leads out of the folder of the UI', async () => {
  const paths = [
    '/../package.json',
    '/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/../../../package.json',
    '/..%5cpackage.json',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/.built-from',
    '/index.html%00.js',
  ];
  for (const path of paths) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`).answer;
    expect([path, statusOf(answer) >= 400 && statusOf(answer) < 500]).toEqual([path, true]);
    expect(answer).not.toContain('"productName"');
    expect(answer).not.toContain('root:');
  }
});

test('after all of it the station is well, and stops when it is told', async () => {
  await goodCars(3);
  const quiet = await until('memory comes back', async () => {
    const memory = park.station.memory();
    return memory === undefined || memory < 500 * MEGABYTE;
  });
  expect(quiet).toBe(true);
  expect(park.entry.protocolFaults).toEqual([]);
  expect(await park.station.sigterm()).toBe(0);
});
