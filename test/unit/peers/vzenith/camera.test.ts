import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TINY_JPEG_BASE64, tinyJpeg } from '../../../peers/jpeg.ts';
import { listen } from '../../../peers/sockets.ts';
import { VzenithCamera } from '../../../peers/vzenith/index.ts';

type Handler = (body: string, response: ServerResponse, request: IncomingMessage) => void;

const bodies: string[] = [];
let server: Server;
let url: string;
let handle: Handler;
let camera: VzenithCamera;

const answer = (response: ServerResponse, parts: object): void => {
  response.end(JSON.stringify({ Response_AlarmInfoPlate: parts }));
};
const plateOf = (body: string) => JSON.parse(body).AlarmInfoPlate.result.PlateResult;

beforeEach(async () => {
  bodies.length = 0;
  handle = (_body, response) => answer(response, { info: 'no' });
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      handle(body, response, request);
    });
  });
  const port = await listen(server, 0);
  url = `http://127.0.0.1:${port}/devices/vzenith-http`;
  camera = new VzenithCamera({
    serialno: 'SN-1',
    url,
    timeoutMs: 300,
    resendPauseMs: 1,
    cometErrorPauseMs: 5,
    arm: { travelMs: 0 },
  });
});
afterEach(async () => {
  await camera.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('after a power loss its clock is in 1970 and its counter at the first number', async () => {
  await camera.push('粤B12345');
  await camera.push('粤B12346');
  camera.powerLoss();
  await camera.push('粤B12347');
  expect(bodies.map(plateOf).map(({ plateid }) => plateid)).toEqual([1, 2, 1]);
  const { sec, decyear } = plateOf(bodies[2] ?? '').timeStamp.Timeval;
  expect([decyear, Math.floor(sec / 60)]).toEqual([1970, 1]);
});

describe('a plate push', () => {
  test('carries the whole record', async () => {
    const capturedAt = Date.UTC(2026, 10, 22, 1, 30, 0);
    await camera.push('粤B12345', { image: tinyJpeg(), capturedAt, colorType: 5, triggerType: 8 });
    const { AlarmInfoPlate: push } = JSON.parse(bodies[0] ?? '');
    expect(push).toMatchObject({
      channel: 0,
      deviceName: 'IN1',
      ipaddr: '192.168.1.100',
      serialno: 'SN-1',
      user_data: '',
    });
    expect(push.result.PlateResult).toMatchObject({
      license: '粤B12345',
      plateid: 1,
      isoffline: 0,
      colorType: 5,
      triggerType: 8,
      imageFile: TINY_JPEG_BASE64,
      imageFragmentFile: '',
      timeStamp: {
        Timeval: { decyear: 2026, decmon: 11, decday: 22, dechour: 9, decmin: 30, decsec: 0, sec: 1795311000 },
      },
    });
  });

  test('moves the arm on exactly "ok", and says for which plate', async () => {
    for (const info of ['no', 'OK', 'ok']) {
      handle = (_body, response) => answer(response, { info });
      await camera.push('粤B12345');
    }
    expect(camera.arm.pulses).toMatchObject([
      { relay: 0, ms: 500, cause: { kind: 'plate-reply', plateId: 3, offline: false } },
    ]);
    expect(camera.arm.state).toBe('open');
    expect(camera.protocolFaults).toEqual([]);
  });

  test('measures each attempt', async () => {
    handle = (_body, response) => setTimeout(() => answer(response, { info: 'no' }), 20);
    await camera.push('粤B12345');
    expect(camera.attempts).toHaveLength(1);
    expect(camera.attempts[0]?.ms).toBeGreaterThan(15);
  });

  test('is sent again after an error, the same record, until it is answered', async () => {
    handle = (_body, response) => {
      if (bodies.length === 1) response.writeHead(500).end();
      else if (bodies.length === 2) response.destroy();
      else if (bodies.length === 3) response.end('{"status":"ok"}');
      else if (bodies.length === 5) answer(response, { info: 'ok' });
    };
    const result = await camera.push('粤B12345');
    expect(result.outcome).toBe('answered');
    expect(result.attempts.map(({ status, error }) => status ?? error)).toEqual([
      500,
      'ECONNRESET',
      200,
      'timeout',
      200,
    ]);
    expect(bodies.map((body) => plateOf(body).plateid)).toEqual([1, 1, 1, 1, 1]);
    expect(camera.arm.openings).toHaveLength(1);
    expect(camera.protocolFaults).toEqual(['reply has no Response_AlarmInfoPlate object']);
  });
});

describe('the offline store', () => {
  const down: Handler = (_body, response) => response.destroy();
  /** Acknowledges stored records and asks for the next one. */
  const up: Handler = (body, response) => {
    const { plateid, isoffline } = plateOf(body);
    answer(response, { info: 'no', ...(isoffline === 1 ? { ContinuePushOffline: { plateid, continue: 1 } } : {}) });
  };

  test('takes what five attempts could not deliver, and hands it over oldest first', async () => {
    handle = down;
    expect((await camera.push('粤B00001')).outcome).toBe('stored');
    expect((await camera.push('粤B00002')).outcome).toBe('stored');
    expect(bodies).toHaveLength(10);
    bodies.length = 0;
    handle = up;
    await camera.push('粤B00003');
    await camera.waitFor(() => camera.stored.length === 0, 'empty store');
    expect(bodies.map((body) => [plateOf(body).plateid, plateOf(body).isoffline])).toEqual([
      [3, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  test('goes on only while it is asked to', async () => {
    for (const plate of ['粤B00001', '粤B00002']) camera.keep(plate);
    handle = (body, response) =>
      answer(response, { ContinuePushOffline: { plateid: plateOf(body).plateid, continue: 0 } });
    expect(await camera.deliverStored()).toBe(1);
    expect(camera.stored.map((record) => record.plateId)).toEqual([2]);
  });

  test('keeps a record that was not acknowledged by its own number', async () => {
    camera.keep('粤B00001');
    handle = (_body, response) => answer(response, { ContinuePushOffline: { plateid: 99, continue: 1 } });
    expect(await camera.deliverStored()).toBe(0);
    handle = (_body, response) => answer(response, { info: 'no' });
    expect(await camera.deliverStored()).toBe(0);
    expect(camera.stored).toHaveLength(1);
    expect(camera.protocolFaults).toEqual([
      'stored record 1: acknowledged 99',
      'stored record 1: acknowledged nothing',
    ]);
  });

  test('gives way to a live plate, so that a record can come twice', async () => {
    camera.keep('粤B00001');
    handle = (body, response, request) => {
      if (plateOf(body).isoffline === 0 || bodies.length > 2) up(body, response, request);
    };
    const delivering = camera.deliverStored();
    await camera.waitFor(() => bodies.length === 1, 'stored record on its way');
    await camera.push('粤B00002');
    expect(await delivering).toBe(0);
    expect(camera.attempts[0]).toMatchObject({ plateId: 1, offline: true, error: 'aborted' });
    await camera.waitFor(() => camera.stored.length === 0, 'empty store');
    expect(bodies.map((body) => plateOf(body).plateid)).toEqual([1, 2, 1]);
  });

  test('shows when an old record opens the arm', async () => {
    camera.keep('粤B00001');
    handle = (_body, response) => answer(response, { info: 'ok', ContinuePushOffline: { plateid: 1, continue: 0 } });
    await camera.deliverStored();
    expect(camera.arm.pulses).toMatchObject([{ cause: { kind: 'plate-reply', plateId: 1, offline: true } }]);
  });

  test('forgets the oldest when it is full, and counts them', async () => {
    const small = new VzenithCamera({ serialno: 'SN-2', url, storeLimit: 2 });
    for (const plate of ['粤B00001', '粤B00002', '粤B00003']) small.keep(plate);
    expect([small.stored.map((record) => record.plateId), small.lost]).toEqual([[2, 3], 1]);
  });
});

describe('heartbeats', () => {
  test('a normal one is a form, and its reply moves nothing', async () => {
    handle = (_body, response) => answer(response, { info: 'ok' });
    await camera.heartbeat();
    expect(bodies).toEqual([
      'device_name=IN1&ipaddr=192.168.1.100&port=80&user_name=admin&pass_wd=x&serialno=SN-1&channel_num=1',
    ]);
    expect(camera.arm.pulses).toEqual([]);
  });

  test('normal ones go on until the camera stops', async () => {
    camera.startHeartbeat(1);
    await camera.waitFor(() => bodies.length >= 3, 'three heartbeats');
    await camera.stop();
  });

  test('comet obeys the reply, asks again at once, and pauses after an error', async () => {
    const parked: ServerResponse[] = [];
    handle = (_body, response) => {
      if (bodies.length === 1) response.end('{"status":"ok"}');
      else if (bodies.length === 2) answer(response, { info: 'ok', channelNum: 0 });
      else if (bodies.length === 3) response.writeHead(503).end();
      else parked.push(response);
    };
    camera.startComet();
    await camera.waitFor(() => parked.length === 1, 'parked poll');
    expect(camera.comet).toEqual({ polls: 2, errors: 1, running: true });
    expect(camera.arm.pulses).toMatchObject([{ relay: 0, cause: { kind: 'comet' } }]);
    await camera.stop();
    expect(camera.comet.running).toBe(false);
    expect(bodies).toHaveLength(4);
  });
});

describe('other pushes', () => {
  test('inputs and serial bytes', async () => {
    await camera.gio(0, 1);
    await camera.serialIn(1, Buffer.from('abc'));
    expect(bodies.map((body) => JSON.parse(body))).toEqual([
      {
        AlarmGioIn: {
          deviceName: 'IN1',
          ipaddr: '192.168.1.100',
          serialno: 'SN-1',
          result: { TriggerResult: { source: 0, value: 1 } },
        },
      },
      { SerialData: { serialChannel: 1, data: 'YWJj', dataLen: 3, serialno: 'SN-1' } },
    ]);
  });

  test('a picture goes where the reply wants it', async () => {
    const paths: (string | undefined)[] = [];
    handle = (body, response, request) => {
      paths.push(request.url);
      const { port } = new URL(url);
      const wish = { port: Number(port), snapImageRelativeUrl: '/snap/1', snapImageAbsolutelyUrl: '' };
      answer(response, body.startsWith('{"AlarmInfoPlate"') ? { info: 'no', TriggerImage: wish } : {});
    };
    await camera.push('粤B12345');
    await camera.waitFor(() => camera.snapshots.length === 1, 'picture');
    expect(paths).toEqual(['/devices/vzenith-http', '/snap/1']);
    expect(JSON.parse(bodies[1] ?? '')).toEqual({
      TriggerImage: {
        ipaddr: '192.168.1.100',
        serialno: 'SN-1',
        imageFile: TINY_JPEG_BASE64,
        imageFileLen: TINY_JPEG_BASE64.length,
      },
    });
  });
});
