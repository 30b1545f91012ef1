import type { Tariff } from '../../../shared/domain/tariff.ts';
import { cardTypeSchema, termsKindSchema } from '../../../shared/domain/terms.ts';
import type { TariffFinding } from '../tariff/check.ts';

/** Something that a tariff names and the car park does not have: its rule would never count, and nobody would notice. */
export interface ReferenceFinding {
  readonly severity: 'error' | 'warning';
  readonly code: 'unknown-area' | 'unknown-card-type';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A choice that the editor asks for and nobody has made. */
interface OpenFinding {
  readonly severity: 'error';
  readonly code: 'choice-open';
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type DraftFinding = TariffFinding | ReferenceFinding | OpenFinding;

/** What a rule may call a car: how it stands inside, or the type of its card. */
const CARD_TYPES: ReadonlySet<string> = new Set([
  ...termsKindSchema.options.filter((kind) => kind !== 'card'),
  ...cardTypeSchema.options,
]);

/** Looks up the areas and card types that a tariff names. Pure. */
export function referenceFindings(tariff: Tariff, areas: readonly string[]): ReferenceFinding[] {
  const findings: ReferenceFinding[] = [];
  const look = (path: readonly (string | number)[], ids: readonly string[] | undefined): void => {
    for (const [index, id] of (ids ?? []).entries())
      if (!areas.includes(id))
        findings.push({
          severity: 'error',
          code: 'unknown-area',
          path: [...path, 'areas', index],
          message: `the car park has no area ${id}`,
        });
  };
  look([], tariff.areas);
  for (const [index, rule] of tariff.rules.entries()) {
    look(['rules', index], rule.areas);
    for (const [place, type] of (rule.cardTypes ?? []).entries())
      if (!CARD_TYPES.has(type))
        findings.push({
          severity: 'warning',
          code: 'unknown-card-type',
          path: ['rules', index, 'cardTypes', place],
          message: `no car is ever called ${type}`,
        });
  }
  return findings;
}
