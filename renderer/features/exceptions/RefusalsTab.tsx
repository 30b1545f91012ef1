import type { ActView } from '../../../shared/contract/exceptions.ts';
import type { StationClient } from '../../../shared/contract/index.ts';
import { attentionSchema } from '../../../shared/contract/lanes.ts';
import { eventBodies } from '../../../shared/domain/events.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { PlateCell } from '../../office/stay/StayWords.tsx';
import { Leads, State, When } from '../../office/Values.tsx';
import { ActsFilters } from './ActsFilters.tsx';
import type { ActsSpan } from './acts-span.ts';
import type { CaseSummary } from './case-summary.ts';
import { useActs } from './use-acts.ts';

export type ActCounts = Awaited<ReturnType<StationClient['exceptions']['counts']>>;

const ended = (row: ActView) => eventBodies['passage-ended'].safeParse(row.body).data;
const outcomes = ['cancelled', 'turned-back', 'next-car'] as const;

/** 拒绝: cars that were not let through, how often what stopped one, and messages that platforms refused. */
export function RefusalsTab(props: {
  span: ActsSpan;
  people: CaseSummary['people'];
  counts: ActCounts | null;
  laneName: (id: string | null) => string;
}) {
  const { t } = useWords();
  const rows = useActs('turned-away', props.span);
  const columns: readonly Column<ActView>[] = [
    { key: 'at', title: t('exceptions.acts.columns.at'), width: 164, render: (row) => <When at={row.at} /> },
    {
      key: 'plate',
      title: t('exceptions.acts.columns.plate'),
      width: 150,
      render: (row) => {
        const plate = ended(row)?.plate;
        return plate && <PlateCell plate={plate} />;
      },
    },
    { key: 'lane', title: t('exceptions.acts.columns.lane'), width: 110, render: (row) => props.laneName(row.laneId) },
    {
      key: 'why',
      title: t('exceptions.refusals.column.why'),
      width: 170,
      grow: true,
      render: (row) => {
        const why = attentionSchema.safeParse(row.stopped).data;
        return why ? t(`attention.${why}.title`) : (row.stopped ?? t('exceptions.refusals.notStopped'));
      },
    },
    {
      key: 'how',
      title: t('exceptions.refusals.column.how'),
      width: 170,
      render: (row) => {
        const how = outcomes.find((each) => each === ended(row)?.how);
        return (
          how && <State tone={how === 'cancelled' ? 'call' : 'plain'}>{t(`exceptions.refusals.how.${how}`)}</State>
        );
      },
    },
    {
      key: 'who',
      title: t('exceptions.acts.columns.who'),
      width: 90,
      render: (row) => (row.actor.kind === 'station' ? t('exceptions.acts.system') : row.actor.name),
    },
    {
      key: 'reason',
      title: t('exceptions.acts.columns.reason'),
      width: 140,
      grow: true,
      render: (row) => ended(row)?.reason ?? '',
    },
  ];
  return (
    <div className="acts">
      <ActsFilters span={props.span} people={props.people} />
      <Figures stopped={props.counts?.stopped ?? null} />
      <p className="case-none">{t('exceptions.refusals.note')}</p>
      <DataTable
        name="exceptions-refusals"
        label={t('exceptions.tab.refusals')}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.seq)}
        onOpen={(row) =>
          row.key === null
            ? go('audit', { query: { scope: 'all', ...(row.laneId === null ? {} : { laneId: row.laneId }) } })
            : go('stays', { id: row.key })
        }
        empty={{ title: t('exceptions.refusals.empty'), text: t('exceptions.refusals.emptyText') }}
      />
    </div>
  );
}

function Figures({ stopped }: { stopped: ActCounts['stopped'] | null }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const links = useLive((state) => state.frame?.links);
  const refused = (links ?? []).filter((link) => link.refused > 0);
  return (
    <dl className="refusal-figures">
      <div>
        <dt>{t('exceptions.refusals.stopped')}</dt>
        {stopped === null ? (
          <dd>…</dd>
        ) : stopped.length === 0 ? (
          <dd className="value-none">{t('exceptions.refusals.none')}</dd>
        ) : (
          <>
            {stopped.map(({ reason, count }) => (
              <dd key={reason}>
                {t(`attention.${reason}.title`)} <strong>{count}</strong>
              </dd>
            ))}
            <dd className="value-none">
              {t('exceptions.refusals.stoppedNote', { n: stopped.reduce((sum, each) => sum + each.count, 0) })}
            </dd>
          </>
        )}
      </div>
      {may(user, 'outbox.read') && (
        <div>
          <dt>{t('exceptions.refusals.messages')}</dt>
          {refused.length === 0 ? (
            <dd className="value-none">{t('exceptions.refusals.noMessages')}</dd>
          ) : (
            refused.map(({ platform, title, refused: n }) => (
              <dd key={platform}>
                <Leads
                  to="outbox"
                  place={{ query: { status: 'refused', platform } }}
                  label={`${t('exceptions.refusals.openMessages')}：${title} ${n}`}
                >
                  {t('exceptions.refusals.message', { platform: title, n })}
                </Leads>
              </dd>
            ))
          )}
        </div>
      )}
    </dl>
  );
}
