import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { parseTariff } from '../../tariff-office/parse.ts';
import { priceTableOf } from '../../tariff-office/price-table.ts';
import { priceTableFile } from '../../tariff-office/price-table-file.ts';
import { actorOf, type Guarded } from '../base.ts';
import type { ApiDeps } from '../deps.ts';
import {
  checkView,
  differenceView,
  draftView,
  priceRowView,
  replayView,
  trialFacts,
  trialView,
  versionView,
} from '../tariff-views.ts';
import { asFile } from './files.ts';

export function draftHandlers(os: Guarded, { pricing, tariffs, clock }: ApiDeps) {
  const { drafts, versions, publishing, replays } = tariffs;
  const of = os.tariffs.drafts;
  return {
    list: of.list.handler(() => drafts.all().map(draftView)),
    create: of.create.handler(({ input, context }) =>
      draftView(drafts.create(input.start, input, actorOf(context.user))),
    ),
    get: of.get.handler(({ input }) => draftView(drafts.get(input.draftId))),
    change: of.change.handler(({ input, context }) =>
      draftView(drafts.change(input.draftId, input, actorOf(context.user))),
    ),
    remove: of.remove.handler(({ input, context }) => {
      drafts.remove(input.draftId, actorOf(context.user));
      return {};
    }),
    check: of.check.handler(({ input }) => checkView(publishing.check(input.draftId))),
    trial: of.trial.handler(({ input }) => trialView(tariffs.tryDraft(input.draftId, trialFacts(input)))),
    priceTable: of.priceTable.handler(async ({ input, signal }) => {
      const { tariff } = drafts.get(input.draftId);
      return (await priceTableOf(clock, tariff, pricing.calendar(), clock.now(), signal)).map(priceRowView);
    }),
    priceTableFile: of.priceTableFile.handler(async ({ input, signal }) => {
      const { tariff } = drafts.get(input.draftId);
      const table = { tariff, calendar: pricing.calendar(), at: clock.now() };
      const rows = await priceTableOf(clock, tariff, table.calendar, table.at, signal);
      return asFile(await priceTableFile({ ...table, rows }, input.format));
    }),
    publish: of.publish.handler(({ input, context }) => {
      const { draftId, effectiveFrom: from, revision } = input;
      const effectiveFrom = from === undefined ? undefined : fromRfc3339(from);
      const one = publishing.publish(draftId, { effectiveFrom, revision }, actorOf(context.user));
      const known = versions.get(one.tariff.id, one.tariff.version);
      return versionView(known, versions.state(known));
    }),
    replay: of.replay.handler(({ input, context }) => {
      const period = { from: fromRfc3339(input.from), to: fromRfc3339(input.to) };
      return replayView(replays.start(input.draftId, period, actorOf(context.user)));
    }),
  };
}

/** A tariff that is being written: each call reads it anew and keeps nothing. */
export function previewHandlers(os: Guarded, { pricing, tariffs, clock }: ApiDeps) {
  const of = os.tariffs.preview;
  return {
    check: of.check.handler(({ input }) =>
      checkView(tariffs.publishing.checkTariff(parseTariff(input.tariff), input.open)),
    ),
    trial: of.trial.handler(({ input }) => trialView(tariffs.tryWritten(parseTariff(input.tariff), trialFacts(input)))),
    priceTable: of.priceTable.handler(async ({ input, signal }) => {
      const tariff = parseTariff(input.tariff);
      return (await priceTableOf(clock, tariff, pricing.calendar(), clock.now(), signal)).map(priceRowView);
    }),
    priceTableFile: of.priceTableFile.handler(async ({ input, signal }) => {
      const table = { tariff: parseTariff(input.tariff), calendar: pricing.calendar(), at: clock.now() };
      const rows = await priceTableOf(clock, table.tariff, table.calendar, table.at, signal);
      return asFile(await priceTableFile({ ...table, rows }, input.format));
    }),
  };
}

export function replayHandlers(os: Guarded, { tariffs: { replays } }: ApiDeps) {
  const of = os.tariffs.replays;
  return {
    list: of.list.handler(() => replays.all().map(replayView)),
    get: of.get.handler(({ input }) => replayView(replays.get(input.replayId))),
    differences: of.differences.handler(({ input }) => {
      const { page, pageSize } = input;
      const { differences, totals } = replays.get(input.replayId).book;
      const from = (page - 1) * pageSize;
      return {
        items: differences.slice(from, from + pageSize).map(differenceView),
        total: differences.length,
        exact: differences.length >= totals.dearer + totals.cheaper,
        ...{ page, pageSize },
      };
    }),
    export: of.export.handler(async ({ input, context, signal }) =>
      asFile(await replays.file(input.replayId, input.format, actorOf(context.user).name, signal)),
    ),
    remove: of.remove.handler(({ input }) => {
      replays.drop(input.replayId);
      return {};
    }),
  };
}
