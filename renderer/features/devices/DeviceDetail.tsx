import { Tabs } from 'antd';
import type { DeviceState } from '../../../shared/contract/devices.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Empty } from '../../office/States.tsx';
import { PictureTab } from './PictureTab.tsx';
import { SelfTestTab } from './SelfTestTab.tsx';
import { StateTab } from './StateTab.tsx';
import { TraceTab } from './TraceTab.tsx';
import { TryOutTab } from './TryOutTab.tsx';
import { nameOf } from './words.ts';

const tabs = ['state', 'picture', 'check', 'trace', 'test'] as const;

/** One device closely. Which of its sides is open stands in the address, and stays when another device is chosen. */
export function DeviceDetail(props: { id: string | null; devices: readonly DeviceState[]; onChanged: () => void }) {
  const { t } = useWords();
  const [query, setQuery] = useQuery();
  const mayTest = useSession(({ user }) => may(user, 'device.test'));
  const device = props.devices.find(({ id }) => id === props.id);
  if (!device)
    return (
      <div className="dev-detail">
        {props.id === null ? (
          <Empty title={t('devices.choose')} text={t('devices.chooseText')} />
        ) : (
          <Empty title={t('devices.gone')} />
        )}
      </div>
    );
  const offered = tabs.filter((tab) => (tab === 'picture' ? device.can.snapshot : tab === 'state' || mayTest));
  const open = offered.find((tab) => tab === query['tab']) ?? 'state';
  const body = {
    state: <StateTab device={device} />,
    picture: <PictureTab device={device} mayTake={mayTest} onTaken={props.onChanged} />,
    check: <SelfTestTab device={device} onDone={props.onChanged} />,
    trace: <TraceTab id={device.id} />,
    test: <TryOutTab device={device} onDone={props.onChanged} />,
  };
  return (
    <section className="dev-detail" aria-label={nameOf(device, t)}>
      <header className="dev-head">
        <h3>{nameOf(device, t)}</h3>
        <span className="dev-head-id">
          {device.id} · {device.driver}
        </span>
      </header>
      <Tabs
        activeKey={open}
        onChange={(tab) => setQuery({ tab })}
        destroyOnHidden
        items={offered.map((tab) => ({ key: tab, label: t(`devices.tabs.${tab}`), children: body[tab] }))}
      />
    </section>
  );
}
