import type { DeviceState } from '../../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { kindName } from '../../events/device-name.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { zhDevices } from '../../lib/i18n/office/devices.zh.ts';
import { zhSettings } from '../../lib/i18n/office/settings.zh.ts';
import type { Tone } from '../../office/Values.tsx';

/** The names of a group of words: what is not among them is shown as it is. */
const isIn = <T extends object>(words: T, name: string): name is keyof T & string => Object.hasOwn(words, name);

export const stateTones: Readonly<Record<DeviceState['state'], Tone>> = {
  online: 'go',
  offline: 'stop',
  unknown: 'plain',
};

/** What staff call it: its lane and what it does there. */
export function nameOf(device: DeviceState, t: Translate): string {
  const [lane] = device.lanes;
  return lane ? `${lane.name} ${t(`devices.role.${lane.role}`)}` : kindLong(device.kind, t);
}

/** What a device is: the booth's short words say too little where there is no lane before them. */
const kindLong = (kind: string, t: Translate): string =>
  isIn(zhSettings.device.kinds, kind) ? t(`settings.device.kinds.${kind}`) : kindName(kind, t);

const STEPS = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
] as const;

/** How long ago, by the station's clock, in the largest unit that says it. */
export function ago(at: string, now: number, t: Translate): string {
  const seconds = Math.max(0, Math.round((now - fromRfc3339(at)) / 1000));
  const step = STEPS.find(([length]) => seconds >= length);
  if (!step || seconds < 3) return t('devices.ago.now');
  return t(`devices.ago.${step[1]}`, { n: Math.floor(seconds / step[0]) });
}

/** `85 毫秒`, `1.2 s` */
export function span(ms: number, t: Translate): string {
  const abs = Math.abs(ms);
  return abs < 1000 ? t('devices.ms', { n: Math.round(ms) }) : `${(ms / 1000).toFixed(1)} s`;
}

const knownInputs = ['trigger-loop', 'safety-loop', 'arm-up', 'arm-down'] as const;

export function inputName(role: string, t: Translate): string {
  const known = knownInputs.find((each) => each === role);
  return known ? t(`devices.input.${known}`) : role;
}

/** What an input says, in the words of what hangs on it; of a board that is away, what it said last. */
export function inputText(
  { state }: Pick<DeviceState, 'state'>,
  role: string,
  on: boolean | null,
  t: Translate,
): string {
  if (on === null) return t('devices.input.unknown');
  const [yes, no] = role.endsWith('-loop')
    ? (['occupied', 'clear'] as const)
    : role === 'arm-up' || role === 'arm-down'
      ? (['reached', 'notReached'] as const)
      : (['on', 'off'] as const);
  const word = t(`devices.input.${on ? yes : no}`);
  return state === 'offline' ? t('devices.input.last', { word }) : word;
}

const arms = ['closed', 'moving', 'open'] as const;

/** What a step of the self-test found, in the language of the moment where the driver has a code for it. */
export function foundText({ said, detail }: SelfTestStep, t: Translate): string {
  if (said === undefined) return detail;
  if (said.code !== 'arm') return t(`devices.finding.${said.code}`, said.figures);
  const arm = arms.find((each) => each === said.figures['arm']);
  return t('devices.finding.arm', { arm: arm === undefined ? detail : t(`devices.arm.${arm}`) });
}

/** What a driver speaks with, in words; the name itself where this version has none. */
export const driverName = (driver: string, t: Translate): string =>
  isIn(zhDevices.driver, driver) ? t(`devices.driver.${driver}`) : driver;

/** How a relay board is told to move the arm, and to keep it up. */
export function relaysText({ profile, hold }: NonNullable<DeviceState['relays']>, t: Translate): string {
  return t('devices.fact.relaysOf', {
    profile: isIn(zhDevices.relayProfile, profile) ? t(`devices.relayProfile.${profile}`) : profile,
    hold: isIn(zhDevices.relayHold, hold) ? t(`devices.relayHold.${hold}`) : hold,
  });
}
