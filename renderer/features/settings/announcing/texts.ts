import { type AnnouncementRules, announcementRulesSchema } from '../../../../shared/domain/announcement.ts';
import { defaultText, effectiveTexts, textFor } from '../../../../shared/domain/announcement-defaults.ts';
import { type FilledLine, fillText, SAMPLE_VALUES, type Values } from '../../../../shared/domain/announcement-fill.ts';
import {
  type AnnouncementEvent,
  type AnnouncementText,
  cardTypeOf,
} from '../../../../shared/domain/announcement-text.ts';
import type { Translate } from '../../../lib/i18n/index.ts';

/** The texts as their section shows and changes them. */

export const groups = {
  idle: ['idle-in', 'idle-out', 'held-open'],
  entry: ['entry-welcome', 'card-expires-soon', 'card-expired', 'card-surplus', 'card-used-up', 'card-suspended'],
  exit: ['exit-due', 'exit-paid', 'exit-free', 'exit-later', 'exit-owing', 'inner-exit'],
  stopped: [
    ...(['full', 'closed', 'card-refused', 'card-spaces-taken', 'no-entry', 'arrears', 'refused'] as const),
    ...(['unread', 'unlicensed', 'checking', 'waiting', 'asking', 'pricing', 'remote-refused'] as const),
    ...(['gate-trouble', 'released'] as const),
  ],
} as const satisfies Record<string, readonly AnnouncementEvent[]>;
export type Group = keyof typeof groups;
export const groupNames = ['idle', 'entry', 'exit', 'stopped'] as const satisfies readonly Group[];

/** The sample car at this car park. */
export const sampleAt = (park: string | undefined): Values =>
  park === undefined ? SAMPLE_VALUES : { ...SAMPLE_VALUES, park };

/** The lines that are shown of a text: those in which something stands. */
export const shownOf = (text: Pick<AnnouncementText, 'lines' | 'speech'>, values: Values): readonly FilledLine[] =>
  fillText(text, values).lines.filter((line) => !line.absent && line.text !== '');

type Place = Pick<AnnouncementText, 'event' | 'vehicle'>;
const isOf = (one: Place) => (other: Place) => other.event === one.event && other.vehicle === one.vehicle;

const sameWords = (one: AnnouncementText, other: AnnouncementText): boolean =>
  JSON.stringify([one.lines, one.speech, one.seconds ?? null]) ===
  JSON.stringify([other.lines, other.speech, other.seconds ?? null]);

/** The changed texts with this one among them; written as it would read without being changed, it is changed no more. */
export function withText(texts: AnnouncementRules['texts'], text: AnnouncementText): AnnouncementRules['texts'] {
  const others = withoutText(texts, text);
  const isBuiltIn = defaultText(text.event, text.vehicle) !== undefined;
  return isBuiltIn && sameWords(textFor(others, text.event, text.vehicle), text) ? others : [...others, text];
}

/** What the program brings along for a class gives way here to what was changed for those that it is a part of. */
export const isFollowing = (texts: readonly AnnouncementText[], { event, vehicle }: Place): boolean =>
  !isChanged(texts, { event, vehicle }) && texts.includes(textFor(texts, event, vehicle));

export const withoutText = (texts: AnnouncementRules['texts'], text: AnnouncementText): AnnouncementRules['texts'] =>
  texts.filter((each) => !isOf(text)(each));

export const isChanged = (texts: readonly AnnouncementText[], text: Place): boolean => texts.some(isOf(text));

/** The settings with a fault, by their first name. */
export function faultsOf(rules: AnnouncementRules): ReadonlySet<string> {
  const parsed = announcementRulesSchema.safeParse(rules);
  return new Set(parsed.error?.issues.map(({ path }) => String(path[0] ?? '')) ?? []);
}

/** The vehicles of a text in words: all, where no class has its own beside it. */
export const whom = (text: AnnouncementText, texts: readonly AnnouncementText[], t: Translate): string =>
  text.vehicle === 'any' && effectiveTexts(texts).filter(({ event }) => event === text.event).length === 1
    ? t('settings.announcing.everybody')
    : t(`settings.announcing.vehicle.${text.vehicle}`);

/** Fewer types of cards than this stand in the table as they are. */
const MANY = 3;

/** The texts of an event, with those of types of cards that nobody changed put away behind one row where they are many. */
export function foldedRows(rows: readonly AnnouncementText[], changed: readonly AnnouncementText[]) {
  const types = rows.filter((row) => cardTypeOf(row.vehicle) && !isChanged(changed, row));
  if (types.length < MANY) return { first: rows, folded: [], last: [] };
  const at = rows.findIndex((row) => types.includes(row));
  const rest = rows.filter((row) => !types.includes(row));
  const first = rest.filter((row) => rows.indexOf(row) < at);
  return { first, folded: types, last: rest.slice(first.length) };
}
