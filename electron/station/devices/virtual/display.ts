import { z } from 'zod';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { DisplayLine } from '../../../../shared/domain/display.ts';
import { setting } from '../../../../shared/domain/setting.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CommandOutcome, DeviceDeps, Display, DriverDefinition } from '../device.ts';

const settingsSchema = z.strictObject({
  lines: z
    .int()
    .min(1)
    .max(4)
    .default(4)
    .describe('How many lines fit onto it')
    .meta(setting('行数', '屏上能显示几行', 'Lines')),
});

/** A display that exists on its page alone: for trying texts out before there is one at the lane. */
class VirtualDisplay implements Display {
  readonly id: string;
  readonly kind = 'display';
  readonly driver = 'virtual';
  readonly speaks = true;
  readonly #room: number;
  readonly #deps: DeviceDeps;
  #showing: readonly DisplayLine[] | null = null;

  constructor(id: string, room: number, deps: DeviceDeps) {
    this.id = id;
    this.#room = room;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#deps.events.state(this.id, 'online', 'virtual');
  }

  async stop(): Promise<void> {}

  lastSeenAt(): EpochMs | null {
    return this.#deps.clock.now();
  }

  showing(): readonly DisplayLine[] | null {
    return this.#showing;
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const said = { code: 'virtual', figures: {} } as const;
    return [{ step: 'connection', result: 'ok', detail: `虚拟显示屏，${this.#room} 行`, said, tookMs: null }];
  }

  async show(lines: readonly DisplayLine[], speech?: string): Promise<CommandOutcome> {
    this.#showing = lines.slice(0, this.#room);
    const shown = lines.map(({ text, alignment }) => `${alignment}: ${text}`);
    this.#deps.link.exchanged(
      'out',
      '虚拟显示',
      [...shown, ...(speech === undefined ? [] : [`语音: ${speech}`])].join('\n'),
    );
    this.#deps.link.took(0);
    return { outcome: 'done', detail: 'virtual' };
  }
}

export const virtualDisplay: DriverDefinition<typeof settingsSchema> = {
  driver: 'virtual',
  kind: 'display',
  settings: settingsSchema,
  create: (id, settings, deps) => new VirtualDisplay(id, settings.lines, deps),
};
