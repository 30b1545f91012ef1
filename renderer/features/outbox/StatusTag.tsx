import type { MessageView } from '../../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';

const shapes: Record<MessageView['status'], ShapeName> = {
  waiting: 'idle',
  delivered: 'ok',
  refused: 'alarm',
  discarded: 'unknown',
  'given-up': 'asking',
};

/** The state of a message; a held one says that it is not its own fault. `brief`: where there is no room for the longest. */
export function StatusTag(props: { message: Pick<MessageView, 'status' | 'held'>; brief?: boolean }) {
  const { message } = props;
  const { t } = useWords();
  const held = message.held && message.status === 'waiting';
  const status = t(`outbox.status.${message.status}`);
  const brief = props.brief === true && message.status === 'given-up';
  const title = held ? t('outbox.held') : brief ? status : undefined;
  return (
    <span className="status" data-status={held ? 'held' : message.status} title={title}>
      <Shape name={held ? 'attention' : shapes[message.status]} size={16} />
      {held ? t('outbox.heldShort') : brief ? t('outbox.givenUpShort') : status}
    </span>
  );
}
