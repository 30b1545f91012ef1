import type { Actor, EventBody } from '../../../../shared/domain/events.ts';
import { by } from '../../registry/common.ts';
import { exportTable, tableOf, templateFile } from '../../registry/imports/export.ts';
import type { Store } from '../../store/store.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { platePart, toPage } from '../paging.ts';
import { importView } from '../registry-views.ts';
import { asFile } from './files.ts';

const DAY_MS = 86_400_000;

export function importHandlers(os: Guarded, { store, clock, registry }: ApiDeps) {
  const { imports } = registry;
  return {
    list: os.imports.list.handler(({ input }) => {
      const found = imports.list(toPage(input));
      return { items: found.items.map(importView), total: found.total, page: input.page, pageSize: input.pageSize };
    }),
    begin: os.imports.begin.handler(({ input, context }) => importView(imports.begin(input, actorOf(context.user)))),
    template: os.imports.template.handler(async ({ input }) =>
      asFile(await templateFile(tableOf(registry.tables, input.what), { format: input.format, now: clock.now() })),
    ),
    upload: os.imports.upload.handler(({ input }) =>
      importView(imports.add(input.id, input.offset, Buffer.from(input.base64, 'base64'))),
    ),
    get: os.imports.get.handler(({ input }) => importView(imports.get(input.id))),
    faults: os.imports.faults.handler(({ input }) => {
      const { faultCount: total } = importView(imports.get(input.id));
      const items = store.read.imports.faults(input.id, toPage(input));
      return { items, total, page: input.page, pageSize: input.pageSize };
    }),
    apply: os.imports.apply.handler(({ input, context }) => importView(imports.apply(input.id, actorOf(context.user)))),
    cancel: os.imports.cancel.handler(({ input }) => {
      imports.cancel(input.id);
      return {};
    }),
  };
}

/** Written down before the file leaves: phone numbers and plates of everybody are in it. */
export function recordExport(
  store: Store,
  { filter, ...file }: Omit<EventBody<'exported'>, 'filter'> & { readonly filter: object },
  actor: Actor,
): void {
  const narrowed = Object.entries(filter).filter((each): each is [string, string] => typeof each[1] === 'string');
  store.write((tx) =>
    tx.record({ kind: 'exported', ...by(actor), body: { ...file, filter: Object.fromEntries(narrowed) } }),
  );
}

export function exportHandlers(os: Guarded, { store, clock, registry }: ApiDeps) {
  return {
    file: os.exports.file.handler(async ({ input, context, signal }) => {
      const { what, format, type, state, text, merchantId, road, endingWithinDays: days } = input;
      const actor = actorOf(context.user);
      const now = clock.now();
      const said = { plate: platePart(input.plate), type, state, text, merchantId, road };
      const ending = days === undefined ? {} : { endsAfter: now, endsBefore: now + days * DAY_MS };
      const file = await exportTable(
        { store, clock, table: tableOf(registry.tables, what) },
        { format, filter: { ...said, ...ending }, by: actor.name },
        signal,
      );
      const narrowed = { ...said, ...(days === undefined ? {} : { endingWithinDays: String(days) }) };
      recordExport(store, { what, format, filter: narrowed, rows: file.rows, sha256: file.sha256 }, actor);
      return asFile(file);
    }),
  };
}
