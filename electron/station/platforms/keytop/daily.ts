import { shanghaiDate, shanghaiWallClock } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { PostAreaInfo } from './messages/PostAreaInfo.ts';
import { PostParkingInfo } from './messages/PostParkingInfo.ts';
import { whomOf } from './whom.ts';

const DAY_MS = 86_400_000;
/** Looked at so often rather than once at the time: clocks are set, and PCs sleep. */
const LOOK_MS = 30_000;

/** One after the other, and each day behind the one before. */
const KEY = 'park';
const MARK = 'daily';

/**
 * The car park and its areas, once a day (1.1, 1.2). The day is the identity of both messages: whatever happens in between, each day is
 * told once, and after a time in which nothing ran, the present day alone.
 */
export class DailyReports {
  readonly #context: KeytopContext;
  /** Whom, and the day, as it was told last. */
  #told = '';
  #stop: () => void = () => undefined;

  constructor(context: KeytopContext) {
    this.#context = context;
  }

  start(): void {
    try {
      this.#tellIfDue();
    } catch (error) {
      this.#context.log.error('the daily reports could not be made', { error: errorText(error) });
    }
    this.#stop = this.#context.clock.after(LOOK_MS, () => this.start());
  }

  stop(): void {
    this.#stop();
  }

  #tellIfDue(): void {
    const { clock, commands, settings } = this.#context;
    const now = clock.now();
    const day = shanghaiDate(now);
    const whom = whomOf(settings);
    this.#told ||= commands.recall(KEYTOP.name, MARK) ?? '';
    const [toWhom, last = ''] = this.#told.split(' ');
    if (toWhom === whom) {
      // Where the clock was set back no day is told again, and none that lies before the last one.
      if (day <= last) return;
      const { hour, minute } = shanghaiWallClock(now);
      const isTime = hour * 60 + minute >= settings.daily.atMinute;
      const isMissing = last < shanghaiDate(now - DAY_MS);
      if (!isTime && !isMissing) return;
    }
    this.#tell(day, whom);
    this.#told = `${whom} ${day}`;
    commands.remember(KEYTOP.name, MARK, this.#told);
  }

  #tell(day: string, whom: string): void {
    const { commands, site, areas, settings } = this.#context;
    const draft = { recordId: `${day}-${whom}`, key: KEY };
    const parkName = site.name;
    commands.enqueue(
      KEYTOP.name,
      PostParkingInfo.draft({
        ...draft,
        body: { parkName, parkArea: areas.length, placeCount: site.totalSpaces },
      }),
    );
    commands.enqueue(
      KEYTOP.name,
      PostAreaInfo.draft({
        ...draft,
        body: {
          ...{ parkName, parkArea: String(areas.length), totalPlaceCount: site.totalSpaces },
          areaInfo: areas.map(({ id, code, name, spaces }) => ({
            ...{ areaCode: code, areaName: name, areaType: settings.areaTypes[id] ?? 0, placeCount: spaces },
          })),
        },
      }),
    );
  }
}
