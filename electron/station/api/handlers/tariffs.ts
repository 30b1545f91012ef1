import { casesFile, readCases } from '../../tariff-office/cases-file.ts';
import { priceTableOf } from '../../tariff-office/price-table.ts';
import { priceTableFile } from '../../tariff-office/price-table-file.ts';
import { allTemplates } from '../../tariff-office/templates.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import { caseResultView, priceRowView, trialFacts, trialView, versionView } from '../tariff-views.ts';
import { asFile } from './files.ts';
import { draftHandlers, previewHandlers, replayHandlers } from './tariff-drafts.ts';

export function tariffHandlers(os: Guarded, deps: ApiDeps) {
  const { pricing, tariffs, clock } = deps;
  const { versions, cases, publishing } = tariffs;
  return {
    list: os.tariffs.list.handler(() => [...pricing.all()]),
    trial: os.tariffs.trial.handler(({ input }) =>
      trialView(tariffs.tryPublished(input.id, input.version, trialFacts(input))),
    ),
    versions: os.tariffs.versions.handler(() => versions.all().map((one) => versionView(one, versions.state(one)))),
    withdraw: os.tariffs.withdraw.handler(({ input, context }) => {
      const one = publishing.withdraw(input.id, input.version, input.reason, actorOf(context.user));
      return versionView(one, versions.state(one));
    }),
    priceTable: os.tariffs.priceTable.handler(async ({ input, signal }) => {
      const { tariff } = versions.get(input.id, input.version);
      return (await priceTableOf(clock, tariff, pricing.calendar(), clock.now(), signal)).map(priceRowView);
    }),
    priceTableFile: os.tariffs.priceTableFile.handler(async ({ input, signal }) => {
      const { tariff } = versions.get(input.id, input.version);
      const table = { tariff, calendar: pricing.calendar(), at: clock.now() };
      const rows = await priceTableOf(clock, tariff, table.calendar, table.at, signal);
      return asFile(await priceTableFile({ ...table, rows }, input.format));
    }),
    lostTicket: os.tariffs.lostTicket.handler(({ input }) => {
      const { vehicleClass, plateKind, plateColor, areaId } = input;
      const plate =
        plateKind === undefined && plateColor === undefined
          ? undefined
          : { kind: plateKind ?? 'ordinary', color: plateColor ?? 'unknown' };
      const car = { vehicleClass, plate, cardType: input.cardType ?? 'temporary', areaId };
      return { fee: tariffs.lostTicket(car, input.tariff) };
    }),
    templates: os.tariffs.templates.handler(() => allTemplates()),
    cases: {
      get: os.tariffs.cases.get.handler(({ input }) => [...cases.of(input.id)]),
      put: os.tariffs.cases.put.handler(({ input, context }) => [
        ...cases.put(input.id, input.cases, actorOf(context.user)),
      ]),
      import: os.tariffs.cases.import.handler(async ({ input, context }) => {
        const read = await readCases(Buffer.from(input.base64, 'base64'), input.fileName);
        if (read.ok) cases.put(input.id, read.cases, actorOf(context.user));
        return {
          ok: read.ok,
          cases: [...read.cases],
          faults: read.faults.slice(0, 500),
          unknownColumns: [...read.unknownColumns],
        };
      }),
      export: os.tariffs.cases.export.handler(async ({ input, context }) =>
        asFile(
          await casesFile(input.id, cases.of(input.id), {
            ...{ format: input.format, by: actorOf(context.user).name, at: clock.now() },
          }),
        ),
      ),
      run: os.tariffs.cases.run.handler(({ input }) =>
        cases.run(versions.get(input.id, input.version).tariff).map(caseResultView),
      ),
    },
    drafts: draftHandlers(os, deps),
    preview: previewHandlers(os, deps),
    replays: replayHandlers(os, deps),
  };
}

export function calendarHandlers(os: Guarded, { tariffs: { calendar } }: ApiDeps) {
  return {
    get: os.calendar.get.handler(() => calendar.current()),
    change: os.calendar.change.handler(({ input, context }) => calendar.change(input, actorOf(context.user))),
    importYear: os.calendar.importYear.handler(({ input, context }) =>
      calendar.importYear(input.year, input.days, input.makeupWorkdays, actorOf(context.user)),
    ),
  };
}
