import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { ChangeList } from './ChangeList.tsx';
import { type Forms, partsOf, sectionIds } from './section.ts';
import { discard, isDirty, sendable, startOver, useSettings } from './store.ts';

/** What is not saved yet, in one line that stays in sight, with the way to apply it or to throw it away. */
export function SaveBar({ forms, onApplied }: { forms: Forms | null; onApplied: () => void }) {
  const { t } = useWords();
  const { check, newer } = useSettings();
  const dirty = useSettings(isDirty);
  const [open, setOpen] = useState(false);
  const mayChange = useSession(({ user }) => may(user, 'settings.change'));
  if (!dirty) return null;
  const faults = check?.faults ?? [];
  const first = sectionIds.find((id) => partsOf[id]?.some((part) => faults.some(({ path }) => path[0] === part)));
  const startAgain = (): void => {
    if (newer === null) discard();
    else {
      startOver();
      onApplied();
    }
  };
  const text =
    newer !== null
      ? t('settings.bar.others', { n: newer })
      : check === null
        ? t('settings.bar.checking')
        : faults.length > 0
          ? t('settings.bar.faults', { n: faults.length })
          : check.changes.length === 0
            ? t('settings.bar.order')
            : t('settings.bar.changes', { n: check.changes.length });
  return (
    <div className="set-bar" data-tone={newer !== null || faults.length > 0 ? 'stop' : 'call'} role="status">
      <strong>{text}</strong>
      {first !== undefined && (
        <Button type="link" onClick={() => go('settings', { id: first })}>
          {t('settings.bar.show')} {t(`settings.sections.${first}`)}
        </Button>
      )}
      <span className="set-bar-acts">
        <Button onClick={startAgain}>{t('settings.bar.discard')}</Button>
        <Button
          type="primary"
          disabled={!mayChange || newer !== null || check === null || faults.length > 0}
          onClick={() => setOpen(true)}
        >
          {t('settings.bar.review')}
        </Button>
      </span>
      {open && (
        <ReviewDialog
          forms={forms}
          onClose={() => setOpen(false)}
          onApplied={() => {
            setOpen(false);
            onApplied();
          }}
        />
      )}
    </div>
  );
}

function ReviewDialog(props: { forms: Forms | null; onClose: () => void; onApplied: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { base, draft, check } = useSettings();
  const reopens = check?.notices.some(({ kind }) => kind === 'reopens') === true;
  const apply = async (): Promise<void> => {
    if (!base || !draft) return;
    const answer = await act.run(
      (client) => client.configuration.apply({ document: sendable(draft), expectedRevision: base.revision }),
      { done: t(reopens ? 'settings.review.reopening' : 'settings.review.done') },
    );
    if (!answer) return;
    startOver();
    props.onApplied();
  };
  return (
    <Modal
      open
      width={720}
      title={t('settings.review.title')}
      okText={t('settings.review.verb')}
      cancelText={t('kit.back')}
      confirmLoading={act.busy}
      okButtonProps={{ autoFocus: true, disabled: (check?.faults.length ?? 1) > 0 }}
      onCancel={props.onClose}
      onOk={() => void apply()}
    >
      <p>{t(reopens ? 'settings.review.reopens' : 'settings.review.now')}</p>
      <ChangeList changes={check?.changes ?? []} notices={check?.notices ?? []} forms={props.forms} />
      <Problem text={act.problem} />
    </Modal>
  );
}
