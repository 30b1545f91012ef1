import { shanghaiDate } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { PostAreaInfo } from './messages/PostAreaInfo.ts';
import { PostParkingInfo } from './messages/PostParkingInfo.ts';

const MINUTE_MS = 60_000;
/** Looked at so often rather than once at the time: clocks are set, and PCs sleep. */
const LOOK_MS = 30_000;

/** One after the other, and each day behind the one before. */
const KEY = 'park';

/**
 * The car park and its areas, once a day (1.1, 1.2). The day is the identity of both messages: whatever happens in between, each day is
 * told once, and after a time in which nothing ran, the present day alone.
 */
export class DailyReports {
  readonly #context: KeytopContext;
  #day = '';
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
    const day = shanghaiDate(clock.now() - settings.daily.atMinute * MINUTE_MS);
    // Kept so that a clock that was set back tells no day again, and none is told that lies before the last one.
    if (day <= this.#day || day <= (commands.recall(KEYTOP.name, 'daily') ?? '')) return;
    this.#tell(day);
    commands.remember(KEYTOP.name, 'daily', day);
    this.#day = day;
  }

  #tell(day: string): void {
    const { commands, site, areas, settings } = this.#context;
    const draft = { recordId: day, key: KEY };
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
