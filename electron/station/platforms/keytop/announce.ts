import { errorText } from '../../runtime/errors.ts';
import { uploadCards } from './card-reports.ts';
import type { KeytopContext } from './context.ts';
import { DailyReports } from './daily.ts';
import { DeviceReports } from './device-reports.ts';
import { PostCarCard } from './messages/PostCarCard.ts';

/** What is told without anything having happened: at the start, and once a day. */
export class Announcements {
  readonly #context: KeytopContext;
  readonly #daily: DailyReports;
  readonly #devices: DeviceReports;

  constructor(context: KeytopContext) {
    this.#context = context;
    this.#daily = new DailyReports(context);
    this.#devices = new DeviceReports(context);
  }

  start(): void {
    try {
      uploadCards(PostCarCard.draft, this.#context);
    } catch (error) {
      // The mark is set only behind the last card: the next start begins anew.
      this.#context.log.error('the cards could not be told', { error: errorText(error) });
    }
    this.#daily.start();
    this.#devices.start();
  }

  stop(): void {
    this.#daily.stop();
    this.#devices.stop();
  }
}
