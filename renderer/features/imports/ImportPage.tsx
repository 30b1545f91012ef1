import { Button } from 'antd';
import { useEffect } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { Box, Page } from '../../office/Page.tsx';
import { Answer } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Figure, State } from '../../office/Values.tsx';
import { FaultTable } from './FaultTable.tsx';
import { ImportActs } from './ImportActs.tsx';
import { importTones } from './PastImports.tsx';
import { SendingNote } from './SendingNote.tsx';
import './imports.css';

const LOOK_MS = 600;
/** States in which something goes on by itself. */
const WORKS: ReadonlySet<ImportView['state']> = new Set(['receiving', 'reading', 'staging', 'checking', 'applying']);

/** One import: how far it is, what it would do, what is wrong with it, and what may be done about it. */
export function ImportPage({ id }: { id: string }) {
  const { t } = useWords();
  const asked = useAsk((client, signal) => client.imports.get({ id }, { signal }), [id]);
  const { data: job, again, busy } = asked;
  const works = job !== null && WORKS.has(job.state);
  useEffect(() => {
    if (!works || busy) return;
    const timer = setTimeout(again, LOOK_MS);
    return () => clearTimeout(timer);
  }, [works, busy, again]);
  return (
    <Page
      title={job ? t('imports.title', { name: job.fileName }) : t('nav.imports')}
      note={job && <State tone={importTones[job.state]}>{t(`imports.state.${job.state}`)}</State>}
      fill={job !== null && job.faultCount > 0}
      actions={<Button href={href('imports', { query: { what: job?.what } })}>{t('imports.backToAll')}</Button>}
    >
      <Answer of={asked}>
        {(job) => (
          <>
            <div>
              <Box>
                <div className="import-begin">
                  <Said job={job} />
                  {WORKS.has(job.state) && (
                    <progress className="import-bar" aria-label={t('imports.progress')} max={1} value={job.progress} />
                  )}
                  {job.state === 'receiving' && <SendingNote job={job} onAgain={again} />}
                  <Counts job={job} />
                  {job.unknownColumns.length > 0 && (
                    <p className="import-note">{t('imports.unknown', { columns: job.unknownColumns.join('、') })}</p>
                  )}
                  <ImportActs job={job} onChanged={again} />
                </div>
              </Box>
            </div>
            {job.faultCount > 0 && job.detail === '' && <FaultTable job={job} />}
          </>
        )}
      </Answer>
    </Page>
  );
}

/** What is the matter, in one sentence. */
function Said({ job }: { job: ImportView }) {
  const { t } = useWords();
  const counts = { added: job.added, updated: job.updated, unchanged: job.unchanged, n: job.faultCount };
  const reason = { reason: job.detail };
  const said = {
    receiving: null,
    reading: t('imports.checking'),
    staging: t('imports.checking'),
    checking: t('imports.checking'),
    ready: t(job.added + job.updated === 0 ? 'imports.readyNothing' : 'imports.ready', counts),
    faulty: job.detail === '' ? t('imports.faulty', counts) : t('imports.faultyWhole', reason),
    applying: t('imports.applying'),
    done: t('imports.done', counts),
    failed: t('imports.failed', reason),
    cancelled: t('imports.cancelled'),
  }[job.state];
  return said === null ? null : (
    <p className="import-said" data-tone={importTones[job.state]} role="status">
      {said}
    </p>
  );
}

function Counts({ job }: { job: ImportView }) {
  const { t } = useWords();
  if (job.rows === 0 || job.faultCount > 0) return null;
  const over = job.state === 'done' || job.state === 'applying' || job.state === 'failed';
  const figure = (count: number): string => count.toLocaleString('en-US');
  return (
    <div className="figures">
      <Figure label={t('imports.rows')} value={figure(job.rows)} />
      <Figure label={t(over ? 'imports.added' : 'imports.wouldAdd')} value={figure(job.added)} />
      <Figure label={t(over ? 'imports.updated' : 'imports.wouldUpdate')} value={figure(job.updated)} />
      <Figure label={t('imports.unchanged')} value={figure(job.unchanged)} />
    </div>
  );
}
