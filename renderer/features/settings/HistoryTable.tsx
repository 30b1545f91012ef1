import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { ConfigurationRevision } from '../../../shared/contract/configuration.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Answer, Empty, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { State, When } from '../../office/Values.tsx';
import { ChangeList } from './ChangeList.tsx';
import { FaultList } from './FaultList.tsx';
import type { Forms } from './section.ts';
import { startOver } from './store.ts';

/** Earlier configurations, and the way back to each. */
export function HistoryTable({ forms, onApplied }: { forms: Forms | null; onApplied: () => void }) {
  const { t } = useWords();
  const history = useAsk((client) => client.configuration.history(), []);
  const [open, setOpen] = useState<number | null>(null);
  const [back, setBack] = useState<number | null>(null);
  const columns = ['revision', 'at', 'by', 'source', 'changes', 'acts'] as const;
  return (
    <Answer of={history}>
      {(revisions) => {
        const newest = revisions[0]?.revision ?? 0;
        if (revisions.length === 0) return <Empty title={t('settings.history.none')} />;
        return (
          <>
            <div className="set-changes">
              <table>
                <thead>
                  <tr>
                    {columns.map((column) => (
                      <th key={column} scope="col">
                        {t(`settings.history.column.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {revisions.map((each) => (
                    <Revision
                      key={each.revision}
                      of={each}
                      newest={newest}
                      open={open === each.revision}
                      forms={forms}
                      onOpen={() => setOpen(open === each.revision ? null : each.revision)}
                      onBack={() => setBack(each.revision)}
                    />
                  ))}
                </tbody>
              </table>
            </div>
            {back !== null && (
              <BackDialog
                revision={back}
                newest={newest}
                forms={forms}
                onClose={() => setBack(null)}
                onApplied={onApplied}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function Revision(props: {
  of: ConfigurationRevision;
  newest: number;
  open: boolean;
  forms: Forms | null;
  onOpen: () => void;
  onBack: () => void;
}) {
  const { t } = useWords();
  const { revision, at, by, source, changes } = props.of;
  const mayChange = useSession(({ user }) => may(user, 'settings.change'));
  return (
    <>
      <tr>
        <th scope="row">{revision}</th>
        <td>
          <When at={at} />
        </td>
        <td>{by === STATION.name ? t('settings.history.station') : by}</td>
        <td>{t(`settings.history.source.${source}`)}</td>
        <td>
          {changes.length === 0 ? (
            '—'
          ) : (
            <Button size="small" type="link" aria-expanded={props.open} onClick={props.onOpen}>
              {t('settings.history.count', { n: changes.length })}
            </Button>
          )}
        </td>
        <td className="set-acts">
          {revision === props.newest ? (
            <State tone="info">{t('settings.history.current')}</State>
          ) : (
            <Button size="small" disabled={!mayChange} onClick={props.onBack}>
              {t('settings.history.back')}
            </Button>
          )}
        </td>
      </tr>
      {props.open && (
        <tr>
          <td colSpan={6}>
            <ChangeList changes={changes} forms={props.forms} />
          </td>
        </tr>
      )}
    </>
  );
}

function BackDialog(props: {
  revision: number;
  newest: number;
  forms: Forms | null;
  onClose: () => void;
  onApplied: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { revision } = props;
  const preview = useAsk((client) => client.configuration.preview({ revision }), [revision]);
  const goBack = async (): Promise<void> => {
    const answer = await act.run(
      (client) => client.configuration.restore({ revision, expectedRevision: props.newest }),
      { done: t('settings.review.reopening') },
    );
    if (!answer) return;
    startOver();
    props.onApplied();
  };
  return (
    <Modal
      open
      width={720}
      title={t('settings.history.backTitle', { n: revision })}
      okText={t('settings.history.backVerb')}
      cancelText={t('kit.back')}
      confirmLoading={act.busy}
      okButtonProps={{ disabled: (preview.data?.faults.length ?? 1) > 0 }}
      onCancel={props.onClose}
      onOk={() => void goBack()}
    >
      <Answer of={preview}>
        {({ faults, changes, notices }) =>
          faults.length > 0 ? (
            <FaultList faults={faults} />
          ) : changes.length === 0 ? (
            <p>{t('settings.review.none')}</p>
          ) : (
            <>
              {notices.some(({ kind }) => kind === 'reopens') && <p>{t('settings.review.reopens')}</p>}
              <ChangeList changes={changes} notices={notices} forms={props.forms} />
            </>
          )
        }
      </Answer>
      <Problem text={act.problem} />
    </Modal>
  );
}
