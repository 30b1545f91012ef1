import type { StationClient } from '../../../shared/contract/index.ts';
import type { Translate, WordKey } from '../../lib/i18n/index.ts';
import type { Note } from './editor-context.ts';
import type { Fault, Reading } from './form.ts';

export type Check = Awaited<ReturnType<StationClient['tariffs']['preview']['check']>>;

const codes: Readonly<Record<string, WordKey>> = {
  'choice-open': 'tariffs.finding.choiceOpen',
  'segments-overlap': 'tariffs.finding.overlap',
  'time-without-price': 'tariffs.finding.timeWithoutPrice',
  'night-overlaps-next-day': 'tariffs.finding.nightOverlaps',
  'programme-unreachable': 'tariffs.finding.unreachable',
  'day-without-programme': 'tariffs.finding.dayWithout',
  'unknown-season': 'tariffs.finding.unknownSeason',
  'cap-below-price': 'tariffs.finding.capBelow',
  'caps-fall': 'tariffs.finding.capsFall',
  'remainder-lost': 'tariffs.finding.remainderLost',
  'segment-never-whole': 'tariffs.finding.neverWhole',
  'class-not-in-rule': 'tariffs.finding.classNotInRule',
  'free-after-payment-unused': 'tariffs.finding.freeAfterUnused',
  'may-fall': 'tariffs.finding.mayFall',
  'unknown-area': 'tariffs.finding.unknownArea',
  'unknown-card-type': 'tariffs.finding.unknownCardType',
};

/** The sentences of the schema, in the words of the form. */
const sentences: Readonly<Record<string, WordKey>> = {
  missing: 'tariffs.fault.missing',
  'must be later than the one before': 'tariffs.fault.rising',
  'a longer stay must not cost less': 'tariffs.fault.cheaper',
  'brackets of less than an hour cannot repeat: use units': 'tariffs.fault.shortRepeat',
  'the last step has no end': 'tariffs.fault.lastStep',
  'is missing': 'tariffs.fault.missing',
  'must be less than each unit': 'tariffs.fault.aboveUnit',
  'write 00:00': 'tariffs.fault.midnight',
  'must be HH:mm': 'tariffs.fault.clock',
  'a unit that runs across a boundary must count when begun': 'tariffs.fault.partCrossing',
  'cannot go with a cap of the natural day': 'tariffs.fault.wholeDayCap',
};

function faultText({ path, message }: Fault, t: Translate): string {
  const key = sentences[message];
  if (key !== undefined) return t(key);
  if (message.startsWith('class ') && message.endsWith('has two prices')) return t('tariffs.fault.twoPrices');
  if (path.at(-1) === 'vehicleClasses') return t('tariffs.fault.noClass');
  if (path.length === 1 && (path[0] === 'name' || path[0] === 'id')) return t('tariffs.fault.missing');
  return t('tariffs.fault.wrong');
}

/** Everything that is wrong, undecided or worth knowing, at its field: what the form sees by itself, then what the station found. */
export function notesOf(reading: Reading, check: Check | null, t: Translate): readonly Note[] {
  const local: Note[] = reading.faults.map((fault) => ({
    path: fault.path,
    severity: 'error',
    text: faultText(fault, t),
  }));
  const undecided: Note[] = reading.open.map((path) => ({
    path: path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    severity: 'open',
    text: t('tariffs.finding.choiceOpen'),
  }));
  const found = (reading.tariff === null ? [] : (check?.findings ?? [])).filter(({ code }) => code !== 'choice-open');
  return [
    ...local,
    ...undecided,
    ...found.map(({ severity, code, path, message }): Note => {
      const key = codes[code];
      return { path, severity, text: key === undefined ? message : t(key) };
    }),
  ];
}

/** The notes by field. */
export function notesByPath(notes: readonly Note[]): ReadonlyMap<string, readonly Note[]> {
  const map = new Map<string, Note[]>();
  for (const note of notes) {
    // An undecided question says so in its title.
    if (note.severity === 'open') continue;
    const key = note.path.join('.');
    map.set(key, [...(map.get(key) ?? []), note]);
  }
  return map;
}
