import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runAcceptance } from '../../../electron/station/tariff/acceptance.ts';
import { checkTariff } from '../../../electron/station/tariff/check.ts';
import { EMPTY_CALENDAR } from '../../../shared/domain/calendar.ts';
import { tariffTemplateSchema } from '../../../shared/domain/tariff.ts';

const folder = new URL('../../../resources/tariffs/', import.meta.url);
const templates = readdirSync(folder).map((file) => ({
  file,
  template: tariffTemplateSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
}));

it('are enough, and each tariff has an id of its own', () => {
  expect(templates.length).toBeGreaterThanOrEqual(10);
  expect(new Set(templates.map(({ template }) => template.tariff.id)).size).toBe(templates.length);
});

describe.each(templates)('$file', ({ template }) => {
  const { tariff, calendar = EMPTY_CALENDAR, cases } = template;

  it.each(runAcceptance({ tariffs: [tariff], calendar, defaultVehicleClass: 'small' }, cases))(
    '$case.name',
    ({ case: expected, fee }) => {
      expect(fee?.steps.map((step) => step.text)).not.toEqual([]);
      expect(fee?.feeFen, `${expected.working}; ${fee?.steps.map((step) => step.text).join(' | ')}`).toBe(
        expected.feeFen,
      );
    },
  );

  it('contradicts itself nowhere', () => {
    expect(checkTariff(tariff, calendar).filter((finding) => finding.severity === 'error')).toEqual([]);
  });
});
