import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { WindowPorts } from '../../electron/station/window-ports.ts';

it('keeps a window’s port while it is open, forgets it when the window goes, and closes the rest at the end', async () => {
  const closed: string[] = [];
  const windows = new WindowPorts(() => undefined);
  const open = (name: string) => {
    const { port1, port2 } = new MessageChannel();
    const close = port1.close.bind(port1);
    vi.spyOn(port1, 'close').mockImplementation(() => {
      closed.push(name);
      close();
    });
    windows.connect(port1);
    return { near: port1, far: port2 };
  };
  const gone = open('gone');
  const there = open('there');
  const seen = once(gone.near, 'close');
  gone.far.close();
  await seen;
  windows.close();
  expect(closed).toEqual(['there']);
  there.far.close();
});
