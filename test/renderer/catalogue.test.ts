import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/lib/i18n/en.ts';
import { zh } from '../../renderer/lib/i18n/zh.ts';
import { attentionSchema, commandOutcomeSchema, lanePhaseSchema, warningSchema } from '../../shared/contract/lanes.ts';
import { messageStatusSchema } from '../../shared/contract/outbox.ts';
import { attemptStateSchema, caseKindSchema, paymentMethodSchema } from '../../shared/domain/money-flow.ts';
import { plateColorSchema } from '../../shared/domain/plate.ts';
import { platformIdSchema, roleSchema } from '../../shared/domain/site.ts';
import { doubtKindSchema } from '../../shared/domain/stay.ts';
import { feeStepSchema } from '../../shared/domain/tariff.ts';
import { cardTypeSchema, termsKindSchema, termsSchema } from '../../shared/domain/terms.ts';

function leaves(node: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(name, value);
    else for (const [inner, text] of leaves(value, name)) found.set(inner, text);
  }
  return found;
}

const holes = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const chinese = leaves(zh);
const english = leaves(en);

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('fill in the same values', () => {
    const different = [...chinese].filter(([key, text]) => holes(text).join() !== holes(english.get(key) ?? '').join());
    expect(different).toEqual([]);
  });

  it('leave no sentence empty, and none in the wrong language', () => {
    const chineseInEnglish = [...english].filter(
      ([key, text]) => /\p{Script=Han}/u.test(text) && !key.startsWith('app.language'),
    );
    expect(chineseInEnglish).toEqual([]);
    const empty = [...chinese, ...english].filter(([key, text]) => text === '' && key !== 'problem.noLane.money');
    expect(empty).toEqual([]);
  });

  it.each([
    ['lane.phase', lanePhaseSchema.options],
    ['lane.outcome', commandOutcomeSchema.options],
    ['plate.color', plateColorSchema.options],
    ['outbox.status', messageStatusSchema.options],
    ['platform', platformIdSchema.options],
    ['app.role', roleSchema.options],
    ['step', feeStepSchema.shape.kind.options],
    ['warning', warningSchema.options],
    ['doubt', doubtKindSchema.options],
    ['terms', termsKindSchema.options],
    ['terms.why', termsSchema.shape.fallback.unwrap().options],
    ['card', cardTypeSchema.options],
    ['event.method', paymentMethodSchema.options],
    ['event.case', caseKindSchema.options],
    ['event.attemptState', attemptStateSchema.options],
  ])('have a word for every %s of the contract', (prefix, values) => {
    expect(values.filter((value) => !chinese.has(`${prefix}.${value}`))).toEqual([]);
  });

  it('tell what to do for every cause of attention', () => {
    for (const reason of attentionSchema.options) expect(chinese.get(`attention.${reason}.todo`)).toBeTruthy();
  });
});
