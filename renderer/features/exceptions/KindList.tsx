import type { CaseKind } from '../../../shared/domain/money-flow.ts';
import { caseKindSchema } from '../../../shared/domain/money-flow.ts';
import { formatMoment } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import type { CaseSummary, CaseTab } from './case-summary.ts';

/** The kinds of case with how many of each are open, and since when the oldest waits. */
export function KindList(props: {
  summary: CaseSummary | null;
  tab: CaseTab;
  kind: CaseKind | undefined;
  onChange: (kind: CaseKind | undefined) => void;
}) {
  const { t } = useWords();
  const { summary, tab, kind } = props;
  const now = stationNow();
  const known = new Map(summary?.byKind.map((each) => [each.kind, each]));
  const count = (of: CaseKind): number | null => {
    const found = known.get(of);
    if (tab === 'open') return found?.open ?? 0;
    return tab === 'mine' ? (found?.mine ?? 0) : null;
  };
  // What waits stands in front; among closed ones every kind is worth looking up.
  const kinds =
    tab === 'closed' || tab === 'nobody'
      ? caseKindSchema.options
      : caseKindSchema.options.filter((each) => (count(each) ?? 0) > 0 || each === kind);
  return (
    <nav className="case-kinds" aria-label={t('exceptions.kinds')}>
      <ul>
        <li>
          <button type="button" aria-pressed={kind === undefined} onClick={() => props.onChange(undefined)}>
            <span>{t('exceptions.allKinds')}</span>
            {tab === 'open' && summary && <strong>{summary.open}</strong>}
            {tab === 'mine' && summary && <strong>{summary.mine}</strong>}
          </button>
        </li>
        {kinds.map((each) => {
          const found = known.get(each);
          const n = count(each);
          return (
            <li key={each}>
              <button type="button" aria-pressed={kind === each} onClick={() => props.onChange(each)}>
                <span>
                  {t(`event.case.${each}`)}
                  {tab === 'open' && found && (
                    <small>{t('exceptions.oldest', { time: formatMoment(found.oldestAt, now) })}</small>
                  )}
                </span>
                {n !== null && <strong>{n}</strong>}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
