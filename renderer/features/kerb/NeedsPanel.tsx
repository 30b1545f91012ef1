import type { BerthView } from '../../../shared/contract/berths.ts';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { plateWithDot } from '../../lib/plates.ts';
import { needsOf } from './berth-state.ts';
import { goTo } from './focus-cell.ts';
import { kerbKeys } from './possible.ts';
import { useKerb } from './store.ts';
import { needWord } from './words.ts';

const SHOWN = 40;

/** While no berth is chosen: all that need a person, in the order in which they stand along the street. */
export function NeedsPanel({ berths, tail, now }: { berths: readonly BerthView[]; tail: number; now: number }) {
  const { t } = useWords();
  return (
    <aside className="kerb-panel" aria-label={t('kerb.needs')}>
      <header className="panel-berth">
        <h2>
          {t('kerb.needs')} {berths.length}
        </h2>
        <p>{berths.length > 0 ? t('kerb.needsText', { key: kerbKeys.next }) : t('kerb.nothingNeeds')}</p>
      </header>
      <ul className="panel-list">
        {berths.slice(0, SHOWN).map((berth) => {
          const [need = 'offline'] = needsOf(berth, now);
          return (
            <li key={berth.id}>
              <button type="button" data-need={need} onClick={() => goTo(berth.id)}>
                <strong>{berth.code.slice(-tail)}</strong>
                <Shape name={need === 'offline' ? 'cut' : 'attention'} size={16} />
                <span>{needWord(need, t)}</span>
                <small>{plateWithDot(berth.car?.plate ?? '')}</small>
              </button>
            </li>
          );
        })}
        {berths.length > SHOWN && (
          <li>
            <button type="button" onClick={() => useKerb.setState({ filter: 'needs' })}>
              {t('kerb.more', { n: berths.length - SHOWN })}
            </button>
          </li>
        )}
      </ul>
      <p className="panel-text">{t('kerb.choose')}</p>
    </aside>
  );
}
