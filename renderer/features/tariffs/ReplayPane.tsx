import { Button, Drawer, Progress } from 'antd';
import { useEffect, useState } from 'react';
import type { ReplayView } from '../../../shared/contract/tariff-views.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { stationNow } from '../../lib/station/session.ts';
import { type DateSpan, presetSpan, spanMoments } from '../../office/dates.ts';
import { saveFile } from '../../office/files.ts';
import { DateInput } from '../../office/inputs.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Figure } from '../../office/Values.tsx';
import { DifferenceRows } from './DifferenceRows.tsx';
import { ReplayDifferences } from './ReplayDifferences.tsx';

const POLL_MS = 400;

/** 回放: the real stays of a period under the present tariffs and under the draft, before anybody is charged by it. */
export function ReplayPane(props: { draftId: string; revision: number; unsaved: boolean; undecided: number }) {
  const { t } = useWords();
  const siteKnown = useLive((state) => state.frame !== null);
  const today = shanghaiDate(stationNow());
  const [span, setSpan] = useState<DateSpan>(() => presetSpan('lastMonth', today));
  const [id, setId] = useState<string | null>(null);
  const [tick, setTick] = useState(0);
  const [all, setAll] = useState(false);
  const act = useAct();
  const known = useAsk((client) => client.tariffs.replays.list(), [props.draftId]);
  const last = known.data?.findLast(({ draftId }) => draftId === props.draftId)?.id ?? null;
  const shown = id ?? last;
  const asked = useAsk(
    (client) => (shown === null ? null : client.tariffs.replays.get({ replayId: shown })),
    [shown, tick],
  );
  const replay = asked.data;
  const running = replay?.state === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setTick((n) => n + 1), POLL_MS);
    return () => clearInterval(timer);
  }, [running]);
  const begin = async (): Promise<void> => {
    const moments = spanMoments(span, '00:00');
    if (!moments) return;
    const begun = await act.run((client) => client.tariffs.drafts.replay({ draftId: props.draftId, ...moments }));
    if (begun) setId(begun.id);
  };
  const give = async (one: ReplayView): Promise<void> => {
    const file = await act.run((client) => client.tariffs.replays.export({ replayId: one.id, format: 'xlsx' }));
    if (file) saveFile(file);
  };
  return (
    <div className="tf-stack">
      <p className="tf-aside">{t('tariffs.replay.what')}</p>
      <div className="tf-replay-span">
        {(['lastMonth', 'last7'] as const).map((preset) => {
          const days = presetSpan(preset, today);
          return (
            <Button
              key={preset}
              aria-pressed={days.from === span.from && days.to === span.to}
              onClick={() => setSpan(days)}
            >
              {t(`kit.preset.${preset}`)}
            </Button>
          );
        })}
        <DateInput label={t('kit.from')} value={span.from} onChange={(from) => from && setSpan({ ...span, from })} />
        <DateInput label={t('kit.to')} value={span.to} onChange={(to) => to && setSpan({ ...span, to })} />
      </div>
      <span className="tf-inline">
        <Button
          type="primary"
          disabled={props.unsaved || running || !siteKnown}
          loading={act.busy}
          onClick={() => void begin()}
        >
          {t('tariffs.replay.begin')}
        </Button>
        {running && (
          <Button
            onClick={() =>
              void act.run((client) => client.tariffs.replays.remove({ replayId: replay.id })).then(() => asked.again())
            }
          >
            {t('tariffs.replay.cancel')}
          </Button>
        )}
        {props.unsaved && <small>{t('tariffs.replay.saveFirst')}</small>}
      </span>
      {props.undecided > 0 && (
        <p className="tf-note" data-severity="warning">
          {t('tariffs.trial.assumed', { n: props.undecided })}
        </p>
      )}
      <Problem text={act.problem} />
      {replay && (
        <section className="tf-stack" aria-live="polite">
          {running && <Progress percent={Math.round(replay.progress * 100)} aria-label={t('tariffs.replay.running')} />}
          {replay.state === 'failed' && <Problem text={t('tariffs.replay.failed', { detail: replay.detail })} />}
          {replay.state === 'cancelled' && <p>{t('tariffs.replay.cancelled')}</p>}
          {replay.revision !== props.revision && (
            <p className="tf-note" data-severity="warning">
              {t('tariffs.replay.older', { n: replay.revision })}
            </p>
          )}
          <div className="figures tf-figures">
            <Figure label={t('tariffs.replay.before')} value={formatMoney(replay.beforeFen)} />
            <Figure
              label={t('tariffs.replay.after')}
              value={formatMoney(replay.afterFen)}
              note={signed(replay.afterFen - replay.beforeFen)}
            />
            <Figure label={t('tariffs.replay.stays')} value={String(replay.stays)} />
            <Figure label={t('tariffs.replay.dearer')} value={String(replay.dearer)} />
            <Figure label={t('tariffs.replay.cheaper')} value={String(replay.cheaper)} />
            <Figure label={t('tariffs.replay.same')} value={String(replay.same)} />
          </div>
          {(replay.skipped > 0 || replay.pricedByOne > 0) && (
            <p className="tf-aside">
              {t('tariffs.replay.besides', { skipped: replay.skipped, one: replay.pricedByOne })}
            </p>
          )}
          {replay.biggest.length > 0 && (
            <>
              <h4>{t('tariffs.replay.biggest')}</h4>
              <DifferenceRows rows={replay.biggest} />
              <span className="tf-inline">
                <Button size="small" onClick={() => setAll(true)}>
                  {t('tariffs.replay.all', { n: replay.dearer + replay.cheaper })}
                </Button>
                <Button size="small" disabled={running} onClick={() => void give(replay)}>
                  {t('kit.exportXlsx')}
                </Button>
              </span>
            </>
          )}
        </section>
      )}
      <Drawer
        open={all}
        size={860}
        title={t('tariffs.replay.differences')}
        onClose={() => setAll(false)}
        destroyOnHidden
      >
        {shown !== null && <ReplayDifferences replayId={shown} />}
      </Drawer>
    </div>
  );
}

const signed = (fen: number): string => (fen > 0 ? `+${formatMoney(fen)}` : formatMoney(fen));
