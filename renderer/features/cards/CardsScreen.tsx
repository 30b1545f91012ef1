import { Segmented } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useRoute } from '../../lib/route.ts';
import { CardList } from './CardList.tsx';
import { CardPage } from './CardPage.tsx';
import { PlanList } from './PlanList.tsx';

const tabs = ['cards', 'plans'] as const;
/** No card has this id: the station makes them longer. */
const PLANS = 'plans';

/** 月租与储值: all cards, one of them, and the plans by which they are renewed and recharged. */
export function CardsScreen() {
  const { t } = useWords();
  const id = useRoute((route) => route.id);
  const choice = (
    <Segmented
      aria-label={t('nav.cards')}
      value={id === PLANS ? 'plans' : 'cards'}
      onChange={(next) => go('cards', next === 'plans' ? { id: PLANS } : {})}
      options={tabs.map((value) => ({ value, label: t(`cards.tab.${value}`) }))}
    />
  );
  if (id === null) return <CardList tabs={choice} />;
  return id === PLANS ? <PlanList tabs={choice} /> : <CardPage key={id} id={id} />;
}
