import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../../../../electron/station/platforms/vanke/answer.ts';
import { Network } from '../../../../electron/station/platforms/vanke/network.ts';
import { Uplink } from '../../../../electron/station/platforms/vanke/uplink.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { until } from '../../../support/until.ts';
import { type Answers, serveForms } from '../form-server.ts';
import { APP_ID, APP_SECRET, PARKING_LOT, settings, tokenFor } from './support.ts';

type Sent = Readonly<Record<string, unknown>>;
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Pushes before a platform that answers like this. */
async function facing(answer: Answers<Sent>, changes: Readonly<Record<string, unknown>> = {}) {
  const server = await serveForms((text): Sent => z.record(z.string(), z.unknown()).parse(JSON.parse(text)), answer);
  const clock = new FakeClock(Date.UTC(2017, 7, 18, 9, 14, 15));
  const heard: Answer[] = [];
  const network = new Network(clock);
  const uplink = new Uplink(settings({ baseUrl: `${server.baseUrl}/lot/`, ...changes }), clock, {}, (each) => {
    heard.push(each);
    network.heard(each);
  });
  open.push(async () => {
    await uplink.close();
    await server.close();
  });
  const post = (name: string, wire = {}, signal = new AbortController().signal) =>
    uplink.post(name, wire, signal, 'record');
  return { clock, server, uplink, post, heard, network };
}

describe('what is pushed', () => {
  it('is one flat object with the common fields, posted as JSON under the name of the interface', async () => {
    const { server, post } = await facing((_request, response) => response.end('{"respCode":"0","respDesc":""}'));
    const { trace } = await post('receiveCrossGate', { plateNumber: '', color: 'other', reliability: undefined });
    const [request] = server.received;
    expect(request?.path).toBe('/lot/receiveCrossGate');
    expect(request?.contentType).toMatch(/^application\/json\b/);
    expect(request?.form).toEqual({
      ...{ version: '1.0', appId: APP_ID, parkingLotId: PARKING_LOT, time: '20170818 17:14:15' },
      ...{ token: '2e6eef5a0bba5a666004298e76b2f1cf', plateNumber: '', color: 'other' },
    });
    expect(trace.request).toBe('POST /lot/receiveCrossGate');
    for (const secret of [APP_SECRET, '2e6eef5a0bba5a666004298e76b2f1cf'])
      expect(JSON.stringify(trace)).not.toContain(secret);
  });

  it('has a time and a token of its own each time', async () => {
    const { server, post, clock } = await facing((_request, response) =>
      response.end('{"respCode":"1","respDesc":""}'),
    );
    await post('receivePlateNumber');
    await clock.advance(61_000);
    await post('receivePlateNumber');
    const [first, second] = server.received.map(({ form }) => form);
    expect([first?.['time'], second?.['time']]).toEqual(['20170818 17:14:15', '20170818 17:15:16']);
    expect(second?.['token']).toBe(tokenFor('20170818 17:15:16'));
  });
});

describe('an answer', () => {
  it.each([
    ['"0"', 200, '{"respCode":"0","respDesc":""}', { code: '0', desc: '' }],
    ['"1" and why', 200, '{"respCode":"1","respDesc":"欠费"}', { code: '1', desc: '欠费' }],
    ['the number 0', 200, '{"respCode":0,"respDesc":null}', { code: '0', desc: '' }],
    ['fields that nobody knows', 200, '{"respCode":"0","data":[{}]}', { code: '0', desc: '' }],
  ])('of %s counts', async (_what, status, text, said) => {
    const { post, heard, network } = await facing((_request, response) => response.writeHead(status).end(text));
    expect((await post('receiveCrossGate')).answer).toMatchObject({ kind: 'answered', ...said });
    expect(heard).toHaveLength(1);
    expect(network.state.state).toBe('online');
  });

  it.each([
    ['the code "2"', 200, '{"respCode":"2","respDesc":""}'],
    ['no code', 200, '{"respDesc":"ok"}'],
    ['an empty code', 200, '{"respCode":""}'],
    ['a code that is true', 200, '{"respCode":true}'],
    ['the code of the sample that is to be ignored', 200, '{"response_code":"00"}'],
    ['broken JSON', 200, '{"respCode":"0"'],
    ['a list', 200, '[{"respCode":"0"}]'],
    ['a page', 200, '<html>0</html>'],
    ['nothing', 200, ''],
    ['HTTP 500, though it says "0"', 500, '{"respCode":"0","respDesc":""}'],
    ['HTTP 502', 502, 'bad gateway'],
    ['HTTP 302', 302, ''],
    ['HTTP 404', 404, '{"respCode":"1","respDesc":"no such interface"}'],
    ['HTTP 204', 204, ''],
    ['HTTP 201, though it says "0"', 201, '{"respCode":"0","respDesc":""}'],
  ])('of %s is none: a failure of the network', async (_what, status, text) => {
    const { post, network } = await facing((_request, response) => response.writeHead(status).end(text));
    expect((await post('receiveCrossGate')).answer).toMatchObject({ kind: 'failed', maybeArrived: true });
    expect(network.state.state).toBe('offline');
  });

  it('that takes longer than three seconds is none', async () => {
    const { post, clock, server } = await facing(() => undefined);
    const posted = post('receivePlateNumber');
    await until('it was sent', () => server.received.length === 1);
    let ended = false;
    void posted.then(() => {
      ended = true;
    });
    await clock.advance(2_999);
    expect(ended).toBe(false);
    await clock.advance(1);
    expect((await posted).answer).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it('of which half came in time is none', async () => {
    const { post, clock, server } = await facing((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"respCode":');
    });
    const posted = post('receivePlateNumber');
    await until('it was sent', () => server.received.length === 1);
    await clock.advance(3_000);
    expect((await posted).answer).toMatchObject({ kind: 'failed' });
  });

  it('cut off in the middle is none', async () => {
    const { post } = await facing((_request, response) => response.destroy());
    expect((await post('receiveCrossGate')).answer).toMatchObject({ kind: 'failed', maybeArrived: true });
  });

  it('of nobody at all: the push certainly did not arrive', async () => {
    const { post, server } = await facing(() => undefined);
    await server.close();
    expect((await post('receiveCrossGate')).answer).toMatchObject({ kind: 'failed', maybeArrived: false });
  });

  it('that nobody waits for any more says nothing of the network', async () => {
    const { post, heard, server } = await facing(() => undefined);
    const gone = new AbortController();
    const posted = post('receivePlateNumber', {}, gone.signal);
    await until('it was sent', () => server.received.length === 1);
    gone.abort();
    expect((await posted).answer.kind).toBe('failed');
    expect(heard).toEqual([]);
  });
});

describe('the network', () => {
  it('is told of once when it is there again, after the turn of whoever found out', async () => {
    let status = 500;
    const { post, network, clock } = await facing((_request, response) =>
      response.writeHead(status).end('{"respCode":"1","respDesc":""}'),
    );
    let recovered = 0;
    network.onRecovered(() => {
      recovered += 1;
    });
    await post('receiveCrossGate');
    status = 200;
    await post('receiveCrossGate');
    expect(recovered).toBe(0);
    await clock.advance(0);
    expect(recovered).toBe(1);
    await post('receiveCrossGate');
    await clock.advance(0);
    expect(recovered).toBe(1);
  });
});
