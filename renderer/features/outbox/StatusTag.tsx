import type { MessageView } from '../../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';

const shapes: Record<MessageView['status'], ShapeName> = {
  waiting: 'idle',
  delivered: 'ok',
  refused: 'alarm',
  discarded: 'unknown',
};

/** The state of a message; a held one says that it is not its own fault. */
export function StatusTag({ message }: { message: Pick<MessageView, 'status' | 'held'> }) {
  const { t } = useWords();
  const held = message.held && message.status === 'waiting';
  return (
    <span
      className="status"
      data-status={held ? 'held' : message.status}
      {...(held ? { title: t('outbox.held') } : {})}
    >
      <Shape name={held ? 'attention' : shapes[message.status]} size={16} />
      {held ? t('outbox.heldShort') : t(`outbox.status.${message.status}`)}
    </span>
  );
}
