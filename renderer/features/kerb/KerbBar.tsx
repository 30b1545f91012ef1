import { useRef } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { PlateField } from '../../components/PlateField.tsx';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { countsOf } from './berth-state.ts';
import { Counted } from './Counted.tsx';
import { showCell } from './focus-cell.ts';
import { cleanSearch, searchBerths } from './search.ts';
import { type KerbFilter, useKerb } from './store.ts';

const filters: readonly KerbFilter[] = ['all', 'needs', 'unpaid'];

/** Above the street: how many there are, which are shown, and the field into which whatever is typed goes. */
export function KerbBar(props: {
  berths: readonly BerthView[];
  roads: readonly { readonly key: string; readonly title: string }[];
  sizes: Readonly<Record<KerbFilter, number>>;
  found: number;
}) {
  const { t } = useWords();
  const filter = useKerb((state) => state.filter);
  const road = useKerb((state) => state.road);
  const search = useKerb((state) => state.search);
  const field = useRef<HTMLDivElement>(null);
  const look = (raw: string): void => {
    const text = cleanSearch(raw);
    useKerb.setState({ search: text });
    const [best] = searchBerths(props.berths, text);
    if (best) showCell(best.id);
  };
  return (
    <header className="kerb-bar">
      <h2 className="visually-hidden">{t('kerb.title')}</h2>
      <fieldset className="kerb-filters">
        <legend className="visually-hidden">{t('kerb.filter.label')}</legend>
        {filters.map((each) => (
          <button
            key={each}
            type="button"
            data-filter={each}
            data-some={props.sizes[each] > 0}
            aria-pressed={filter === each}
            onClick={() => useKerb.setState({ filter: each })}
          >
            {each === 'needs' && props.sizes.needs > 0 && <Shape name="attention" size={16} />}
            {t(`kerb.filter.${each}`)} <strong>{props.sizes[each]}</strong>
          </button>
        ))}
      </fieldset>
      {props.roads.length > 1 && (
        <select
          className="kerb-road"
          aria-label={t('kerb.filter.road')}
          value={road}
          onChange={(event) => useKerb.setState({ road: event.target.value })}
        >
          <option value="">{t('kerb.filter.allRoads')}</option>
          {props.roads.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      )}
      <div className="kerb-search" data-empty={search === ''} data-none={search !== '' && props.found === 0}>
        <PlateField
          className="kerb-typed"
          label={t('kerb.search')}
          value={search}
          onChange={look}
          field={field}
          goesOn
        />
        <span role="status">
          {search === ''
            ? t('kerb.search')
            : props.found > 0
              ? t('kerb.found', { n: props.found })
              : t('kerb.foundNone')}
        </span>
      </div>
      <Counted counts={countsOf(props.berths)} />
    </header>
  );
}
