import type { DeviceState } from '../../../shared/contract/devices.ts';
import { alarmText } from '../../events/alarm-text.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Paper } from '../../office/paper/Paper.tsx';
import { Facts, State, When } from '../../office/Values.tsx';
import { DisplayPreview } from './DisplayPreview.tsx';
import { ago, driverName, inputName, inputText, nameOf, relaysText, span, stateTones } from './words.ts';

/** Nobody tells these to do anything. */
const TELL_ONLY: readonly string[] = ['io', 'scanner', 'berth-sensor', 'berth-camera'];

/** What is known of the device at this moment. */
export function StateTab({ device }: { device: DeviceState }) {
  const { t } = useWords();
  const { delay } = device;
  const untold = <span className="value-none">{t('devices.fact.untold')}</span>;
  return (
    <div className="dev-tab">
      <Facts
        of={[
          [
            t('devices.fact.state'),
            <State key="state" tone={stateTones[device.state]}>
              {t(`devices.state.${device.state}`)}
            </State>,
          ],
          [t('devices.fact.since'), <When key="since" at={device.since} />],
          [t('devices.fact.lastSeen'), device.lastSeenAt === null ? '—' : ago(device.lastSeenAt, stationNow(), t)],
          [t('devices.fact.reconnects'), t('devices.fact.times', { n: device.reconnects })],
          [
            t('devices.fact.delay'),
            delay
              ? t('devices.fact.delayOf', { last: span(delay.lastMs, t), middle: span(delay.p50Ms, t), n: delay.count })
              : TELL_ONLY.includes(device.kind)
                ? null
                : t('devices.fact.noDelay'),
          ],
          [
            t('devices.fact.readDelay'),
            device.readDelayMs === null ? null : t('devices.fact.readDelayNote', { text: span(device.readDelayMs, t) }),
          ],
          [t('devices.fact.lanes'), lanesText(device, t)],
          [
            t('devices.fact.via'),
            device.via === null ? null : (
              <a key="via" className="leads" href={href('devices', { id: device.via })}>
                {device.via}
              </a>
            ),
          ],
          [t('devices.fact.arm'), device.arm === null ? null : t(`devices.arm.${device.arm}`)],
          [
            t('devices.fact.showing'),
            device.kind === 'display' && device.showing === null ? t('devices.fact.nothingShown') : null,
          ],
          [t('devices.fact.sign'), device.kind === 'sign' ? signText(device, t) : null],
          [t('devices.fact.lastScan'), device.kind === 'scanner' ? scanText(device, t) : null],
          [t('devices.fact.relays'), device.relays === null ? null : relaysText(device.relays, t)],
          [t('devices.fact.serialNo'), device.via === null ? (device.serialNo ?? untold) : null],
          [t('devices.fact.firmware'), device.via === null ? (device.firmware ?? untold) : null],
          [t('devices.fact.address'), device.via === null ? (device.address ?? untold) : null],
          [t('devices.fact.driver'), driverName(device.driver, t)],
        ]}
      />
      {device.kind === 'display' && device.showing && (
        <DisplayPreview lines={device.showing} caption={t('devices.fact.showing')} />
      )}
      {device.printed !== null && <LastPrinted printed={device.printed} />}
      {device.inputs.length > 0 && <Inputs device={device} />}
      {device.kind === 'io' && device.inputs.length === 0 && (
        <>
          <h4>{t('devices.inputs')}</h4>
          <p className="dev-note">{t('devices.noInputs')}</p>
        </>
      )}
      <h4>{t('devices.alarms')}</h4>
      {device.alarms.length === 0 ? (
        <p className="dev-note">{t('devices.noAlarms')}</p>
      ) : (
        <ul className="dev-alarms">
          {device.alarms.map((alarm) => (
            <li key={`${alarm.code} ${alarm.since}`} data-severity={alarm.severity}>
              <strong>{alarmText({ subject: device.id, ...alarm }, t, () => nameOf(device, t)).text}</strong>
              <span>
                <When at={alarm.since} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const signText = ({ sign }: DeviceState, t: Translate): string =>
  sign === null
    ? t('devices.fact.nothingShown')
    : t('devices.fact.signOf', { free: sign.free, color: t(`devices.color.${sign.color}`) });

const scanText = ({ lastScan }: DeviceState, t: Translate): string =>
  lastScan === null
    ? t('devices.fact.neverScanned')
    : t('devices.fact.scanOf', { at: ago(lastScan.at, stationNow(), t), n: lastScan.characters });

/** A sign is of no lane, and misses none. */
const lanesText = ({ kind, lanes }: DeviceState, t: Translate): string | null =>
  lanes.length > 0 ? lanes.map(({ name }) => name).join('、') : kind === 'sign' ? null : t('devices.noLane');

/** Loops and contacts as lamps: lit or not, with the word beside it. */
function Inputs({ device }: { device: DeviceState }) {
  const { t } = useWords();
  return (
    <>
      <h4>{t('devices.inputs')}</h4>
      <ul className="dev-inputs">
        {device.inputs.map(({ role, on, changedAt, contact }) => (
          // What was told before the line went is no lamp that is lit now.
          <li key={role} data-on={device.state === 'offline' ? 'unknown' : (on ?? 'unknown')}>
            <i aria-hidden="true" />
            <strong>{inputName(role, t)}</strong>
            <span className="dev-input-word">{inputText(device, role, on, t)}</span>
            {contact !== null && (
              <span className="dev-input-contact">
                {t('devices.input.contact', {
                  n: contact.terminal,
                  state: t(`devices.input.${contact.closed === null ? 'unread' : contact.closed ? 'closed' : 'open'}`),
                })}
              </span>
            )}
            {changedAt !== null && <When at={changedAt} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a printer that keeps its paper printed last. */
function LastPrinted({ printed }: { printed: NonNullable<DeviceState['printed']> }) {
  const { t } = useWords();
  return (
    <>
      <h4>
        {t('devices.fact.printed')} <When at={printed.at} />
      </h4>
      <Paper document={printed.document} columns={printed.columns} label={t('devices.fact.printed')} />
    </>
  );
}
