import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTransport } from '../../renderer/bridge.ts';
import { FakeStation } from '../fakes/station/fake-station.ts';
import type { FakeConnection } from '../fakes/station/implementer.ts';
import { fakeRouter } from '../fakes/station/router.ts';
import { scene } from './support.tsx';

/** What the preload script does: answers `connect` with a window message that carries one end of a channel. */
function shell(station: FakeStation, send: (port: MessagePort) => void): { connects: number; far: MessagePort[] } {
  const seen = { connects: 0, far: [] as MessagePort[] };
  vi.stubGlobal('gatehouse', {
    platform: 'win32',
    connect: () => {
      seen.connects += 1;
      const channel = new MessageChannel();
      const context: FakeConnection = { user: null };
      new RPCHandler(fakeRouter(station)).upgrade(channel.port1, { context });
      channel.port1.start();
      seen.far.push(channel.port1);
      send(channel.port2);
    },
  });
  return seen;
}

const deliver = (port: MessagePort, source: unknown, data: unknown): void => {
  const event = new Event('message');
  Object.assign(event, { data, source, ports: [port] });
  window.dispatchEvent(event);
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('inside the desktop shell', () => {
  it('talks to the station over the port that the preload script hands over', async () => {
    const station = new FakeStation(scene('demo'));
    const seen = shell(station, (port) => deliver(port, window, 'gatehouse:port'));
    const transport = await openTransport();
    expect(seen.connects).toBe(1);
    expect((await transport.client.auth.status()).siteName).toBe('演示停车场');
    await transport.client.auth.demoSignIn();
    const frames = await transport.client.live({});
    const first = await frames.next();
    expect(first.done === true ? [] : first.value.lanes).toHaveLength(2);
    await frames.return?.();
    transport.close();
    await transport.closed;
  });

  it('takes no port from another window, nor with another message', async () => {
    vi.useFakeTimers();
    const station = new FakeStation(scene('demo'));
    shell(station, (port) => {
      deliver(port, { name: 'a frame' }, 'gatehouse:port');
      deliver(port, window, 'hello');
    });
    const opened = openTransport();
    const refused = expect(opened).rejects.toThrow('the shell gave no port');
    await vi.advanceTimersByTimeAsync(8_000);
    await refused;
  });

  it('notices when the station goes, and lets no call hang', async () => {
    const station = new FakeStation(scene('demo'));
    const seen = shell(station, (port) => deliver(port, window, 'gatehouse:port'));
    const transport = await openTransport();
    await transport.client.auth.demoSignIn();
    const gate = Promise.withResolvers<void>();
    station.delay = gate.promise;
    const pending = expect(transport.client.lanes.open({ id: 'in1', reason: 'x' })).rejects.toThrow();
    await vi.waitFor(() => expect(station.calls).toHaveLength(1));
    seen.far[0]?.close();
    await transport.closed;
    await pending;
    gate.resolve();
  });
});
