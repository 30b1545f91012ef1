import { dash, maybe, PARK, packed, text } from '../field.ts';
import { finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { rowsOf, textOf } from '../json.ts';
import { againState } from '../objections.ts';
import { DONE } from '../style.ts';

/** 上行3.1: every internal car first, then each change. */
export const PostCarCard: UpInterface = {
  name: 'PostCarCard',
  fields: [
    PARK,
    text('cardId'),
    maybe('userName'),
    maybe('telPhone'),
    text('carType', { codes: 'carType' }),
    dash('validFrom'),
    dash('validTo'),
    packed('plateDetails', [maybe('plateNo'), maybe('etcNo')]),
  ],
  ...{ kind: 'report', ordered: false },
  key: (fields) => textOf(fields, 'cardId'),
  again: againState,
  relations({ fields }) {
    const pairs = rowsOf(fields['plateDetails']);
    const odd = pairs.find((pair) => (textOf(pair, 'plateNo') === '') === (textOf(pair, 'etcNo') === ''));
    return some(
      odd && finding('format', `neither or both of plate and card: ${JSON.stringify(odd)}`, 'plateDetails'),
      pairs.length === 0 && finding('presence', 'a card without any car', 'plateDetails'),
      textOf(fields, 'validFrom') > textOf(fields, 'validTo') &&
        finding('time', 'validTo is before validFrom', 'validTo'),
    );
  },
  process({ fields }, state) {
    state.cards.set(textOf(fields, 'cardId'), fields);
    return { answer: DONE };
  },
};
