import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { FeeStep } from '../../../../shared/domain/tariff.ts';
import { type EpochMs, toRfc3339 } from '../../../../shared/domain/time.ts';

/** A step whose span is still in minutes since the entry. */
export type Draft = Omit<FeeStep, 'from' | 'to' | 'minutes' | 'tariff'> & {
  readonly from: number;
  readonly to: number;
};

export const yuan = (fen: number): string => `${fenToYuanText(fen)}元`;

/** `2.00元 × 3 = 6.00元` */
export const product = (unitFen: number, units: number): string =>
  `${yuan(unitFen)} × ${units} = ${yuan(unitFen * units)}`;

/** A step that counts no units. */
export function plainDraft(
  kind: FeeStep['kind'],
  text: string,
  span: { readonly day: number; readonly from: number; readonly to: number },
  amountFen = 0,
): Draft {
  return { kind, day: span.day, from: span.from, to: span.to, units: 0, unitFen: 0, amountFen, text };
}

/** Turns steps in minutes since `origin` into steps with instants. */
export function toSteps(drafts: readonly Draft[], origin: EpochMs, tariff?: string): FeeStep[] {
  const at = (minute: number): string => toRfc3339(origin + minute * 60_000);
  return drafts.map((draft) => {
    const step = { ...draft, from: at(draft.from), to: at(draft.to), minutes: draft.to - draft.from };
    return tariff === undefined ? step : { ...step, tariff };
  });
}
