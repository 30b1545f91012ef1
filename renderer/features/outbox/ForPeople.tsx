import { App, Button } from 'antd';
import { useState } from 'react';
import type { RunView } from '../../../shared/contract/reconciliations.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { countOf, runDays } from './run-title.ts';
import { useDaily } from './use-daily.ts';

/** What no program settles: records that only the platform has, and a day that a person lets rest. */
export function ForPeople({ run }: { run: RunView }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const user = useSession((state) => state.user);
  const [asking, setAsking] = useState(false);
  const [gone, setGone] = useState(false);
  const act = useAct();
  const daily = useDaily(run.state).find(({ platform }) => platform === run.platform);
  const extra = countOf(run, 'extra');
  const day = runDays(run);
  const open = gone ? undefined : daily?.open.find((each) => each.day === day);
  const newer = open !== undefined && open.runId !== run.id ? open.runId : null;
  if (extra === 0 && !open) return null;
  const acknowledge = async (reason: string): Promise<void> => {
    const done = await act.run(({ reconciliations }) =>
      reconciliations.acknowledge({ platform: run.platform, day, reason }),
    );
    if (!done) return;
    setAsking(false);
    setGone(true);
    void message.success(t('outbox.run.acknowledged'));
  };
  return (
    <Box>
      <div className="run-people">
        <div>
          {extra > 0 && (
            <>
              <strong>{t('outbox.run.extraTitle', { n: extra })}</strong>
              <p>{t('outbox.run.extraText')}</p>
            </>
          )}
          {extra === 0 && <p>{t('outbox.run.openText')}</p>}
          {newer !== null && (
            <a className="leads" href={href('outbox', { id: `runs/${newer}` })}>
              {t('outbox.run.newer')}
            </a>
          )}
        </div>
        {open && may(user, 'outbox.reconcile') && (
          <Button
            onClick={() => {
              act.clear();
              setAsking(true);
            }}
          >
            {t('outbox.run.acknowledge')}
          </Button>
        )}
      </div>
      {asking && (
        <ReasonDialog
          title={t('outbox.run.acknowledgeTitle', { day })}
          consequence={t('outbox.run.acknowledgeText')}
          verb={t('outbox.run.acknowledge')}
          act={act}
          onClose={() => setAsking(false)}
          onConfirm={acknowledge}
        />
      )}
    </Box>
  );
}
