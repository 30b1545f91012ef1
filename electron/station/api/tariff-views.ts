import type { z } from 'zod';
import type {
  caseResultSchema,
  draftCheckSchema,
  priceRowSchema,
  ReplayView,
  replayDifferenceSchema,
  TariffDraftView,
  TariffVersionView,
  trialSchema,
} from '../../../shared/contract/tariff-views.ts';
import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { PublishedTariff, TariffDraft } from '../../../shared/domain/tariff-records.ts';
import { fromRfc3339, toRfc3339 } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import type { AcceptanceResult } from '../tariff/acceptance.ts';
import type { PriceRow } from '../tariff/table.ts';
import type { DraftCheck } from '../tariff-office/publishing.ts';
import type { ReplayJob } from '../tariff-office/replay-job.ts';
import type { ReplayDifference } from '../tariff-office/replay-totals.ts';
import type { Trial, TrialFacts } from '../tariff-office/trial.ts';
import type { VersionState } from '../tariff-office/versions.ts';

export function trialFacts(input: {
  readonly enteredAt: string;
  readonly exitedAt: string;
  readonly vehicleClass: VehicleClass;
  readonly plateKind?: PlateKind | undefined;
  readonly plateColor?: PlateColor | undefined;
  readonly cardType?: string | undefined;
  readonly areaId?: string | undefined;
  readonly lastPaidAt?: string | undefined;
}): TrialFacts {
  const { vehicleClass, plateKind, plateColor, cardType, areaId, lastPaidAt } = input;
  return {
    enteredAt: fromRfc3339(input.enteredAt),
    exitedAt: fromRfc3339(input.exitedAt),
    lastPaidAt: lastPaidAt === undefined ? undefined : fromRfc3339(lastPaidAt),
    ...{ vehicleClass, plateKind, plateColor, cardType, areaId },
  };
}

export const trialView = (trial: Trial): z.input<typeof trialSchema> => ({
  ...trial,
  alternatives: [...trial.alternatives],
});

export function versionView(version: PublishedTariff, state: VersionState): TariffVersionView {
  const { tariff, source, publishedAt, publishedBy, casesPassed, withdrawn } = version;
  return {
    ...{ tariff, state, source, publishedBy, casesPassed },
    publishedAt: toRfc3339(publishedAt),
    withdrawn: withdrawn && { ...withdrawn, at: toRfc3339(withdrawn.at) },
  };
}

export const draftView = (draft: TariffDraft): TariffDraftView => ({
  ...draft,
  createdAt: toRfc3339(draft.createdAt),
  updatedAt: toRfc3339(draft.updatedAt),
});

export const checkView = ({ findings, cases, replaces, ...rest }: DraftCheck): z.input<typeof draftCheckSchema> => ({
  ...rest,
  findings: findings.map((finding) => ({ ...finding, path: [...finding.path] })),
  cases: cases.map(caseResultView),
  replaces: [...replaces],
});

export const caseResultView = (result: AcceptanceResult): z.input<typeof caseResultSchema> => ({ ...result });

export const priceRowView = ({ dayTypes, seasons, prices, ...row }: PriceRow): z.input<typeof priceRowSchema> => ({
  ...row,
  ...(dayTypes === undefined ? {} : { dayTypes: [...dayTypes] }),
  ...(seasons === undefined ? {} : { seasons: [...seasons] }),
  prices: [...prices],
});

export const differenceView = (one: ReplayDifference): z.input<typeof replayDifferenceSchema> => ({
  ...one,
  enteredAt: toRfc3339(one.enteredAt),
  exitedAt: toRfc3339(one.exitedAt),
});

export function replayView({ plan, book, state, detail, progress }: ReplayJob): ReplayView {
  return {
    ...plan,
    from: toRfc3339(plan.from),
    to: toRfc3339(plan.to),
    startedAt: toRfc3339(plan.startedAt),
    ...{ state, detail, progress },
    ...book.totals,
    biggest: book.biggest.map(differenceView),
  };
}
