import { Modal } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { ChangeList } from './ChangeList.tsx';
import { FaultList } from './FaultList.tsx';
import type { Forms } from './section.ts';
import { startOver } from './store.ts';

/** What a chosen file would change, and then changes. */
export function ImportDialog(props: {
  document: Record<string, unknown>;
  forms: Forms | null;
  onClose: () => void;
  onApplied: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { document } = props;
  const weighed = useAsk(
    async (client) => {
      const [{ revision }, check] = await Promise.all([
        client.configuration.get(),
        client.configuration.check({ document, source: 'import' }),
      ]);
      return { revision, check };
    },
    [document],
  );
  const { data } = weighed;
  const ready = data !== null && data.check.faults.length === 0 && data.check.changes.length > 0;
  const apply = async (): Promise<void> => {
    if (!data) return;
    const answer = await act.run(
      (client) => client.configuration.apply({ document, expectedRevision: data.revision, source: 'import' }),
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
      title={t('settings.history.importTitle')}
      okText={t('settings.review.verb')}
      cancelText={t('kit.back')}
      confirmLoading={act.busy}
      okButtonProps={{ disabled: !ready }}
      onCancel={props.onClose}
      onOk={() => void apply()}
    >
      <Answer of={weighed}>
        {({ check }) =>
          check.faults.length > 0 ? (
            <>
              <Problem text={t('settings.history.importFaults', { n: check.faults.length })} />
              <FaultList faults={check.faults} />
            </>
          ) : check.changes.length === 0 ? (
            <p>{t('settings.review.none')}</p>
          ) : (
            <>
              {check.notices.some(({ kind }) => kind === 'reopens') && <p>{t('settings.review.reopens')}</p>}
              <ChangeList changes={check.changes} notices={check.notices} forms={props.forms} />
            </>
          )
        }
      </Answer>
      <Problem text={act.problem} />
    </Modal>
  );
}
