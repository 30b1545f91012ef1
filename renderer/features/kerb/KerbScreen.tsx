import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { Loading } from '../../components/Loading.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { problemText } from '../../office/problem-text.ts';
import { useAsk } from '../../office/use-ask.ts';
import { BerthPanel } from './BerthPanel.tsx';
import { needsOf, tailLength } from './berth-state.ts';
import { goTo } from './focus-cell.ts';
import { KerbBar } from './KerbBar.tsx';
import { listenToKerbKeys } from './kerb-keys.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import { NeedsPanel } from './NeedsPanel.tsx';
import { PlateDialog } from './PlateDialog.tsx';
import { kerbKeys } from './possible.ts';
import { RoadView } from './RoadView.tsx';
import { searchBerths } from './search.ts';
import { initialKerb, type KerbDialog, type KerbFilter, useKerb } from './store.ts';
import { inOrder, roadKey, roadsOf } from './street.ts';
import { useBerths } from './use-berths.ts';
import { useColumns } from './use-columns.ts';
import { useKerbCalls } from './use-kerb-calls.ts';
import './kerb.css';
import './cell.css';
import './panel.css';

/** antd comes with it: the map does not wait for that. */
const PayHere = lazy(async () => ({ default: (await import('./PayHere.tsx')).PayHere }));

/** 泊位图: what an attendant at the kerb works with. The street as it lies, a panel for the berth that is looked at. */
export function KerbScreen() {
  const { t, language } = useWords();
  const { rows, asked, now } = useBerths();
  useEffect(() => () => useKerb.setState(initialKerb, true), []);
  if (rows === null)
    return asked.failed ? (
      <div className="full-note" role="alert">
        <strong>{t('kerb.failed')}</strong>
        <span>{problemText(asked.failed.error, t, language)}</span>
      </div>
    ) : (
      <Loading />
    );
  return rows.length === 0 ? <NoBerths /> : <Street rows={rows} now={now} />;
}

function NoBerths() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'berth.edit'));
  return (
    <div className="full-note">
      <strong>{t('kerb.empty')}</strong>
      <span>{t(edits ? 'kerb.emptyManager' : 'kerb.emptyText')}</span>
      {edits && (
        <a className="kerb-link" href={href('berths')}>
          {t('kerb.toRegister')}
        </a>
      )}
    </div>
  );
}

function Street({ rows, now }: { rows: readonly BerthView[]; now: number }) {
  const { t } = useWords();
  const chosen = useKerb((state) => state.chosen);
  const filter = useKerb((state) => state.filter);
  const only = useKerb((state) => state.road);
  const search = useKerb((state) => state.search);
  const dialog = useKerb((state) => state.dialog);
  const areas = useAsk((client, signal) => client.spaces.get(undefined, { signal }), []);
  const map = useRef<HTMLDivElement>(null);
  const whole = useMemo(() => roadsOf(rows), [rows]);
  const { columns, scale } = useColumns(map, whole);
  useKerbCalls(rows, now);

  const needing = useMemo(() => inOrder(whole).filter((berth) => needsOf(berth, now).length > 0), [whole, now]);
  const unpaid = useMemo(() => rows.filter(({ car }) => (car?.dueFen ?? 0) > 0), [rows]);
  const shown = useMemo(() => {
    const chosenRows = { all: rows, needs: needing, unpaid }[filter];
    return roadsOf(only === '' ? chosenRows : chosenRows.filter((berth) => roadKey(berth) === only));
  }, [rows, needing, unpaid, filter, only]);
  const found = useMemo(() => new Set(searchBerths(rows, search).map(({ id }) => id)), [rows, search]);
  const tail = useMemo(() => tailLength(rows.map(({ code }) => code)), [rows]);

  const ground = useRef({ roads: shown, columns, needing });
  ground.current = { roads: shown, columns, needing };
  useEffect(() => listenToKerbKeys(() => ground.current), []);

  const titleOf = ({ areaId, name }: { readonly areaId: string; readonly name: string }): string => {
    const area = areas.data?.areas.find((each) => each.areaId === areaId)?.name;
    if (area === undefined || area === name) return name === '' ? areaId : name;
    return name === '' ? area : `${area} · ${name}`;
  };
  const berth = rows.find(({ id }) => id === chosen);
  const road = (each: BerthView): string => titleOf({ areaId: each.areaId, name: each.road });
  const sizes: Record<KerbFilter, number> = { all: rows.length, needs: needing.length, unpaid: unpaid.length };
  const inSight = inOrder(shown);
  const entry = inSight.some(({ id }) => id === chosen) ? chosen : (inSight[0]?.id ?? null);
  const look = { columns, tail, now, clock: stationNow, chosen, entry, found };
  return (
    <>
      <div className="kerb" inert={dialog !== null}>
        <div className="kerb-main">
          <KerbBar
            berths={rows}
            roads={whole.map((each) => ({ key: each.key, title: titleOf(each) }))}
            sizes={sizes}
            found={found.size}
          />
          <div className="kerb-map" ref={map} style={{ ['--berth' as string]: String(scale) }}>
            {shown.length === 0 && <NoneShown filter={filter} />}
            {shown.map((each) => (
              <RoadView
                key={each.key}
                road={each}
                whole={rows.filter((row) => roadKey(row) === each.key)}
                title={titleOf(each)}
                look={look}
              />
            ))}
          </div>
          <p className="kerb-hint">{t('kerb.hint', { next: kerbKeys.next })}</p>
        </div>
        {berth ? (
          <BerthPanel key={berth.id} berth={berth} tail={tail} title={road(berth)} now={now} />
        ) : (
          <NeedsPanel berths={needing} tail={tail} now={now} />
        )}
      </div>
      {dialog && <OpenDialog key={`${dialog.kind} ${dialog.berthId}`} dialog={dialog} rows={rows} />}
    </>
  );
}

function NoneShown({ filter }: { filter: KerbFilter }) {
  const { t } = useWords();
  const words = {
    all: [t('kerb.noneShown'), ''],
    needs: [t('kerb.noneNeeds'), t('kerb.noneNeedsText')],
    unpaid: [t('kerb.noneUnpaid'), ''],
  }[filter];
  return (
    <div className="kerb-none">
      <strong>{words[0]}</strong>
      <span>{words[1]}</span>
      <button type="button" onClick={() => useKerb.setState({ filter: 'all', road: '' })}>
        {t('kerb.showAll')}
      </button>
    </div>
  );
}

/** The dialog, and afterwards the focus where it was. */
function OpenDialog({ dialog, rows }: { dialog: KerbDialog; rows: readonly BerthView[] }) {
  const berth = rows.find(({ id }) => id === dialog.berthId);
  useEffect(
    () => () => {
      if (useKerb.getState().dialog === null) goTo(dialog.berthId);
    },
    [dialog.berthId],
  );
  if (!berth) return null;
  const { kind, uid } = dialog;
  if (kind === 'identify' || kind === 'correct' || kind === 'arrive')
    return <PlateDialog dialog={{ ...dialog, kind }} berth={berth} around={rows} />;
  if (kind === 'pay')
    return uid === null ? null : (
      <Suspense fallback={null}>
        <PayHere uid={uid} berth={berth} />
      </Suspense>
    );
  return <LeaveDialog dialog={dialog} berth={berth} />;
}
