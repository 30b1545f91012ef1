import { Button } from 'antd';
import { useState } from 'react';
import { Plate } from '../../components/Plate.tsx';
import { Shape } from '../../components/Shape.tsx';
import { kindName } from '../../events/device-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { useLive } from '../../lib/station/live.ts';
import { useSession } from '../../lib/station/session.ts';
import { forgetWizard } from './store.ts';

/** The lanes run: what is missing still, and the first car the moment it is read. */
export function FirstCar() {
  const { t } = useWords();
  // Until the station has opened itself again these are still the lanes and cars of the demo.
  const demo = useSession(({ status }) => status?.demo === true);
  const present = useLive((state) => state.frame?.lanes) ?? [];
  const lanes = demo ? [] : present;
  const kerb = useLive((state) => state.frame?.siteKind === 'kerbside') && !demo;
  const [before] = useState(() => new Set(present.map(({ passage }) => passage?.id)));
  const first = lanes.find(({ passage }) => passage !== null && !before.has(passage.id));
  const leave = (screen: string): void => {
    forgetWizard();
    go(screen);
  };
  return (
    <div className="wizard-done">
      <h3>{t('wizard.done.title')}</h3>
      <ul className="wizard-lanes" aria-label={t('wizard.step.lanes')}>
        {lanes.map((lane) => (
          <li key={lane.id}>
            <strong>{lane.name}</strong>
            {lane.devices.length === 0 && <span>{t('wizard.done.noDevices')}</span>}
            {lane.devices.map((device) => (
              <span key={device.id} data-state={device.state}>
                <Shape
                  name={device.state === 'online' ? 'ok' : device.state === 'offline' ? 'alarm' : 'unknown'}
                  size={16}
                />{' '}
                {kindName(device.kind, t)} {t(`lane.deviceState.${device.state}`)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <div className="wizard-first" role="status">
        {first?.passage ? (
          <>
            <Plate plate={first.passage.plate} size={44} />
            <span>{t('wizard.done.firstCar', { lane: first.name })}</span>
          </>
        ) : (
          <span>
            {t(kerb ? 'wizard.done.berths' : lanes.length === 0 ? 'wizard.done.starting' : 'wizard.done.waiting')}
          </span>
        )}
      </div>
      <div className="wizard-row">
        {kerb && (
          <Button type="primary" size="large" onClick={() => leave('berths')}>
            {t('wizard.done.toBerths')}
          </Button>
        )}
        <Button type={kerb ? 'default' : 'primary'} size="large" onClick={() => leave('booth')}>
          {t(kerb ? 'wizard.done.kerb' : 'wizard.done.booth')}
        </Button>
        <Button onClick={() => leave('settings')}>{t('wizard.done.settings')}</Button>
        <Button onClick={() => leave('tariffs')}>{t('wizard.done.tariffs')}</Button>
      </div>
    </div>
  );
}
