import { CardUpload } from './card-upload.ts';
import type { KeytopContext } from './context.ts';
import { DailyReports } from './daily.ts';
import { DeviceReports } from './device-reports.ts';

/** What is told without anything having happened: at the start, and once a day. */
export class Announcements {
  readonly #cards: CardUpload;
  readonly #daily: DailyReports;
  readonly #devices: DeviceReports;

  constructor(context: KeytopContext) {
    this.#cards = new CardUpload(context);
    this.#daily = new DailyReports(context);
    this.#devices = new DeviceReports(context);
  }

  start(): void {
    this.#cards.start();
    this.#daily.start();
    this.#devices.start();
  }

  stop(): void {
    this.#cards.stop();
    this.#daily.stop();
    this.#devices.stop();
  }
}
