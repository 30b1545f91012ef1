import { Checkbox } from 'antd';
import type { ActView } from '../../../shared/contract/exceptions.ts';
import { eventBodies } from '../../../shared/domain/events.ts';
import { Photo } from '../../components/Photo.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { MoreRows } from '../../office/MoreRows.tsx';
import { Empty, Failed, Fetching, Problem } from '../../office/States.tsx';
import { Leads, State, When } from '../../office/Values.tsx';
import { ActsFilters } from './ActsFilters.tsx';
import type { ActsSpan } from './acts-span.ts';
import type { CaseSummary } from './case-summary.ts';
import { useActs } from './use-acts.ts';

/** 手动开闸: every act of a person on an arm with its reason and photo; those that belong to no stay stand out. */
export function OpensTab(props: {
  span: ActsSpan;
  people: CaseSummary['people'];
  laneName: (id: string | null) => string;
}) {
  const { t } = useWords();
  const [query, change] = useQuery();
  const onlyLoose = query['loose'] === 'true';
  const rows = useActs('gates', props.span, onlyLoose ? { loose: 'true' } : {});
  const shown: ActView[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows.row(at);
    if (row === undefined) break;
    shown.push(row);
  }
  return (
    <div className="acts opens">
      <ActsFilters span={props.span} people={props.people}>
        <Checkbox
          checked={onlyLoose}
          onChange={(event) => change({ loose: event.target.checked ? 'true' : undefined })}
        >
          {t('exceptions.opens.onlyLoose')}
        </Checkbox>
      </ActsFilters>
      <p className="case-none">{t('exceptions.opens.note')}</p>
      {rows.total === null ? (
        rows.failed ? (
          <Failed error={rows.failed.error} onAgain={rows.again} />
        ) : (
          <Fetching rows={6} />
        )
      ) : shown.length === 0 ? (
        <Empty title={t('exceptions.opens.empty')} text={t('exceptions.opens.emptyText')} />
      ) : (
        <>
          {rows.failed && <Problem text={null} error={rows.failed.error} onAgain={rows.again} />}
          <p className="case-none">{t(rows.exact ? 'kit.total' : 'kit.totalAtLeast', { n: rows.total })}</p>
          <ul className="open-acts">
            {shown.map((row) => (
              <Act key={row.seq} row={row} lane={props.laneName(row.laneId)} />
            ))}
          </ul>
          <MoreRows
            busy={rows.busy}
            end={shown.length >= rows.length}
            more={() => void rows.want(shown.length)}
            label={t('exceptions.opens.more')}
            endLabel={t('exceptions.opens.end')}
          />
        </>
      )}
    </div>
  );
}

function Act({ row, lane }: { row: ActView; lane: string }) {
  const { t } = useWords();
  const body = eventBodies['gate-commanded'].safeParse(row.body).data;
  if (!body) return null;
  return (
    <li data-loose={row.key === null}>
      <Photo id={body.photoId} alt={t('exceptions.opens.photo')} />
      <span className="open-act">
        <strong>
          {t(`lane.action.${body.action}`)} · {lane}
        </strong>
        <When at={row.at} />
        <span>
          {row.actor.name} · {body.reason ?? t('event.noReason')}
        </span>
        {row.key === null ? (
          <State tone="stop">{t('exceptions.opens.loose')}</State>
        ) : (
          <Leads to="stays" place={{ id: row.key }}>
            {t('exceptions.opens.tied')}
          </Leads>
        )}
      </span>
    </li>
  );
}
