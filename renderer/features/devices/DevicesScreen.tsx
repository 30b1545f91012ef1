import { useWords } from '../../lib/i18n/index.ts';
import { useRoute } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { DeviceDetail } from './DeviceDetail.tsx';
import { DeviceList } from './DeviceList.tsx';
import { FoundDevices } from './FoundDevices.tsx';
import { usePolled } from './use-polled.ts';
import './devices.css';

/** All devices of the car park, and one of them closely. The order is that of the configuration, whatever happens to them. */
export function DevicesScreen() {
  const { t } = useWords();
  const id = useRoute((route) => route.id);
  const mayTest = useSession(({ user }) => may(user, 'device.test'));
  const devices = usePolled((client, signal) => client.devices.list(undefined, { signal }), [], 2_000);
  return (
    <Page title={t('nav.devices')} fill>
      {mayTest && <FoundDevices />}
      <Answer of={devices} rows={6}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={t('devices.none')} text={t('devices.noneText')} />
          ) : (
            <div className="dev">
              <DeviceList devices={list} chosen={id} />
              <DeviceDetail key={id} id={id} devices={list} onChanged={devices.again} />
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
