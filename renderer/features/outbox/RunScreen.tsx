import { Progress } from 'antd';
import { useEffect } from 'react';
import type { RunView } from '../../../shared/contract/reconciliations.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { Box, Page } from '../../office/Page.tsx';
import { Answer, Empty, Problem } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import { Differences } from './Differences.tsx';
import { ForPeople } from './ForPeople.tsx';
import { RunFigures } from './RunFigures.tsx';
import { countOf, runBy, runTitle, verdictOf } from './run-title.ts';
import { runTones, verdictTones } from './run-tones.ts';
import './outbox.css';

const LOOK_AGAIN_MS = 700;

/** One comparison: how far it is, its figures beside the platform's, and what to make good. */
export function RunScreen({ id }: { id: string }) {
  const { t } = useWords();
  const asked = useAsk(({ reconciliations }, signal) => reconciliations.get({ id }, { signal }), [id]);
  const { data, again } = asked;
  const running = data?.state === 'running';
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(again, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running, again]);
  return (
    <Page
      title={data ? runTitle(data, t) : t('outbox.run.list')}
      note={
        <a className="leads" href={href('outbox', { id: 'runs' })}>
          {t('outbox.run.backToRuns')}
        </a>
      }
    >
      <Answer of={asked} rows={6}>
        {(run) => (
          <>
            <Head run={run} />
            {(run.figures.length > 0 || run.theirs.kind === 'told') && <RunFigures run={run} />}
            <ForPeople run={run} />
            {run.state !== 'running' &&
              (run.differences > 0 ? <Differences run={run} /> : run.state === 'done' && <Nothing run={run} />)}
          </>
        )}
      </Answer>
    </Page>
  );
}

/** No message differs; the figures may all the same. */
function Nothing({ run }: { run: RunView }) {
  const { t } = useWords();
  const verdict = verdictOf(run);
  return (
    <Box>
      {verdict === 'differs' ? (
        <Problem text={t('outbox.run.figuresDiffer')} />
      ) : (
        <Empty title={t(verdict === 'agrees' ? 'outbox.run.allAgrees' : 'outbox.run.allWell')} />
      )}
    </Box>
  );
}

function Head({ run }: { run: RunView }) {
  const { t } = useWords();
  const verdict = verdictOf(run);
  const asking = run.state === 'running' && run.done === run.events;
  const gone = countOf(run, 'gone');
  const done = t('outbox.run.progress', { done: run.done, events: run.events });
  return (
    <Box>
      <div className="run-head">
        <State tone={runTones[run.state]}>{t(`outbox.run.state.${run.state}`)}</State>
        <span>
          {t('outbox.run.startedAt')} {formatDateTime(run.startedAt)}
        </span>
        <span>
          {t('outbox.run.by')} {runBy(run, t)}
        </span>
        <span>{done}</span>
        {asking && <span>{t('outbox.run.asking')}</span>}
        {verdict && (
          <span>
            {t('outbox.run.books')} <State tone={verdictTones[verdict]}>{t(`outbox.run.${verdict}`)}</State>
          </span>
        )}
      </div>
      {run.state === 'running' && (
        <Progress
          percent={run.events === 0 ? 0 : Math.floor((run.done / run.events) * 100)}
          status="active"
          aria-label={done}
        />
      )}
      {run.knownFrom !== null && <p>{t('outbox.run.knownFrom', { at: formatDateTime(run.knownFrom) })}</p>}
      {run.ahead > 0 && <p>{t('outbox.run.ahead', { n: run.ahead })}</p>}
      {gone > 0 && <p>{t('outbox.run.goneText', { n: gone })}</p>}
      {run.state === 'interrupted' && <Problem text={t('outbox.run.interruptedText')} />}
      {run.state === 'failed' && <Problem text={t('outbox.run.failedText', { reason: run.detail })} />}
    </Box>
  );
}
