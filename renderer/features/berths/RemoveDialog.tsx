import type { BerthView } from '../../../shared/contract/berths.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';

/** Takes a berth off the register, with a reason that the log keeps. */
export function RemoveDialog(props: { berth: BerthView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { id, code } = props.berth;
  return (
    <ReasonDialog
      title={t('berths.removeTitle', { code })}
      consequence={t('berths.removeText')}
      verb={t('berths.remove')}
      reason="welcome"
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        const done = await act.run((client) => client.berths.remove({ id, reason }), {
          done: t('berths.removed', { code }),
        });
        if (done) props.onDone();
      }}
    />
  );
}
