import type { CardView } from '../../../shared/contract/cards.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { heldText } from './held.ts';

/** 停用, 恢复 and 注销. */
export function StateDialog(props: {
  card: CardView;
  how: 'suspend' | 'resume' | 'cancel';
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { card, how } = props;
  const { id, number } = card;
  const held = heldText(card, t);
  const done = { suspend: 'cards.suspended', resume: 'cards.resumed', cancel: 'cards.cancelled' } as const;
  return (
    <ReasonDialog
      title={t(`cards.${how}Title`, { number })}
      consequence={t(`cards.${how}Text`, { held: held === '' ? t('cards.cancelHeldNothing') : held })}
      verb={t(`cards.${how}`)}
      danger={how !== 'resume'}
      reason={how === 'resume' ? 'welcome' : 'needed'}
      act={act}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        const answer = await act.run(
          (client) =>
            how === 'cancel'
              ? client.cards.cancel({ id, reason })
              : client.cards.suspend({ id, suspended: how === 'suspend', reason }),
          { done: t(done[how]) },
        );
        if (answer) props.onDone();
      }}
    />
  );
}
