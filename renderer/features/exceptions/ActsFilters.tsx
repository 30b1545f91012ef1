import type { ReactNode } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DateRange } from '../../office/DateRange.tsx';
import { Filter } from '../../office/Page.tsx';
import type { ActsSpan } from './acts-span.ts';
import type { CaseSummary } from './case-summary.ts';

/** When and by whom; the same on every list of acts, so that changing the list keeps the days. */
export function ActsFilters(props: { span: ActsSpan; people: CaseSummary['people']; children?: ReactNode }) {
  const { t } = useWords();
  const [query, change] = useQuery();
  const { days, dayStart } = props.span;
  return (
    <search className="page-filters acts-filters">
      <Filter label={t('exceptions.acts.period')} htmlFor="acts-days">
        <DateRange
          id="acts-days"
          value={days}
          dayStart={dayStart}
          onChange={(next) => next && change({ from: next.from, to: next.to })}
        />
      </Filter>
      <Filter label={t('exceptions.acts.person')} htmlFor="acts-person">
        <FilterChoice
          id="acts-person"
          value={query['user']}
          all={t('exceptions.acts.anyone')}
          onChange={(user) => change({ user })}
          options={props.people.map(({ name, displayName }) => ({
            value: name,
            label: displayName === '' ? name : `${displayName}（${name}）`,
          }))}
        />
      </Filter>
      {props.children}
    </search>
  );
}
