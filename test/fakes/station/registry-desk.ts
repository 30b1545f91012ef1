import { createRouterClient, ORPCError } from '@orpc/server';
import type { ImportView } from '../../../shared/contract/imports.ts';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { ListEntryView } from '../../../shared/contract/lists.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { ago, NOW, person } from './build.ts';
import { os } from './implementer.ts';
import { wholeRouter } from './whole-router.ts';

/** An entry of the black list, valid since a day ago and without an end. */
export const entry = (plate: string, change: Partial<ListEntryView> = {}): ListEntryView => ({
  ...{
    id: `entry-${plate}`,
    list: 'black',
    plate,
    strategy: 'no-entry',
    plateColor: null,
    vehicleClass: null,
    remark: '',
  },
  ...{ validFrom: ago(86_400), validTo: '2099-12-31T23:59:59+08:00', source: '老陈', updatedAt: ago(60) },
  ...change,
});

/** An import that was read, as it looks from outside. */
export const importOf = (change: Partial<ImportView> = {}): ImportView => ({
  ...{ id: 'import-1', what: 'cards', fileName: '月租车.csv', bytes: 1000, state: 'ready', progress: 1 },
  ...{ receivedBytes: 1000, sha256: null, rows: 3, added: 2, updated: 1, unchanged: 0, faultCount: 0 },
  ...{ unknownColumns: [], detail: '', createdAt: toRfc3339(NOW) },
  ...change,
});

/**
 * The registry's side of the station: lists that are kept, imports that stand as they are put, and a memory of what was asked.
 * `refuse` makes the next act fail with this reason, as the station says it.
 */
export class RegistryDesk {
  entries: readonly ListEntryView[] = [];
  job: ImportView = importOf();
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
    const router = wholeRouter({
      lists: {
        list: os.lists.list.handler(({ input }) => {
          const items = this.entries.filter(({ plate }) => plate.includes(input.plate ?? ''));
          return { items, total: items.length, page: 1, pageSize: 100 };
        }),
        add: os.lists.add.handler(({ input }) => {
          this.#act('lists.add', input);
          const made = entry(input.plate, { list: input.list, strategy: input.strategy ?? 'no-entry' });
          this.entries = [...this.entries, made];
          return made;
        }),
        update: os.lists.update.handler(({ input }) => {
          this.#act('lists.update', input);
          const known = this.entries.find(({ id }) => id === input.id) ?? entry('');
          return known;
        }),
        remove: os.lists.remove.handler(({ input }) => {
          this.#act('lists.remove', input);
          this.entries = this.entries.filter(({ id }) => id !== input.id);
          return {};
        }),
      },
      imports: {
        get: os.imports.get.handler(() => this.job),
        list: os.imports.list.handler(() => ({ items: [this.job], total: 1, page: 1, pageSize: 100 })),
        faults: os.imports.faults.handler(() => {
          const items = [{ rowNumber: 3, column: '有效期止', value: '三月底', reason: '应为日期' }];
          return { items, total: this.job.faultCount, page: 1, pageSize: 100 };
        }),
        begin: os.imports.begin.handler(({ input }) => {
          this.#act('imports.begin', input);
          this.job = importOf({ ...input, state: 'receiving', receivedBytes: 0, rows: 0 });
          return this.job;
        }),
        upload: os.imports.upload.handler(({ input }) => {
          this.#act('imports.upload', { offset: input.offset, base64: input.base64 });
          this.job = importOf({ ...this.job, state: 'ready', rows: 3 });
          return this.job;
        }),
        apply: os.imports.apply.handler(({ input }) => {
          this.#act('imports.apply', input);
          this.job = { ...this.job, state: 'done' };
          return this.job;
        }),
      },
    });
    return createRouterClient(router, { context: { user: person('老陈', 'manager') } });
  }
}
