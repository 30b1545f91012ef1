import { useMemo } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { plateWithDot } from '../../lib/plates.ts';
import type { Column } from '../../office/DataTable.tsx';
import { DaysLeft, Source, Validity } from '../../office/Registry.tsx';
import { State, type Tone, When } from '../../office/Values.tsx';
import { heldText } from './held.ts';
import { useLayout } from './use-layout.ts';

export const cardTones: Readonly<Record<CardView['state'], Tone>> = {
  active: 'go',
  suspended: 'call',
  cancelled: 'plain',
};
/** Days before its end from which a card is marked. */
export const SOON = 7;

export function useCardColumns(): readonly Column<CardView>[] {
  const { t } = useWords();
  const layout = useLayout();
  return useMemo(
    () => [
      { key: 'number', title: t('cards.number'), width: 120, render: (card) => card.number },
      {
        key: 'plates',
        title: t('cards.plates'),
        width: 180,
        grow: true,
        render: ({ plates }) => (
          <span title={plates.map(plateWithDot).join('、')}>
            {plates.length === 0 ? t('cards.noPlates') : <strong>{plates.slice(0, 1).map(plateWithDot)}</strong>}
            {plates.length > 1 && ` ${t('cards.morePlates', { n: plates.length })}`}
          </span>
        ),
      },
      { key: 'type', title: t('cards.type'), width: 100, render: (card) => t(`card.${card.type}`) },
      { key: 'owner', title: t('registry.owner'), width: 110, render: (card) => card.owner },
      {
        key: 'state',
        title: t('registry.state'),
        width: 90,
        render: (card) => <State tone={cardTones[card.state]}>{t(`cards.state.${card.state}`)}</State>,
      },
      {
        key: 'validity',
        title: t('registry.validity'),
        width: 210,
        render: (card) => <Validity from={card.validFrom} to={card.validTo} days />,
      },
      {
        key: 'left',
        title: t('cards.left'),
        width: 120,
        render: (card) => (card.state === 'cancelled' ? null : <DaysLeft to={card.validTo} soon={SOON} />),
      },
      {
        key: 'held',
        title: t('cards.holds'),
        width: 110,
        align: 'end',
        render: (card) => heldText(card, t),
      },
      { key: 'spaces', title: t('cards.spaces'), width: 80, align: 'end', render: (card) => card.spaces },
      {
        key: 'areas',
        title: t('cards.areas'),
        width: 140,
        optional: true,
        render: (card) => layout.areaNames(card.areas),
      },
      { key: 'name', title: t('cards.name'), width: 140, optional: true, render: (card) => card.name },
      { key: 'room', title: t('cards.room'), width: 110, optional: true, render: (card) => card.room },
      {
        key: 'ics',
        title: t('cards.icNumbers'),
        width: 160,
        optional: true,
        render: (card) => card.icNumbers.join('、'),
      },
      { key: 'phone', title: t('registry.phone'), width: 130, optional: true, render: (card) => card.phone },
      { key: 'remark', title: t('registry.remark'), width: 160, optional: true, render: (card) => card.remark },
      {
        key: 'source',
        title: t('registry.updatedBy'),
        width: 130,
        optional: true,
        render: (card) => <Source name={card.source} />,
      },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (card) => <When at={card.updatedAt} />,
      },
    ],
    [t, layout],
  );
}
