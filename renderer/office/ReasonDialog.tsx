import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { Problem } from './States.tsx';
import type { Act } from './use-act.ts';

/**
 * Asks before something that cannot be taken back, or that somebody will ask about: the question as its title, the
 * consequence in the text, the verb on the button, and the reason in words.
 */
export function ReasonDialog(props: {
  title: string;
  consequence: ReactNode;
  verb: string;
  /** Absent: a reason is needed. */
  reason?: 'needed' | 'welcome' | 'none';
  danger?: boolean;
  act: Act;
  onClose: () => void;
  /** May take its time: `act` says when it is over. */
  onConfirm: (reason: string) => unknown;
  children?: ReactNode;
  ready?: boolean;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const asked = props.reason ?? 'needed';
  const written = reason.trim();
  const ready = (props.ready ?? true) && (asked !== 'needed' || written !== '');
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      cancelText={t('kit.back')}
      okButtonProps={{ danger: props.danger ?? false, disabled: !ready }}
      confirmLoading={props.act.busy}
      onCancel={props.onClose}
      onOk={() => void props.onConfirm(written)}
      destroyOnHidden
    >
      <div className="reason-dialog">
        <div>{props.consequence}</div>
        {props.children}
        {asked !== 'none' && (
          <label htmlFor="reason-text">
            <span>{t(asked === 'needed' ? 'kit.reason' : 'kit.reasonWelcome')}</span>
            <Input.TextArea
              id="reason-text"
              autoFocus
              rows={2}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        )}
        <Problem text={props.act.problem} />
      </div>
    </Modal>
  );
}
