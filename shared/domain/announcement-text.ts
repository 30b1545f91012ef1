import { z } from 'zod';
import { displayColorSchema } from './display.ts';
import { setting } from './setting.ts';
import { type CardType, cardTypeSchema } from './terms.ts';

/** What can be told at a lane (屏显与语音), and the words that stand for what differs from car to car. Pure. */

/** Of what is told, in the order in which people look for it. */
export const announcementEventSchema = z.enum([
  'idle-in',
  'idle-out',
  'held-open',
  'entry-welcome',
  'card-expires-soon',
  'card-expired',
  'card-surplus',
  'card-used-up',
  'card-suspended',
  'full',
  'closed',
  'card-refused',
  'card-spaces-taken',
  'exit-due',
  'exit-paid',
  'exit-free',
  'exit-later',
  'exit-owing',
  'inner-exit',
  'released',
  'no-entry',
  'arrears',
  'refused',
  'unread',
  'unlicensed',
  'checking',
  'waiting',
  'asking',
  'pricing',
  'remote-refused',
  'gate-trouble',
]);
export type AnnouncementEvent = z.infer<typeof announcementEventSchema>;

/** 临时车 · 固定车, and each type of them · 访客车, and booked ones · 免费车 · 名单车 · 无牌车 · any: whoever has no text of its own. */
export const announcedVehicleSchema = z.enum([
  'any',
  'temporary',
  'card',
  'card-monthly',
  'card-stored-value',
  'card-counted',
  'card-hours',
  'card-owner',
  'card-staff',
  'card-vip',
  'card-guest',
  'card-coach',
  'card-shared-space',
  'visitor',
  'booking',
  'free',
  'listed',
  'unread',
]);
export type AnnouncedVehicle = z.infer<typeof announcedVehicleSchema>;

/** The class of the cars on cards of a type. */
export const vehicleOfCard = (type: CardType): AnnouncedVehicle => `card-${type}`;

const CARD_TYPES: ReadonlyMap<AnnouncedVehicle, CardType> = new Map(
  cardTypeSchema.options.map((type) => [vehicleOfCard(type), type]),
);

/** The type of card that a class is of; undefined: it is of none, or of all. */
export const cardTypeOf = (vehicle: AnnouncedVehicle): CardType | undefined => CARD_TYPES.get(vehicle);

/** The class that a class is a part of: its text counts where a manager changed that and not the one of the part. */
export function widerVehicle(vehicle: AnnouncedVehicle): AnnouncedVehicle | null {
  if (cardTypeOf(vehicle)) return 'card';
  return vehicle === 'booking' ? 'visitor' : null;
}

/** What stands between braces in a text; each has a Chinese and an English name, and both are understood. */
export const placeholderSchema = z.enum([
  'plate',
  'fee',
  'paid',
  'duration',
  'minutes',
  'days',
  'balance',
  'times',
  'hours',
  'free',
  'time',
  'date',
  'park',
  'lane',
]);
export type Placeholder = z.infer<typeof placeholderSchema>;

export const placeholderZh: Readonly<Record<Placeholder, string>> = {
  plate: '车牌',
  fee: '金额',
  paid: '已缴',
  duration: '停车时长',
  minutes: '停车分钟',
  days: '剩余天数',
  balance: '余额',
  times: '剩余次数',
  hours: '剩余小时',
  free: '余位',
  time: '时间',
  date: '日期',
  park: '车场',
  lane: '车道',
};

const byName: ReadonlyMap<string, Placeholder> = new Map(
  placeholderSchema.options.flatMap((each) => [
    [each, each],
    [placeholderZh[each], each],
  ]),
);

/** The placeholder of this name, in either language. */
export const placeholderNamed = (name: string): Placeholder | undefined => byName.get(name.trim());

const ALWAYS: readonly Placeholder[] = ['free', 'time', 'date', 'park', 'lane'];
const STAYED: readonly Placeholder[] = ['plate', 'duration', 'minutes'];
/** What a card still holds, where it holds such a thing. */
const OF_CARD: readonly Placeholder[] = ['days', 'balance', 'times', 'hours'];
const OF_EVENT: Readonly<Partial<Record<AnnouncementEvent, readonly Placeholder[]>>> = {
  'idle-in': [],
  'idle-out': [],
  'held-open': [],
  'entry-welcome': ['plate', ...OF_CARD],
  'card-expires-soon': ['plate', ...OF_CARD],
  'exit-due': [...STAYED, 'fee', 'balance'],
  'exit-paid': [...STAYED, 'paid', ...OF_CARD],
  'exit-free': [...STAYED, ...OF_CARD],
  'exit-later': [...STAYED, 'fee'],
  'exit-owing': [...STAYED, 'fee'],
};

/** Told to who was let through: it stays for a while. Everything else is told for as long as the car waits. */
export const passingEvents: ReadonlySet<AnnouncementEvent> = new Set([
  ...([
    'entry-welcome',
    'card-expires-soon',
    'card-expired',
    'card-surplus',
    'card-used-up',
    'card-suspended',
  ] as const),
  ...(['exit-paid', 'exit-free', 'exit-later', 'exit-owing', 'inner-exit', 'released'] as const),
  ...(['held-open', 'gate-trouble'] as const),
]);

/** What is known when this is told. */
export const placeholdersOf = (event: AnnouncementEvent): readonly Placeholder[] => [
  ...(OF_EVENT[event] ?? ['plate']),
  ...ALWAYS,
];

