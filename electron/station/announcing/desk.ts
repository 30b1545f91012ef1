import type { AnnouncementPreview, AnnouncingDisplay } from '../../../shared/contract/announcements.ts';
import { type FilledText, fillText, SAMPLE_VALUES, type Values } from '../../../shared/domain/announcement-fill.ts';
import type { AnnouncementText } from '../../../shared/domain/announcement-text.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import type { CommandOutcome } from '../devices/device.ts';
import { NotFoundError } from '../runtime/errors.ts';
import type { Store } from '../store/store.ts';
import type { Announcer, AnnouncingDevices } from './announcer.ts';
import { type Board, type Given, shownLines } from './board.ts';

/** A text and what fills it: given values, else what is known at a lane, else made-up ones. */
interface Filling {
  readonly text: AnnouncementText;
  readonly laneId?: string | undefined;
  readonly values: Values;
}

interface DeskDeps {
  readonly announcer: Announcer;
  readonly devices: Pick<AnnouncingDevices, 'watchOf'>;
  readonly store: Pick<Store, 'write'>;
}

/** The displays of the lanes as the people see them who write their texts. */
export class AnnouncementDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  now(): { volume: number; displays: AnnouncingDisplay[] } {
    const { announcer } = this.#deps;
    return { volume: announcer.volume(), displays: announcer.boards().map((board) => this.#view(board)) };
  }

  /** @throws NotFoundError for a lane that is not there. */
  preview(filling: Filling): AnnouncementPreview {
    const { lines, speech } = this.#fill(filling);
    return { lines: lines.map((line) => ({ ...line })), speech: { ...speech } };
  }

  /**
   * Shows a text now. Whoever did it stands in the journal.
   *
   * @throws NotFoundError for a lane or a display that is not there.
   */
  async try(
    what: Filling & { readonly displayId: string; readonly speak: boolean },
    actor: Actor,
  ): Promise<CommandOutcome> {
    const { announcer, store } = this.#deps;
    const board = announcer.boards().find(({ display }) => display.id === what.displayId);
    if (!board) throw new NotFoundError(`没有显示屏 ${what.displayId}`);
    const filled = this.#fill(what);
    const lines = shownLines(filled);
    const speech = what.speak && board.display.speaks ? filled.speech.text : '';
    store.write((tx) =>
      tx.record({
        kind: 'display-tested',
        ...{ key: null, laneId: board.lanes[0]?.lane.id ?? null, passageId: null, actor },
        body: {
          deviceId: what.displayId,
          lines: lines.map(({ text }) => text),
          ...(speech === '' ? {} : { speech }),
        },
      }),
    );
    return await announcer.show(board.display, lines, 'test', speech);
  }

  #fill({ text, laneId, values }: Filling): FilledText {
    const there = laneId === undefined ? null : this.#deps.announcer.valuesAt(laneId);
    return fillText(text, { ...SAMPLE_VALUES, ...there?.place, ...known(there?.told?.values), ...known(values) });
  }

  #view({ display, lanes, given }: Board): AnnouncingDisplay {
    const { id, driver, speaks } = display;
    return {
      ...{ id, driver, speaks, given: given && givenView(given) },
      state: this.#deps.devices.watchOf(display.facts?.().via ?? id)?.state ?? 'unknown',
      lanes: lanes.map(({ lane }) => ({ id: lane.id, name: lane.name })),
    };
  }
}

/** Without what is not known: a made-up value shows better what a text is like. */
const known = (values: Values = {}): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));

function givenView({ ended, at, lines, speech, by, event, vehicle }: Given): AnnouncingDisplay['given'] {
  return {
    ...{ by, event, vehicle, speech, lines: [...lines], at: toRfc3339(at) },
    outcome: ended?.outcome ?? 'pending',
    detail: ended?.detail ?? '',
  };
}
