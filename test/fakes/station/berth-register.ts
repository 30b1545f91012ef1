import { createRouterClient, ORPCError } from '@orpc/server';
import type { BerthView } from '../../../shared/contract/berths.ts';
import type { StationClient } from '../../../shared/contract/index.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { NOW, person } from './build.ts';
import { os } from './implementer.ts';
import { wholeRouter } from './whole-router.ts';

let made = 0;
/** A berth in use that nobody has told of yet. */
export const berth = (code: string, change: Partial<BerthView> = {}): BerthView => {
  made += 1;
  return {
    ...{ id: `berth-${code}`, code, number: made, areaId: 'north', road: '', side: 'right', position: made },
    ...{ sensor: null, camera: null, inUse: true, updatedAt: toRfc3339(NOW) },
    ...{ occupied: null, since: null, source: null, device: null, car: null },
    ...change,
  };
};

/** The berth register of a station: rows that are kept, and a memory of what was asked. `refuse` makes the next act fail so. */
export class BerthRegister {
  rows: readonly BerthView[] = [];
  refuse: { readonly reason: string; readonly message: string } | null = null;
  readonly asked: { readonly name: string; readonly input: unknown }[] = [];

  #act(name: string, input: unknown): void {
    this.asked.push({ name, input });
    const { refuse } = this;
    this.refuse = null;
    if (refuse)
      throw new ORPCError('CONFLICT', { status: 409, message: refuse.message, data: { reason: refuse.reason } });
  }

  client(): StationClient {
    const area = (areaId: string, name: string) => ({
      ...{ areaId, name, total: 10, inside: 0, free: 10, counted: 0, correction: 0 },
      byClass: { small: 0, medium: 0, large: 0 },
    });
    const router = wholeRouter({
      berths: {
        list: os.berths.list.handler(() => ({ at: toRfc3339(NOW), rows: [...this.rows] })),
        add: os.berths.add.handler(({ input }) => {
          this.#act('berths.add', input);
          const { code, areaId, road = '' } = input;
          const added = berth(code, { areaId, road });
          this.rows = [...this.rows, added];
          return added;
        }),
        update: os.berths.update.handler(({ input }) => {
          this.#act('berths.update', input);
          return this.rows.find(({ id }) => id === input.id) ?? berth('');
        }),
        remove: os.berths.remove.handler(({ input }) => {
          this.#act('berths.remove', input);
          this.rows = this.rows.filter(({ id }) => id !== input.id);
          return {};
        }),
      },
      spaces: {
        get: os.spaces.get.handler(() => ({
          whole: { total: 20, open: 20, free: 20, inside: 0 },
          correction: 0,
          areas: [area('north', '北段'), area('south', '南段')],
          classes: [],
          quotas: [],
        })),
      },
      devices: { list: os.devices.list.handler(() => []) },
    });
    return createRouterClient(router, { context: { user: person('老陈', 'manager') } });
  }
}
