import type { ListEntryView } from '../../../shared/contract/lists.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { entryName } from './entry-name.ts';

/** Takes a plate off a list, with a reason that the log keeps. */
export function TakeDialog(props: { entry: ListEntryView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { id, list } = props.entry;
  return (
    <ReasonDialog
      title={t('lists.takeTitle', { plate: entryName(props.entry, t), list: t(`lists.list.${list}`) })}
      consequence={t('lists.takeText')}
      verb={t('lists.take')}
      danger
      act={act}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        if (await act.run((client) => client.lists.remove({ id, reason }), { done: t('lists.taken') })) props.onDone();
      }}
    />
  );
}
