import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportTable, tableOf, templateFile } from '../../../electron/station/registry/imports/export.ts';
import { importKindSchema } from '../../../shared/domain/import-job.ts';
import { upload } from '../../support/importing.ts';
import { at, CLERK, LiveClock, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(async () => {
  await park.imports.stop();
  park.dispose();
});

test('an empty template of every kind is a table that its own import understands, and holds nothing', async () => {
  for (const what of importKindSchema.options)
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await templateFile(tableOf(park.tables, what), { format, now: park.clock.now() });
      const job = await upload(park.imports, what, file.bytes, { fileName: file.name });
      expect({ what, format, state: job.state, rows: job.rows, unknown: job.unknownColumns }).toEqual({
        ...{ what, format },
        ...{ state: 'ready', rows: 0, unknown: [] },
      });
    }
}, 60_000);

test('an export of cards follows the whole filter of their list', async () => {
  const card = (number: string, owner: string, day: string) =>
    park.cards.create(
      { type: 'monthly', number, plates: [`鲁B${number}`], owner, validFrom: at('2026-01-01'), validTo: at(day) },
      CLERK,
    );
  card('A0001', 'Wang', '2026-03-05');
  card('A0002', '李四', '2026-03-20');
  card('B0003', 'wang', '2026-12-31');
  const numbers = async (filter: Parameters<typeof exportTable>[1]['filter']): Promise<string[]> => {
    const table = tableOf(park.tables, 'cards');
    const file = await exportTable({ ...park, table }, { format: 'csv', filter, by: '老陈' }, undefined);
    const lines = file.bytes.toString('utf8').split('\r\n');
    return lines.flatMap((line) => /^[AB]\d{4}/.exec(line)?.[0] ?? []).sort();
  };
  expect(await numbers({ text: 'WANG' })).toEqual(['A0001', 'B0003']);
  const soon = { endsAfter: at('2026-03-01'), endsBefore: at('2026-03-15') };
  expect(await numbers(soon)).toEqual(['A0001']);
  expect(await numbers({ ...soon, text: '李' })).toEqual([]);
  const listed = park.store.read.cards.search({
    endsAfter: soon.endsAfter,
    endsBefore: at('2027-01-01'),
    offset: 0,
    limit: 9,
  });
  expect(listed.items.map(({ number }) => number)).toEqual(['A0001', 'A0002', 'B0003']);
});
