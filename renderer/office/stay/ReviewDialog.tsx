import type { StayView } from '../../../shared/contract/stays.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { useAct } from '../use-act.ts';

/** 核对: a person looked at a stay that is in doubt, and it counts as it stands. */
export function ReviewDialog(props: { stay: StayView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  return (
    <ReasonDialog
      title={t('stays.reviewForm.title')}
      consequence={t('stays.reviewForm.consequence')}
      verb={t('stays.reviewForm.verb')}
      act={act}
      onClose={props.onClose}
      onConfirm={(reason) =>
        void act
          .run((client) => client.payments.review({ uid: props.stay.uid, reason }), {
            done: t('stays.reviewForm.done'),
          })
          .then((done) => done && props.onDone())
      }
    />
  );
}
