import type { Words } from '../words.ts';
import type { zhSettingsAdopt } from './settings-adopt.zh.ts';

export const enSettingsAdopt: Words<typeof zhSettingsAdopt> = {
  title: 'Take in device {{serial}}',
  where: 'Where it stands',
  whereHelp: 'Choose its lane, then add it to the settings; it counts once they are applied.',
  lane: '{{lane}} (no camera yet)',
  laneExit: '{{lane}}, way out (no camera yet)',
  replace: '{{lane}} (in place of {{old}}, same id)',
  replaceExit: '{{lane}}, way out (in place of {{old}}, same id)',
  newIn: 'A new entry lane',
  newOut: 'A new exit lane',
  newInName: 'New entry',
  newOutName: 'New exit',
  none: 'At no lane yet',
  arm: 'Its relays raise the arm',
  armHelp: 'Where the arm is wired to this camera. A lane that has an arm keeps it.',
  verb: 'Add to the settings',
  drop: 'Leave it out',
  gone: 'Device {{serial}} has not called of late',
  goneText: 'Check its power, its cable and its server address; once it calls again it appears under Devices.',
  present: 'Device {{serial}} stands in the settings already, as {{id}}',
  back: 'Back to the devices',
};
