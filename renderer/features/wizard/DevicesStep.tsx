import { Checkbox, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { FIRST_MAKER, makersOf } from './makers.ts';
import { type CameraChoice, hasRelays, type WizardFault, type WizardLane } from './model.ts';
import { changeWizard, useWizard } from './store.ts';
import { TypedCamera } from './TypedCamera.tsx';

const LOOK_EVERY_MS = 3_000;
type Kind = CameraChoice['kind'];

/** 设备: which camera looks at each lane. Cameras that already call this PC are offered; others are typed by serial number. */
export function DevicesStep({ faults }: { faults: readonly WizardFault[] }) {
  const { t, language } = useWords();
  const { lanes } = useWizard((wizard) => wizard.state);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const found = useAsk((client, signal) => client.devices.found(undefined, { signal }), [round]).data ?? [];
  const put = (lane: WizardLane, next: Partial<WizardLane>): void =>
    changeWizard({ lanes: lanes.map((each) => (each.key === lane.key ? { ...each, ...next } : each)) });
  const forms = useAsk((client, signal) => client.configuration.describe(undefined, { signal }), []).data;
  const makers = makersOf(forms, t, language);
  const [pushing, setPushing] = useState<string>(FIRST_MAKER.driver);
  const cameraUrl = `http://${window.location.hostname}:${window.location.port || '8700'}/devices/${pushing}`;
  const taken = new Set(lanes.flatMap(({ camera }) => (camera.kind === 'found' ? [camera.serialNo] : [])));
  const pick = (lane: WizardLane, kind: Kind): void => {
    if (kind === lane.camera.kind) return;
    const free = found.find(({ serialNo }) => !taken.has(serialNo));
    if (kind === 'none') put(lane, { camera: { kind: 'none' } });
    else if (kind === 'typed') put(lane, { camera: { ...FIRST_MAKER, kind: 'typed', settings: {} } });
    else if (free)
      put(lane, {
        camera: { kind: 'found', driver: free.driver, serialNo: free.serialNo, settings: free.suggestion.settings },
      });
  };
  return (
    <>
      <Box title={t('wizard.devices.how')}>
        <p className="wizard-text">{t('wizard.devices.howText')}</p>
        <div className="wizard-push">
          <Select
            aria-label={t('wizard.devices.maker')}
            value={pushing}
            options={makers.filter(({ pushes }) => pushes).map(({ driver, name }) => ({ value: driver, label: name }))}
            onChange={setPushing}
          />
          <code className="wizard-code">{cameraUrl}</code>
        </div>
        <p className="wizard-text" role="status">
          {found.length === 0 ? t('wizard.devices.looking') : t('wizard.devices.found', { n: found.length })}
        </p>
      </Box>
      <ul className="wizard-list">
        {lanes.map((lane) => {
          const fault = faults.find((each) => each.step === 'devices' && each.key === lane.key);
          const { camera } = lane;
          return (
            <li key={lane.key} className="wizard-device">
              <strong>{lane.name}</strong>
              <Segmented<Kind>
                aria-label={t('wizard.devices.camera', { name: lane.name })}
                value={camera.kind}
                options={[
                  {
                    value: 'found',
                    label: t('wizard.devices.kind.found'),
                    disabled: found.length === 0 && camera.kind !== 'found',
                  },
                  { value: 'typed', label: t('wizard.devices.kind.typed') },
                  { value: 'none', label: t('wizard.devices.kind.none') },
                ]}
                onChange={(kind) => pick(lane, kind)}
              />
              {camera.kind === 'found' && (
                <Select
                  aria-label={t('wizard.devices.which', { name: lane.name })}
                  value={camera.serialNo}
                  style={{ minWidth: 320 }}
                  options={[
                    ...(found.some(({ serialNo }) => serialNo === camera.serialNo)
                      ? []
                      : [{ value: camera.serialNo, label: camera.serialNo }]),
                    ...found.map((each) => ({
                      value: each.serialNo,
                      disabled: each.serialNo !== camera.serialNo && taken.has(each.serialNo),
                      label: [each.serialNo, each.address, each.plate?.text].filter(Boolean).join(' · '),
                    })),
                  ]}
                  onChange={(serialNo) => {
                    const chosen = found.find((each) => each.serialNo === serialNo);
                    if (chosen)
                      put(lane, {
                        camera: {
                          kind: 'found',
                          driver: chosen.driver,
                          serialNo,
                          settings: chosen.suggestion.settings,
                        },
                      });
                  }}
                />
              )}
              {camera.kind === 'typed' && (
                <TypedCamera
                  lane={lane.name}
                  camera={camera}
                  makers={makers}
                  fault={fault !== undefined}
                  onChange={(next) => put(lane, { camera: next })}
                />
              )}
              {camera.kind === 'none' && <span className="wizard-text">{t('wizard.devices.noneText')}</span>}
              {hasRelays(camera) && (
                <Checkbox checked={lane.arm} onChange={(event) => put(lane, { arm: event.target.checked })}>
                  {t('wizard.devices.arm')}
                </Checkbox>
              )}
              {fault?.step === 'devices' && (
                <span className="field-fault">{t(`wizard.fault.devices.${fault.field}`)}</span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="wizard-text">{t('wizard.devices.later')}</p>
    </>
  );
}
