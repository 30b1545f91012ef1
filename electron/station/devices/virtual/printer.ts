import { z } from 'zod';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { PrintDocument } from '../../../../shared/domain/print.ts';
import { layOut } from '../../../../shared/domain/print-layout.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CommandOutcome, DeviceDeps, DriverDefinition, Printer } from '../device.ts';

const settingsSchema = z.strictObject({});
const COLUMNS = 32;
const DONE: CommandOutcome = { outcome: 'done', detail: 'virtual' };

/** A printer whose paper exists on its page alone. */
class VirtualPrinter implements Printer {
  readonly id: string;
  readonly kind = 'printer';
  readonly driver = 'virtual';
  readonly columns = COLUMNS;
  readonly hasDrawer = true;
  readonly #deps: DeviceDeps;
  #printed: { readonly at: EpochMs; readonly document: PrintDocument } | null = null;

  constructor(id: string, deps: DeviceDeps) {
    this.id = id;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    this.#deps.events.state(this.id, 'online', 'virtual');
  }

  async stop(): Promise<void> {}

  lastSeenAt(): EpochMs | null {
    return this.#deps.clock.now();
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    const said = { code: 'virtual', figures: {} } as const;
    return [{ step: 'connection', result: 'ok', detail: '虚拟打印机', said, tookMs: null }];
  }

  async print(document: PrintDocument): Promise<CommandOutcome> {
    this.#printed = { at: this.#deps.clock.now(), document };
    const lines = layOut(document, COLUMNS).map((row) => (row.kind === 'feed' ? '' : row.text));
    this.#deps.link.exchanged('out', '虚拟打印', lines.join('\n'));
    this.#deps.link.took(0);
    return DONE;
  }

  async openDrawer(): Promise<CommandOutcome> {
    this.#deps.link.exchanged('out', '虚拟钱箱', '弹开');
    this.#deps.link.took(0);
    return DONE;
  }

  lastPrinted(): { readonly at: EpochMs; readonly document: PrintDocument } | null {
    return this.#printed;
  }
}

export const virtualPrinter: DriverDefinition<typeof settingsSchema> = {
  driver: 'virtual',
  kind: 'printer',
  settings: settingsSchema,
  create: (id, _settings, deps) => new VirtualPrinter(id, deps),
};
