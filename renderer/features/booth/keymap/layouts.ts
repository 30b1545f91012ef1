/** What a key or its button can stand for in the booth. */
export const boothActs = [
  'proceed',
  'pay',
  'pos',
  'part',
  'change',
  'release',
  'owe',
  'cancel',
  'refresh',
  'correct',
  'entryPlate',
  'snapshot',
  'receipt',
  'drawer',
  'closeIn',
  'openIn',
  'closeOut',
  'openOut',
  'hold',
  'turn',
  'next',
  'passed',
  'silence',
  'night',
  'brighter',
  'darker',
  'contrast',
  'mute',
  'help',
] as const;
export type BoothAct = (typeof boothActs)[number];

/** As the list of keys shows them. */
export const actGroups = {
  money: ['proceed', 'pay', 'pos', 'part', 'change', 'owe', 'release', 'cancel', 'refresh', 'receipt', 'drawer'],
  car: ['correct', 'entryPlate', 'snapshot', 'next', 'passed'],
  gates: ['closeIn', 'openIn', 'closeOut', 'openOut', 'hold', 'turn'],
  screen: ['silence', 'mute', 'night', 'brighter', 'darker', 'contrast', 'help'],
} as const satisfies Record<string, readonly BoothAct[]>;

export type Layout = Readonly<Record<BoothAct, string>>;
export type LayoutName = 'booth' | 'classic';

/** F7 is left for the shift. The function keys lie as the field is used to; what came later lies on the number pad and on letters. */
const booth: Layout = {
  closeIn: 'F1',
  openIn: 'F2',
  closeOut: 'F3',
  openOut: 'F4',
  correct: 'F5',
  hold: 'F6',
  passed: 'F8',
  turn: 'F9',
  next: 'F10',
  proceed: 'F11',
  release: 'F12',
  cancel: 'Delete',
  owe: '-',
  refresh: '*',
  pay: '+',
  pos: '/',
  part: 'B',
  change: 'C',
  entryPlate: 'E',
  snapshot: 'P',
  receipt: 'R',
  drawer: 'D',
  silence: 'A',
  mute: 'M',
  night: 'N',
  brighter: 'PageUp',
  darker: 'PageDown',
  contrast: 'End',
  help: 'H',
};

/** For staff that comes from the older program: its history lies on F9. */
const classic: Layout = { ...booth, passed: 'F9', turn: 'T' };

export const layouts: Readonly<Record<LayoutName, Layout>> = { booth, classic };
