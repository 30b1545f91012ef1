import { describe, expect, it } from 'vitest';
import { LinePool } from '../../../electron/station/devices/links/line-pool.ts';
import type { Dial, WireEvents } from '../../../electron/station/devices/links/wire.ts';
import type { Line, LineAddress, SerialAddress } from '../../../electron/station/devices/links.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type LogLine, recordingLog } from './recording.ts';

const PORT: SerialAddress = {
  kind: 'serial',
  path: '/dev/ttyUSB0',
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One dialled connection: what the test does to it, and what was done with it. */
interface Dialled {
  readonly events: WireEvents;
  readonly written: string[];
  /** Ends the oldest write. */
  readonly take: (failure?: string) => void;
  ended: 'destroyed' | 'finished' | null;
}

class Rig {
  readonly clock = new FakeClock();
  readonly dialled: Dialled[] = [];
  readonly log: LogLine[] = [];
  onDial: (events: WireEvents) => void = () => undefined;
  readonly pool: LinePool;

  constructor() {
    const dial: Dial = (_address, events) => {
      const pending: ((failure: string | null) => void)[] = [];
      const wire: Dialled = {
        events,
        written: [],
        take: (failure) => pending.shift()?.(failure ?? null),
        ended: null,
      };
      this.dialled.push(wire);
      this.onDial(events);
      return {
        write: (sent, done) => {
          wire.written.push(new TextDecoder().decode(sent));
          pending.push(done);
        },
        destroy: () => {
          wire.ended = 'destroyed';
          // A port that was pulled out tells so once more.
          events.closed('closed again');
        },
        finish: () => {
          wire.ended = 'finished';
        },
      };
    };
    this.pool = new LinePool({ clock: this.clock, entropy: { random: () => 0.5 }, log: recordingLog(this.log), dial });
  }

  get last(): Dialled {
    const last = this.dialled.at(-1);
    if (!last) throw new Error('nothing was dialled');
    return last;
  }

  open(address: LineAddress = PORT): { line: Line; told: string[]; heard: string[] } {
    const told: string[] = [];
    const heard: string[] = [];
    const line = this.pool.open(address, {
      data: (received) => heard.push(new TextDecoder().decode(received)),
      state: (up, detail) => told.push(`${up ? 'up' : 'down'} ${detail}`),
    });
    return { line, told, heard };
  }

  async up(address: LineAddress = PORT) {
    const user = this.open(address);
    await this.clock.advance(0);
    this.last.events.opened();
    return user;
  }
}

describe('a line', () => {
  it('connects after the call, tells each change once, and connects anew with growing pauses', async () => {
    const rig = new Rig();
    const { line, told } = rig.open();
    expect([rig.dialled.length, line.isUp]).toEqual([0, false]);
    await rig.clock.advance(0);
    rig.last.events.closed('not there');
    await rig.clock.advance(999);
    expect([told, rig.dialled.length]).toEqual([['down not there'], 1]);
    await rig.clock.advance(1);
    rig.last.events.closed('not there');
    await rig.clock.advance(1_999);
    expect(rig.dialled.length).toBe(2);
    await rig.clock.advance(1);
    rig.last.events.opened();
    expect([told, line.isUp]).toEqual([['down not there', 'up 已连接'], true]);
    // It lasted: the next attempt comes at once.
    await rig.clock.advance(10_000);
    rig.last.events.closed('pulled out');
    rig.last.events.closed('pulled out');
    expect(told.at(-1)).toBe('down pulled out');
    await rig.clock.advance(100);
    expect(rig.dialled.length).toBe(4);
    for (let failure = 0; failure < 8; failure += 1) {
      rig.last.events.closed('not there');
      await rig.clock.advance(30_000);
    }
    expect([rig.dialled.length, told.length]).toEqual([12, 3]);
  });

  it('survives a dial that throws, or that fails before it returns', async () => {
    const rig = new Rig();
    rig.onDial = () => {
      throw new Error('bad parameters');
    };
    const { told } = rig.open();
    await rig.clock.advance(0);
    rig.onDial = ({ closed }) => closed('at once');
    await rig.clock.advance(1_000);
    rig.onDial = () => undefined;
    await rig.clock.advance(2_000);
    rig.last.events.opened();
    expect(told).toEqual(['down bad parameters', 'up 已连接']);
    expect(rig.dialled.length).toBe(3);
  });

  it('says what became of each write', async () => {
    const rig = new Rig();
    const { line } = await rig.up();
    const first = line.write(bytes('a'), 500);
    rig.last.take();
    expect(await first).toBe('written');
    const failed = line.write(bytes('b'), 500);
    rig.last.take('EIO');
    expect(await failed).toBe('some');
    const cut = line.write(bytes('c'), 500);
    rig.last.events.closed('pulled out');
    expect(await cut).toBe('some');
    expect(await line.write(bytes('d'), 500)).toBe('none');
    expect(rig.last.written).toEqual(['a', 'b', 'c']);
  });

  it('drops the connection when a reader is stuck, with all that waited, and sends none of it on the next one', async () => {
    const rig = new Rig();
    const { line, told } = await rig.up();
    const stuck = line.write(bytes('stuck'), 500);
    const behind = line.write(bytes('behind'), 900);
    await rig.clock.advance(499);
    expect(rig.last.ended).toBeNull();
    await rig.clock.advance(1);
    expect(await Promise.all([stuck, behind])).toEqual(['some', 'some']);
    expect([rig.last.ended, told.at(-1)]).toEqual(['destroyed', 'down 写入超时']);
    await rig.clock.advance(1_000);
    rig.last.events.opened();
    expect([rig.dialled.length, rig.last.written]).toEqual([2, []]);
    // Nothing that the old connection still tells counts.
    rig.dialled[0]?.events.closed('late');
    expect(line.isUp).toBe(true);
  });

  it('is shared by those who name the same port, each of whom hears all bytes, whatever another does wrong', async () => {
    const rig = new Rig();
    const first = await rig.up();
    const second = rig.open({ ...PORT });
    const broken = rig.pool.open(PORT, {
      data: () => {
        throw new Error('boom');
      },
      state: () => undefined,
    });
    await rig.clock.advance(0);
    rig.last.events.data(bytes('x'));
    expect([rig.dialled.length, first.heard, second.heard, second.told]).toEqual([1, ['x'], ['x'], ['up 已连接']]);
    expect(rig.log).toMatchObject([{ level: 'error', fields: { error: 'boom' } }]);
    first.line.close();
    broken.close();
    rig.last.events.data(bytes('y'));
    expect([first.heard, second.heard, rig.last.ended]).toEqual([['x'], ['x', 'y'], null]);
    expect([first.line.isUp, await first.line.write(bytes('z'), 100)]).toEqual([false, 'none']);
    first.line.reset('no longer mine');
    expect(second.line.isUp).toBe(true);
    second.line.close();
    second.line.close();
    expect(rig.last.ended).toBe('finished');
    // The next one begins anew.
    rig.open();
    await rig.clock.advance(0);
    expect(rig.dialled.length).toBe(2);
  });

  it('is not shared with other parameters', () => {
    const rig = new Rig();
    rig.open();
    expect(() => rig.open({ ...PORT, baudRate: 19_200 })).toThrow('different parameters');
    expect(() => rig.open({ ...PORT, path: '/dev/ttyUSB1', baudRate: 19_200 })).not.toThrow();
  });

  it('ends without its last bytes when somebody still waits for them, and makes no attempt after its end', async () => {
    const rig = new Rig();
    const { line, told } = await rig.up();
    const write = line.write(bytes('x'), 500);
    line.close();
    expect([await write, rig.last.ended]).toEqual(['some', 'destroyed']);
    await rig.clock.advance(60_000);
    expect([rig.dialled.length, told]).toEqual([1, ['up 已连接']]);
  });

  it('is made anew when it is given up', async () => {
    const rig = new Rig();
    const { line, told } = await rig.up();
    line.reset('没有应答');
    expect([rig.last.ended, told.at(-1)]).toEqual(['destroyed', 'down 没有应答']);
    line.reset('没有应答');
    await rig.clock.advance(1_000);
    expect(rig.dialled.length).toBe(2);
  });
});

describe('turns on a line', () => {
  it('begin at once on a free line; who is urgent goes before all who are not; a failure is passed on and holds up nobody', async () => {
    const rig = new Rig();
    const { line } = await rig.up();
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const task = (name: string) => () => {
      order.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    };
    const poll = line.turn('usual', task('poll'));
    expect(order).toEqual(['poll']);
    const second = line.turn('usual', task('second poll'));
    const broken = line.turn('urgent', async () => {
      order.push('broken');
      throw new Error('boom');
    });
    const open = line.turn('urgent', task('open'));
    ends.shift()?.();
    expect(await poll).toBe('poll');
    await expect(broken).rejects.toThrow('boom');
    await rig.clock.advance(0);
    expect(order).toEqual(['poll', 'broken', 'open']);
    ends.shift()?.();
    expect(await open).toBe('open');
    await rig.clock.advance(0);
    ends.shift()?.();
    expect(await second).toBe('second poll');
    // Free again.
    void line.turn('usual', task('last'));
    expect(order.at(-1)).toBe('last');
  });
});
