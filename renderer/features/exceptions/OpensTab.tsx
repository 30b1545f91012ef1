import { Checkbox } from 'antd';
import { useState } from 'react';
import { eventBodies } from '../../../shared/domain/events.ts';
import { Photo } from '../../components/Photo.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { MoreRows } from '../../office/MoreRows.tsx';
import { Empty, Failed, Fetching } from '../../office/States.tsx';
import { useBackwards } from '../../office/use-backwards.ts';
import { Leads, State, When } from '../../office/Values.tsx';

/** Rows looked through without being asked: most orders to an arm are nobody's act by hand. */
const MOST_UNASKED = 1_000;

/** 手动开闸: every act of a person on an arm with its reason and photo; those that belong to no stay stand out. */
export function OpensTab() {
  const { t } = useWords();
  const lanes = useLive((state) => state.frame?.lanes);
  const [onlyLoose, setOnlyLoose] = useState(false);
  const journal = useBackwards(
    (client, page, signal) => client.audit({ kind: 'gate-commanded', ...page }, { signal }),
    [],
  );
  if (journal.rows === null)
    return journal.failed ? <Failed error={journal.failed.error} onAgain={journal.again} /> : <Fetching rows={6} />;
  const acts = journal.rows.flatMap((row) => {
    const body = eventBodies['gate-commanded'].safeParse(row.body).data;
    return body?.origin === 'manual' ? [{ row, body }] : [];
  });
  const shown = onlyLoose ? acts.filter(({ row }) => row.key === null) : acts;
  return (
    <div className="opens">
      <p className="case-none">
        {t('exceptions.opens.note')}{' '}
        <Checkbox checked={onlyLoose} onChange={(event) => setOnlyLoose(event.target.checked)}>
          {t('exceptions.opens.onlyLoose')}
        </Checkbox>
      </p>
      {shown.length === 0 && journal.end ? (
        <Empty title={t('exceptions.opens.empty')} text={t('exceptions.opens.emptyText')} />
      ) : (
        <ul className="open-acts">
          {shown.map(({ row, body }) => (
            <li key={row.seq} data-loose={row.key === null}>
              <Photo id={body.photoId} alt={t('exceptions.opens.photo')} />
              <span className="open-act">
                <strong>
                  {t(`lane.action.${body.action}`)} ·{' '}
                  {lanes?.find((lane) => lane.id === row.laneId)?.name ?? row.laneId}
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
          ))}
        </ul>
      )}
      <MoreRows
        busy={journal.busy}
        end={journal.end}
        more={journal.more}
        auto={journal.rows.length < MOST_UNASKED}
        label={t('exceptions.opens.more')}
        endLabel={t('exceptions.opens.end')}
      />
    </div>
  );
}