/** Most that a board takes of a line and of a speech, in columns: a Chinese character takes two, as it does bytes in GBK. */
export const MOST_LINES = 4;
export const MOST_LINE_COLUMNS = 32;
export const MOST_SPEECH_COLUMNS = 64;

/** Columns of a text on a display: two for everything beyond ASCII. */
export const columnsOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);

export interface Part {
  readonly text: string;
  /** The name between the braces; null: plain text. */
  readonly name: string | null;
}

/** A text cut at its placeholders. */
export const partsOf = (text: string): readonly Part[] =>
  text
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      /^\{[^{}]*\}$/.test(piece) ? { text: piece, name: piece.slice(1, -1) } : { text: piece, name: null },
    );

/**
 * unknown: no such placeholder · not-here: it has no value when this is told · brace: one without its partner ·
 * too-wide: more than any board takes, before anything is filled in.
 */
export interface TextFault {
  readonly code: 'unknown' | 'not-here' | 'brace' | 'too-wide';
  readonly part: 'line' | 'speech';
  /** The line, from 0; 0 for the speech. */
  readonly index: number;
  /** What stands between the braces. */
  readonly name: string;
}

const announcementLineSchema = z.strictObject({
  text: z
    .string()
    .max(80)
    .describe('Text with placeholders between braces, e.g. {plate} or {车牌}')
    .meta(setting('文字', '可用花括号里的占位符，如 {车牌}、{金额}', 'Text')),
  color: displayColorSchema
    .default('red')
    .describe('Colour, where the display has several')
    .meta(
      setting('颜色', '多色屏按此显示，单色屏不理会', 'Colour', {
        choices: { red: 'Red', green: 'Green', yellow: 'Yellow' },
        choicesZh: { red: '红', green: '绿', yellow: '黄' },
      }),
    ),
});

const textShape = z.strictObject({
  event: announcementEventSchema.describe('When it is told').meta(setting('场合', '什么时候显示和播报', 'Event')),
  vehicle: announcedVehicleSchema
    .default('any')
    .describe('To whom; card: on cards of all types that have no text of their own; any: to all who have none')
    .meta(setting('车辆', '对哪类车；card 为没有单独设置的各种卡，any 为没有单独设置的车辆', 'Vehicles')),
  lines: z
    .array(announcementLineSchema)
    .max(MOST_LINES)
    .default([])
    .describe('Lines from top to bottom; one whose placeholder has no value is left out')
    .meta(setting('显示', '自上而下的各行；占位符没有内容的行不显示', 'Lines')),
  speech: z
    .string()
    .max(160)
    .default('')
    .describe('What is spoken, phrases parted by commas; empty: nothing')
    .meta(setting('语音', '播报内容，短语之间用逗号；不填不播报', 'Speech')),
  seconds: z
    .int()
    .min(1)
    .max(600)
    .optional()
    .describe('How long it stays after the car was let through; absent: as for all')
    .meta(setting('停留（秒）', '放行后停留多久；不填按统一设置', 'Stays (s)')),
});

/** What is shown and said of one event to one class of vehicles. */
export type AnnouncementText = z.infer<typeof textShape>;
export type AnnouncementLine = AnnouncementText['lines'][number];

function faultsIn(text: string, at: Pick<TextFault, 'part' | 'index'>, event: AnnouncementEvent): readonly TextFault[] {
  const parts = partsOf(text);
  const plain = parts.filter(({ name }) => name === null);
  const named = parts.flatMap(({ name }): TextFault[] => {
    if (name === null) return [];
    const known = placeholderNamed(name);
    if (known === undefined) return [{ ...at, code: 'unknown', name }];
    return placeholdersOf(event).includes(known) ? [] : [{ ...at, code: 'not-here', name }];
  });
  const most = at.part === 'line' ? MOST_LINE_COLUMNS : MOST_SPEECH_COLUMNS;
  const wide = plain.reduce((sum, part) => sum + columnsOf(part.text), 0) > most;
  return [
    ...named,
    ...(plain.some((part) => /[{}]/.test(part.text)) ? [{ ...at, code: 'brace', name: '' } as const] : []),
    ...(wide ? [{ ...at, code: 'too-wide', name: '' } as const] : []),
  ];
}

/** What is wrong with a text by itself, whatever is filled in. */
export const textFaults = ({ event, lines, speech }: AnnouncementText): readonly TextFault[] => [
  ...lines.flatMap(({ text }, index) => faultsIn(text, { part: 'line', index }, event)),
  ...faultsIn(speech, { part: 'speech', index: 0 }, event),
];

function wordsOf({ code, part, name }: TextFault, event: AnnouncementEvent): string {
  switch (code) {
    case 'unknown':
      return `no placeholder {${name}}`;
    case 'not-here':
      return `{${name}} has no value at ${event}`;
    case 'brace':
      return 'a brace without its partner';
    case 'too-wide':
      return `wider than ${part === 'line' ? MOST_LINE_COLUMNS : MOST_SPEECH_COLUMNS} columns`;
  }
}

export const announcementTextSchema = textShape.superRefine((text, context) => {
  for (const fault of textFaults(text))
    context.addIssue({
      code: 'custom',
      path: fault.part === 'line' ? ['lines', fault.index, 'text'] : ['speech'],
      message: wordsOf(fault, text.event),
    });
});
