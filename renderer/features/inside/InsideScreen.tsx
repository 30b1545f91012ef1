import { Button } from 'antd';
import { useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { termsName } from '../../events/terms-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { Page } from '../../office/Page.tsx';
import { Problem } from '../../office/States.tsx';
import { PlateCell, stayDuration } from '../../office/stay/StayWords.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { useRows } from '../../office/use-rows.ts';
import { When } from '../../office/Values.tsx';
import { CloseDialog, type CloseWhat } from './CloseDialog.tsx';
import { InsideFigures } from './InsideFigures.tsx';
import { InsideFilters } from './InsideFilters.tsx';
import { insideFilterOf } from './inside-filter.ts';
import { MOST_AT_ONCE, oldest } from './pick-oldest.ts';
import { RecountDialog } from './RecountDialog.tsx';
import './inside.css';

const NOBODY: ReadonlySet<string> = new Set();
/** 在场车辆: who stands inside, the oldest in front; what is long gone is closed here, and a count is put right. */
export function InsideScreen() {
  const { t, language } = useWords();
  const user = useSession((state) => state.user);
  const [query] = useQuery();
  const filter = insideFilterOf(query);
  const key = JSON.stringify(filter);
  const rows = useRows<StayView>(
    (client, page, signal) => client.sessions.stale({ ...filter, ...page }, { signal }),
    [key],
  );
  // A new count comes with the header's: whenever a car came or went.
  const inside = useLive((state) => state.frame?.spaces.inside ?? null);
  const occupancy = useAsk((client, signal) => client.spaces.get(undefined, { signal }), [inside]);
  const staleDays = useAsk((client) => client.lanes.rules(), []).data?.staleDays ?? 30;
  const [picked, setPicked] = useState<{ readonly key: string; readonly ids: ReadonlySet<string> }>({
    key,
    ids: NOBODY,
  });
  const [closing, setClosing] = useState<CloseWhat | null>(null);
  const [recounting, setRecounting] = useState(false);
  // What was picked under another filter is out of sight, and nobody closes what they do not see.
  const ids = picked.key === key ? picked.ids : NOBODY;
  const mayClose = may(user, 'stay.close-stale');
  const choosing = useAct();
  const most = Math.min(rows.total ?? 0, MOST_AT_ONCE);
  const allPicked = most > 0 && ids.size >= most;
  const pickAll = async (): Promise<void> => {
    if (allPicked) {
      setPicked({ key, ids: NOBODY });
      return;
    }
    const found = await choosing.run((client) => oldest(client, filter, most));
    if (found) setPicked({ key, ids: new Set(found) });
  };
  const days = filter.hours > 0 && filter.hours % 24 === 0 ? filter.hours / 24 : null;
  const onlyAge = Object.keys(filter).length === 1;
  const areaName = (id: string | null): string => occupancy.data?.areas.find((area) => area.areaId === id)?.name ?? '';
  const columns: readonly Column<StayView>[] = [
    {
      key: 'plate',
      title: t('stays.column.plate'),
      width: 150,
      render: (stay) => <PlateCell plate={stay.plate} identity={stay.identity} />,
    },
    {
      key: 'duration',
      title: t('stays.column.duration'),
      width: 140,
      align: 'end',
      render: (stay) => stayDuration(stay, stationNow(), language) ?? '',
    },
    { key: 'entered', title: t('stays.column.entered'), width: 176, render: (stay) => <When at={stay.enteredAt} /> },
    {
      key: 'entryLane',
      title: t('stays.column.entryLane'),
      width: 120,
      grow: true,
      render: (stay) => stay.entryLane.name,
    },
    { key: 'area', title: t('inside.column.area'), width: 110, grow: true, render: (stay) => areaName(stay.areaId) },
    {
      key: 'terms',
      title: t('stays.column.terms'),
      width: 120,
      grow: true,
      render: (stay) => termsName(stay.terms, t),
    },
    { key: 'class', title: t('stays.column.class'), width: 90, render: (stay) => t(`vehicle.${stay.vehicleClass}`) },
    { key: 'uid', title: t('stays.column.uid'), width: 250, optional: true, render: (stay) => stay.uid },
  ];
  const staleBefore = stationNow() - staleDays * 86_400_000;
  return (
    <Page
      title={t('nav.inside')}
      note={t('inside.oldest')}
      fill
      filters={<InsideFilters areas={occupancy.data?.areas ?? []} staleDays={staleDays} />}
      actions={
        <>
          {ids.size > 0 && (
            <>
              <span className="page-note" role="status">
                {t(allPicked ? 'inside.selectedAll' : 'inside.selected', { n: ids.size })}
              </span>
              <Button onClick={() => setPicked({ key, ids: NOBODY })}>{t('inside.clear')}</Button>
              <Button danger onClick={() => setClosing({ uids: [...ids] })}>
                {t('inside.close', { n: ids.size })}
              </Button>
            </>
          )}
          {mayClose && ids.size === 0 && days !== null && onlyAge && (rows.total ?? 0) > 0 && (
            <Button danger onClick={() => setClosing({ olderThanDays: days })}>
              {t('inside.closeAll', { days })}
            </Button>
          )}
          {may(user, 'spaces.recount') && <Button onClick={() => setRecounting(true)}>{t('inside.recount')}</Button>}
        </>
      }
    >
      <Problem text={choosing.problem} />
      <InsideFigures occupancy={occupancy.data} staleDays={staleDays} />
      <DataTable
        name="inside"
        label={t('nav.inside')}
        columns={columns}
        rows={rows}
        rowId={(stay) => stay.uid}
        onOpen={(stay) => go('stays', { id: stay.uid })}
        tone={(stay) => (fromRfc3339(stay.enteredAt) < staleBefore ? 'call' : undefined)}
        empty={{ title: t('inside.empty'), text: t('inside.emptyText') }}
        {...(mayClose
          ? {
              selection: {
                ids,
                onChange: (next) => setPicked({ key, ids: next }),
                all: {
                  label: allPicked
                    ? t('inside.clear')
                    : t((rows.total ?? 0) > MOST_AT_ONCE || !rows.exact ? 'inside.pickOldest' : 'inside.pickAll', {
                        n: most,
                      }),
                  checked: allPicked,
                  busy: choosing.busy,
                  onChange: () => void pickAll(),
                },
              },
            }
          : {})}
      />
      {closing && (
        <CloseDialog
          what={closing}
          staleDays={staleDays}
          onClose={() => setClosing(null)}
          onDone={() => {
            setPicked({ key, ids: NOBODY });
            rows.again();
            occupancy.again();
          }}
        />
      )}
      {recounting && occupancy.data && (
        <RecountDialog
          occupancy={occupancy.data}
          onClose={() => setRecounting(false)}
          onDone={() => {
            setRecounting(false);
            occupancy.again();
          }}
        />
      )}
    </Page>
  );
}
