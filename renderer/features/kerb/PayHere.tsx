import { App } from 'antd';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { PayDialog } from '../../office/pay/PayDialog.tsx';
import { closeKerbDialog } from './store.ts';
import { plateOf } from './words.ts';

/** 收费 at the kerb: the bill of the car that stands there. It keeps its car, whatever comes into the berth meanwhile. */
export function PayHere({ uid, berth }: { uid: string; berth: BerthView }) {
  const { t } = useWords();
  const plate = plateOf(berth) ?? UNREAD_PLATE;
  return (
    <App>
      <PayDialog
        stay={{ uid, plate, identity: null }}
        title={t('kerb.payTitle', { code: berth.code, plate: plate.text === '' ? t('kerb.noPlate') : plate.text })}
        onClose={closeKerbDialog}
      />
    </App>
  );
}
