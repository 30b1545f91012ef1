import type { DeviceState } from '../../../shared/contract/devices.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, href, useRoute } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { State } from '../../office/Values.tsx';
import { ago, nameOf, span, stateTones } from './words.ts';

/** One row a device. The whole row can be clicked; for the keyboard the name is a link. */
export function DeviceList({ devices, chosen }: { devices: readonly DeviceState[]; chosen: string | null }) {
  const { t } = useWords();
  const query = useRoute((route) => route.query);
  const now = stationNow();
  return (
    <div className="dev-list">
      <table>
        <caption className="visually-hidden">{t('devices.list')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('devices.device')}</th>
            <th scope="col">{t('devices.link')}</th>
            <th scope="col" className="dev-number">
              {t('devices.delay')}
            </th>
            <th scope="col" className="dev-number">
              {t('devices.lastSeen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr
              key={device.id}
              data-chosen={device.id === chosen}
              onClick={() => go('devices', { id: device.id, query })}
            >
              <th scope="row">
                <div className="dev-name">
                  <a
                    href={href('devices', { id: device.id, query })}
                    aria-current={device.id === chosen ? 'true' : undefined}
                  >
                    {nameOf(device, t)}
                  </a>
                  <span className="dev-sub">
                    {device.lanes.length === 0 && device.kind !== 'sign'
                      ? `${device.id} · ${t('devices.noLane')}`
                      : device.id}
                  </span>
                </div>
              </th>
              <td>
                <State tone={stateTones[device.state]}>{t(`devices.state.${device.state}`)}</State>
                {device.alarms.length > 0 && device.state === 'online' && (
                  <State tone="call">
                    {t('devices.alarms')} {device.alarms.length}
                  </State>
                )}
              </td>
              <td className="dev-number">{device.delay ? span(device.delay.lastMs, t) : '—'}</td>
              <td className="dev-number">{device.lastSeenAt ? ago(device.lastSeenAt, now, t) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
