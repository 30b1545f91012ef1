import { Button } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { ReasonDialog } from '../../../office/ReasonDialog.tsx';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { Ended, type EndedView } from './Ended.tsx';

/** A test page. */
export function PrintTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [ended, setEnded] = useState<EndedView | null>(null);
  const print = async (): Promise<void> => {
    setEnded(null);
    setEnded((await act.run((client) => client.printing.testPage({ id: device.id }))) ?? null);
    onDone();
  };
  return (
    <section className="dev-try">
      <h4>{t('devices.test.print')}</h4>
      <p className="dev-note">{t('devices.test.printText')}</p>
      <div className="dev-acts">
        <Button type="primary" loading={act.busy} onClick={() => void print()}>
          {t('devices.test.print')}
        </Button>
        <Ended of={ended} />
      </div>
      <Problem text={act.problem} />
    </section>
  );
}

/** 钱箱: it really opens, and why is written down. */
export function DrawerTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const mayOpen = useSession(({ user }) => may(user, 'drawer.open'));
  const [asking, setAsking] = useState(false);
  const [ended, setEnded] = useState<EndedView | null>(null);
  const open = async (reason: string): Promise<void> => {
    const answer = await act.run((client) => client.printing.drawer({ id: device.id, reason }));
    setEnded(answer ?? null);
    if (answer) setAsking(false);
    onDone();
  };
  return (
    <section className="dev-try">
      <h4>{t('devices.test.drawer')}</h4>
      <p className="dev-note">{t('devices.test.drawerText')}</p>
      <div className="dev-acts">
        <Button danger disabled={!mayOpen} onClick={() => setAsking(true)}>
          {t('devices.test.drawer')}
        </Button>
        <Ended of={ended} />
      </div>
      {asking && (
        <ReasonDialog
          title={t('devices.test.drawerTitle')}
          consequence={t('devices.test.drawerText')}
          verb={t('devices.test.drawer')}
          danger
          act={act}
          onClose={() => setAsking(false)}
          onConfirm={(reason) => open(reason)}
        />
      )}
    </section>
  );
}
