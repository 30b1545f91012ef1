import { cleanup, fireEvent, render } from '@testing-library/react';
import { App } from 'antd';
import { afterEach, describe, expect, it } from 'vitest';
import { allTemplates } from '../../electron/station/tariff-office/templates.ts';
import { FormTab } from '../../renderer/features/tariffs/FormTab.tsx';
import { formOf, readForm, type TariffForm } from '../../renderer/features/tariffs/form.ts';
import { newTariff, otherForm } from '../../renderer/features/tariffs/new-parts.ts';
import { startI18n } from '../../renderer/lib/i18n/index.ts';
import { tariffSchema } from '../../shared/domain/tariff.ts';

const templates = allTemplates();
afterEach(cleanup);

/** Every choice of a tariff that a text may leave open, as paths. */
function choicesOf(value: unknown, path: readonly string[] = []): string[] {
  const fields = ['restart', 'crossing', 'dayType', 'acrossMidnight', 'freeMinutesMode', 'eachDay', 'part', 'beyond'];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    const choice = fields.includes(key) || (path.at(-1) === 'free' && ['mode', 'again', 'of'].includes(key));
    if (choice || (path.length === 0 && key === 'rounding')) return [here.join('.')];
    return choicesOf(inner, here);
  });
}

describe.each(templates.map((template) => [template.id, template] as const))('the template %s', (_id, { tariff }) => {
  it('comes out of the form byte for byte as it went in', () => {
    const reading = readForm(formOf(tariff, []));
    expect(JSON.stringify(reading.document)).toBe(JSON.stringify(tariff));
    expect(reading).toMatchObject({ open: [], faults: [] });
  });

  it('keeps every choice empty that is said to be open, until somebody answers', () => {
    const open = choicesOf(tariff);
    expect(open.length).toBeGreaterThan(1);
    const reading = readForm(formOf(tariff, open));
    // What makes no difference is no question; everything else is one.
    const asked = open.filter((path) => !/dayType|acrossMidnight|freeMinutesMode/.test(path));
    expect(reading.open).toEqual(expect.arrayContaining(asked));
    expect(tariffSchema.safeParse(reading.document).success).toBe(true);
  });

  it('is not changed by going through all of its fields', () => {
    startI18n('zh-CN');
    const changes: TariffForm[] = [];
    for (const index of tariff.rules.keys()) {
      const { container } = render(
        <App>
          <FormTab
            form={formOf(tariff, [])}
            onChange={(form) => changes.push(form)}
            rule={index}
            onRule={() => undefined}
          />
        </App>,
      );
      const inputs = container.querySelectorAll('input');
      expect(inputs.length).toBeGreaterThan(10);
      for (const input of inputs) {
        fireEvent.focus(input);
        fireEvent.blur(input);
      }
      cleanup();
    }
    expect(changes).toEqual([]);
  });
});

describe('a new tariff', () => {
  const plain = newTariff('t9', '新标准', 15, 500);

  it('has none of its choices made, and each of them is open by its path', () => {
    const reading = readForm(plain);
    expect(reading.tariff).not.toBeNull();
    expect(reading.open).toEqual(['rounding', 'afterGrace', 'rules.0.freeMinutesMode', 'rules.0.eachDay']);
  });

  it('asks as well for everything that segments of the day leave open', () => {
    const [rule] = plain.rules;
    if (!rule) throw new Error('no rule');
    const reading = readForm({ ...plain, rules: [otherForm(rule, '全天')] });
    expect(reading.faults).toEqual([]);
    expect(reading.open).toEqual([
      'rounding',
      'afterGrace',
      'rules.0.free.mode',
      'rules.0.free.again',
      'rules.0.free.of',
      'rules.0.programmes.0.segments.0.price.part',
      'rules.0.restart',
      'rules.0.crossing',
    ]);
  });

  it('names the field that is not filled in', () => {
    const reading = readForm(newTariff('t9', '', 15, 500));
    expect(reading.tariff).toBeNull();
    expect(reading.faults.map(({ path }) => path.join('.'))).toEqual(['name']);
    const [rule] = plain.rules;
    if (!rule || rule.kind === 'schedule') throw new Error('no plain rule');
    const empty = { ...plain, rules: [{ ...rule, followingPeriod: { minutes: 60, feeFen: null } }] };
    expect(readForm(empty).faults).toEqual([{ path: ['rules', 0, 'followingPeriod', 'feeFen'], message: 'missing' }]);
  });
});
