import { Button } from 'antd';
import type { FoundDevice } from '../../../shared/contract/devices.ts';
import { Plate } from '../../components/Plate.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { usePolled } from './use-polled.ts';
import { ago } from './words.ts';

const EVERY_MS = 5_000;

/** Cameras that call and stand in nobody's configuration: one click from being taken in. Nothing is drawn while there are none. */
export function FoundDevices() {
  const { t } = useWords();
  const found = usePolled((client, signal) => client.devices.found(undefined, { signal }), [], EVERY_MS);
  if (!found.data || found.data.length === 0) return null;
  return (
    <div>
      <Box title={t('devices.found.title', { n: found.data.length })} extra={<span>{t('devices.found.text')}</span>}>
        <ul className="dev-found">
          {found.data.map((device) => (
            <Found key={`${device.driver} ${device.serialNo}`} device={device} />
          ))}
        </ul>
      </Box>
    </div>
  );
}

function Found({ device }: { device: FoundDevice }) {
  const { t } = useWords();
  const mayAdopt = useSession(({ user }) => may(user, 'settings.change'));
  const { driver, serialNo, hasPicture } = device;
  const picture = useAsk(
    (client, signal) => (hasPicture ? client.devices.foundPicture({ driver, serialNo }, { signal }) : null),
    [driver, serialNo, hasPicture],
  );
  return (
    <li>
      <div className="dev-thumb photo-frame">
        {picture.data ? (
          <img
            src={`data:${picture.data.contentType};base64,${picture.data.base64}`}
            alt={t('devices.found.picture', { serial: serialNo })}
          />
        ) : (
          <span>{t('devices.noPicture')}</span>
        )}
      </div>
      <div className="dev-found-text">
        <strong>{serialNo}</strong>
        <span className="dev-found-line">
          {[device.name, device.address, driver].filter((part) => part !== null && part !== '').join(' · ')}
        </span>
        <span className="dev-found-line">
          {ago(device.lastSeenAt, stationNow(), t)} · {t('devices.found.requests', { n: device.requests })}
        </span>
      </div>
      {device.plate && device.plate.text !== '' && <Plate plate={device.plate} size={20} />}
      {mayAdopt && (
        <Button
          type="primary"
          href={href('settings', { id: 'devices', query: { driver, serial: serialNo } })}
          aria-label={t('devices.found.adoptOf', { serial: serialNo })}
        >
          {t('devices.found.adopt')}
        </Button>
      )}
    </li>
  );
}
