import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { go, href, useQuery, useRoute } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Empty } from '../../office/States.tsx';
import { useDayStart } from '../../office/use-day-start.ts';
import { useRows } from '../../office/use-rows.ts';
import { BulkActs } from './BulkActs.tsx';
import { Filters } from './Filters.tsx';
import { criteriaOf, readFilter } from './filter.ts';
import { KindTable } from './KindTable.tsx';
import { MessageDrawer } from './MessageDrawer.tsx';
import { MessageList } from './MessageList.tsx';
import { PlatformCard } from './PlatformCard.tsx';
import { RunScreen } from './RunScreen.tsx';
import { RunsScreen } from './RunsScreen.tsx';
import { StartDialog } from './StartDialog.tsx';
import { useDaily } from './use-daily.ts';
import { useFigures } from './use-figures.ts';
import './outbox.css';
import './message.css';

/** 上报状态: what left, what waits and what was refused; `outbox/runs` are the reconciliations, `outbox/<id>` is one message. */
export function OutboxScreen() {
  const id = useRoute((route) => route.id);
  if (id === 'runs') return <RunsScreen />;
  if (id?.startsWith('runs/')) return <RunScreen key={id} id={id.slice('runs/'.length)} />;
  return <Messages openId={id !== null && /^\d+$/.test(id) ? Number(id) : null} />;
}

function Messages({ openId }: { openId: number | null }) {
  const { t } = useWords();
  const [query] = useQuery();
  const dayStart = useDayStart();
  const filter = readFilter(query);
  const user = useSession((state) => state.user);
  const links = useLive((state) => state.frame?.links) ?? [];
  const figures = useFigures();
  const daily = useDaily();
  const [starting, setStarting] = useState<'check' | 'backfill' | null>(null);
  const rows = useRows(
    ({ outbox }, page, signal) =>
      outbox.list(
        { ...page, ...criteriaOf(filter, dayStart), ...(filter.status && { status: filter.status }) },
        { signal },
      ),
    [JSON.stringify(filter), dayStart],
  );
  const chosen = filter.platform ?? (links.length === 1 ? links[0]?.platform : undefined);
  const kinds = figures.find(({ platform }) => platform === chosen);
  const look = may(user, 'outbox.look');
  return (
    <Page
      title={t('nav.outbox')}
      fill
      {...(look ? {} : { note: t('outbox.attendant') })}
      actions={
        look && (
          <>
            <Button href={href('outbox', { id: 'runs' })}>{t('outbox.run.toList')}</Button>
            {may(user, 'outbox.reconcile') && (
              <>
                <Button disabled={links.length === 0} onClick={() => setStarting('check')}>
                  {t('outbox.run.check')}
                </Button>
                <Button disabled={links.length === 0} onClick={() => setStarting('backfill')}>
                  {t('outbox.run.backfill')}
                </Button>
              </>
            )}
          </>
        )
      }
      filters={<Filters links={links} figures={figures} dayStart={dayStart} />}
    >
      {links.length === 0 ? (
        <div className="box">
          <Empty title={t('outbox.noLinks')} text={t('outbox.noLinksText')} />
        </div>
      ) : (
        <ul className="link-cards">
          {links.map((link) => (
            <PlatformCard
              key={link.platform}
              link={link}
              chosen={links.length > 1 && link.platform === chosen}
              figures={figures.find(({ platform }) => platform === link.platform)}
              daily={daily.find(({ platform }) => platform === link.platform)}
            />
          ))}
          {kinds && kinds.messages.length > 0 && <KindTable figures={kinds} />}
        </ul>
      )}
      <MessageList
        rows={rows}
        onePlatform={links.length === 1}
        {...(look ? { onOpen: (row) => go('outbox', { id: String(row.id), query }) } : {})}
        extra={
          <BulkActs
            filter={filter}
            dayStart={dayStart}
            total={rows.total ?? 0}
            exact={rows.exact}
            upToId={rows.row(0)?.id}
            counted={rows.settled && !rows.busy}
            onDone={rows.again}
          />
        }
      />
      {look && (
        <MessageDrawer id={openId} onClose={() => go('outbox', { query, replace: true })} onChanged={rows.again} />
      )}
      {starting && <StartDialog purpose={starting} links={links} onClose={() => setStarting(null)} />}
    </Page>
  );
}
