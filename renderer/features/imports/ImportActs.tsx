import { Button } from 'antd';
import { useState } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, href } from '../../lib/route.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { placeOf } from './kinds.ts';

const GIVEN_UP: ReadonlySet<ImportView['state']> = new Set(['receiving', 'ready', 'faulty']);

/** What may be done with an import as it stands. */
export function ImportActs({ job, onChanged }: { job: ImportView; onChanged: () => void }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const act = useAct();
  const { id, state, added, updated } = job;
  const kind = t(`imports.kind.${job.what}`);
  const apply = async (): Promise<void> => {
    const answer = await act.run((client) => client.imports.apply({ id }));
    if (answer) setAsking(false);
    onChanged();
  };
  const giveUp = async (): Promise<void> => {
    await act.run((client) => client.imports.cancel({ id }), { done: t('imports.givenUp') });
    // What had not come whole is gone without a trace.
    if (state === 'receiving') go('imports', { query: { what: job.what } });
    else onChanged();
  };
  const changes = added + updated;
  return (
    <>
      {!asking && <Problem text={act.problem} />}
      <div className="import-line">
        {state === 'ready' && changes > 0 && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('imports.apply', { n: changes.toLocaleString('en-US') })}
          </Button>
        )}
        {state === 'failed' && (
          <Button type="primary" loading={act.busy} onClick={() => void apply()}>
            {t('imports.goOn')}
          </Button>
        )}
        {(state === 'faulty' || state === 'failed' || state === 'cancelled') && (
          <Button
            type={state === 'faulty' ? 'primary' : 'default'}
            href={href('imports', { query: { what: job.what } })}
          >
            {t('imports.again')}
          </Button>
        )}
        {state === 'done' && (
          <Button type="primary" href={placeOf(job.what)}>
            {t('imports.look', { kind })}
          </Button>
        )}
        {(GIVEN_UP.has(state) || (state === 'failed' && changes === 0)) && (
          <Button loading={act.busy} onClick={() => void giveUp()}>
            {t('imports.giveUp')}
          </Button>
        )}
      </div>
      {asking && (
        <ReasonDialog
          title={t('imports.applyTitle', { name: job.fileName, kind })}
          consequence={t('imports.applyText', { added, updated })}
          verb={t('imports.applyVerb')}
          reason="none"
          act={act}
          onClose={() => setAsking(false)}
          onConfirm={() => void apply()}
        />
      )}
    </>
  );
}
