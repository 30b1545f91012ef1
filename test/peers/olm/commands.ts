import type { Relays } from '../lane/index.ts';
import type { Screen } from './screen.ts';
import { readLines, readSpeak, readTemporary, type SentTexts } from './texts.ts';
import type { Voice } from './voice.ts';

/** What was set, `null` as it came from the factory. */
export interface Settings {
  /** 1A: it carries everything out and answers nothing. */
  noReply: boolean;
  /** 10–100. */
  brightness: number | null;
  /** 10–100. */
  volume: number | null;
  /** `2026-11-22 09:30:00`, as it was set. */
  clock: string | null;
  /** How often something was written to flash, which does not last for ever. */
  flashWrites: number;
}

export interface CommandOutcome {
  /** 0 done; 1 unknown command, 2 data that do not fit, 3 a value out of range. Only 0 is documented. */
  readonly status: number;
  readonly complaints: readonly string[];
}

export type CommandTable = Readonly<Record<number, (data: Buffer) => CommandOutcome>>;

interface Parts {
  readonly version: '2.0' | 'old';
  readonly screen: Screen;
  readonly voice: Voice;
  readonly relays: Relays | undefined;
  readonly settings: () => Settings;
}

const DONE: CommandOutcome = { status: 0, complaints: [] };
const failed = (status: number, complaint: string): CommandOutcome => ({ status, complaints: [complaint] });
const MISFIT = failed(2, 'data that do not fit');

/** What a board does for each command that it knows. */
export function commandsOf(parts: Parts): CommandTable {
  const texts = (read: SentTexts | null): CommandOutcome => showTexts(parts, read);
  const stored = new Map<number, string>();
  return {
    5: (data) => setClock(parts.settings(), data),
    12: (data) => setLevel(parts.settings(), 'brightness', data),
    13: (data) => setLevel(parts.settings(), 'volume', data),
    15: (data) => switchRelay(parts.relays, data),
    // The byte is not documented: 1 to be silent, 0 to answer again.
    26: (data) => {
      if (data.length !== 1) return MISFIT;
      parts.settings().noReply = data[0] === 1;
      return DONE;
    },
    48: (data) => {
      const speech = readSpeak(data);
      if (!speech) return MISFIT;
      parts.voice.say(speech.text, speech.option);
      return { status: 0, complaints: speech.complaints };
    },
    49: () => {
      parts.voice.stop();
      return DONE;
    },
    98: (data) => texts(readTemporary(data)),
    // Their layout is in the board's own document only: the bytes are kept, and whether they changed.
    103: (data) => writeFlash(parts.settings(), stored, 0x67, data),
    104: () => DONE,
    ...(parts.version === 'old'
      ? { 110: (data: Buffer) => texts(readLines(data, 0x6e)) }
      : { 111: (data: Buffer) => texts(readLines(data, 0x6f)) }),
  };
}

function showTexts({ screen, voice, settings }: Parts, texts: SentTexts | null): CommandOutcome {
  if (!texts) return MISFIT;
  if (!screen.fits(texts)) return failed(3, 'a line that the screen does not have');
  const complaints = [...texts.complaints];
  if (texts.stored) {
    settings().flashWrites += 1;
    if (!screen.store(texts)) complaints.push('flash written without a change');
  } else screen.show(texts);
  if (texts.speech !== null) voice.say(texts.speech, 2);
  return { status: 0, complaints };
}

function writeFlash(settings: Settings, stored: Map<number, string>, key: number, data: Buffer): CommandOutcome {
  const hex = data.toString('hex');
  settings.flashWrites += 1;
  const same = stored.get(key) === hex;
  stored.set(key, hex);
  return { status: 0, complaints: same ? ['flash written without a change'] : [] };
}

function setLevel(settings: Settings, which: 'brightness' | 'volume', data: Buffer): CommandOutcome {
  const [level] = data;
  if (level === undefined || data.length !== 1) return MISFIT;
  if (level < 10 || level > 100) return failed(3, `a level of ${level}, not 10 to 100`);
  settings[which] = level;
  return DONE;
}

function setClock(settings: Settings, data: Buffer): CommandOutcome {
  if (data.length !== 8) return MISFIT;
  const [, , month = 0, day = 0, weekday, hour = 0, minute = 0, second = 0] = data;
  const date = new Date(Date.UTC(data.readUInt16LE(0), month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || date.getUTCHours() !== hour)
    return failed(3, 'no such time');
  settings.clock = date.toISOString().slice(0, 19).replace('T', ' ');
  const wrong = weekday !== date.getUTCDay() + 1;
  return { status: 0, complaints: wrong ? [`weekday ${weekday} on ${settings.clock}`] : [] };
}

const BOTH = 0xfe;
const HOLD = 0xff;

function switchRelay(relays: Relays | undefined, data: Buffer): CommandOutcome {
  const [channel = 0, , , , , seconds = 0] = data;
  if (data.length !== 6) return MISFIT;
  if (channel > 2 && channel !== BOTH) return failed(3, `relay ${channel}`);
  for (const relay of channel === BOTH ? [1, 2] : [channel]) {
    const cause = `olm 0f ${data.toString('hex')}`;
    if (seconds === 0 || seconds === HOLD) relays?.set(relay, seconds === HOLD, cause);
    else relays?.pulse(relay, seconds * 1_000, cause);
  }
  return DONE;
}
