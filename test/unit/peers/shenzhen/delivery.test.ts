import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '../../../peers/sockets.ts';
import { Caller } from './caller.ts';
import { FEE, GATE, parked } from './parked.ts';
import { RECORD } from './samples.ts';
import { broken, onlineWorld, rules, world } from './support.ts';

describe('on the way', () => {
  test('in pieces, several in one, cut off, without an answer', async () => {
    const w = await parked();
    expect(await w.cloud.gateStatus(GATE, { fragment: 1 })).toMatchObject({ code: 0, violations: [] });
    expect((await w.cloud.flood(200, GATE)).filter(({ ok }) => ok)).toHaveLength(200);
    const slow = { fragment: 50, pauseMs: 20, timeoutMs: 60 };
    expect(await w.cloud.gateStatus(GATE, slow)).toMatchObject({ code: 0, violations: [] });
    const cut = await w.cloud.gateStatus(GATE, { cutAfter: 10 });
    expect(cut).toMatchObject({ outcome: 'closed', violations: [] });
    await vi.waitFor(() => expect(w.caller.closed).toBe(true));
    expect(await w.cloud.gateStatus(GATE)).toMatchObject({ outcome: 'not-sent', answer: null });
    expect(broken(w)).toEqual([]);
  });

  test('cut off in the middle of the answer, and nobody reads', async () => {
    const w = await parked();
    w.cloud.tcp.halfOpen(true);
    expect(await w.cloud.gateStatus(GATE, { timeoutMs: 100 })).toMatchObject({ outcome: 'none', violations: [] });
    w.cloud.tcp.halfOpen(false);
    await vi.waitFor(() => expect(w.cloud.downlink.strays).toHaveLength(1));
    expect(await w.cloud.gateStatus(GATE, { cutAnswer: true })).toMatchObject({ outcome: 'closed' });
  });

  test('a refusal that never comes, and an answer to nothing', async () => {
    const w = await parked();
    w.caller.answers['gateStatus'] = null;
    await w.cloud.gateStatus(GATE, { accessKey: 'x', timeoutMs: 50 });
    w.caller.answer({ method: 'feeQuery', requestId: 'nobody' }, { data: FEE });
    await vi.waitFor(() => expect(broken(w)).toEqual(['late', 'answer']));
  });

  test('the same bytes have the same answer', async () => {
    const w = await parked();
    const call = await w.cloud.feeQuery(RECORD);
    expect((await w.cloud.replay(call)).violations).toEqual([]);
    w.caller.answers['feeQuery'] = { data: { ...FEE, shouldPay: 2000, needPay: 2000 } };
    expect(rules((await w.cloud.replay(call)).violations)).toEqual(['replay']);
    const { requestId } = call;
    expect(rules((await w.cloud.feeQuery(RECORD, [], { requestId })).violations)).toEqual(['replay']);
  });

  test('methods by other names, heads and answers signed', async () => {
    const downMethods = new Map([['gateStatus', 'CPS3004']]);
    const w = await onlineWorld({ downMethods, signHeader: true, signReplies: true });
    w.caller.answers['CPS3004'] = { data: { barCode: GATE, state: 1, gateState: 9 } };
    expect(rules((await w.cloud.gateStatus(GATE)).violations)).toEqual(['presence']);
    expect(w.caller.heard.at(-1)).toMatchObject({
      method: 'CPS3004',
      signature: expect.stringMatching(/^[0-9A-F]{40}$/),
    });
  });

  test('the cloud connects to a car park that listens', async () => {
    const w = await world({ tcp: { role: 'client' } });
    const server = createServer((socket) => {
      const caller = new Caller(w.cloud, w.clock, 'len4be', socket);
      caller.answers['gateStatus'] = { data: { barCode: GATE, state: 1, gateState: 1 } };
      caller.login();
    });
    const port = await listen(server, 0);
    onTestFinished(() => void server.close());
    await w.cloud.connect(`127.0.0.1:${port}`);
    await w.cloud.whenOnline();
    expect(await w.cloud.gateStatus(GATE)).toMatchObject({ code: 0, violations: [] });
    expect(broken(w)).toEqual([]);
  });
});
