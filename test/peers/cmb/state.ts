import { type Account, Accounts, type Mode } from './accounts.ts';
import { Orders } from './orders.ts';
import { Records } from './records.ts';
import { type AnswerStyle, usualStyle } from './style.ts';

/** The newest SpaceInfo. */
export interface Spaces {
  readonly at: number;
  readonly total: number;
  readonly vip: number;
  readonly casual: number;
}

/** Everything that the bank holds of one car park. */
export class State {
  readonly parkCode: string;
  readonly now: () => number;
  readonly records = new Records();
  readonly orders = new Orders();
  readonly accounts = new Accounts();
  readonly style: AnswerStyle = usualStyle();
  mode: Mode = 'direct';
  /** What PayOrderStatus says of a guaranteed order that is not completed. */
  guaranteedCountsAsPaid = true;
  spaces: Spaces | null = null;
  spacesTold = 0;
  /** config_items, the newest. */
  config: Readonly<Record<string, unknown>> | null = null;

  constructor(parkCode: string, now: () => number) {
    this.parkCode = parkCode;
    this.now = now;
  }

  seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  modeOf(account: Account): Mode {
    return account.habits.mode ?? this.mode;
  }
}
