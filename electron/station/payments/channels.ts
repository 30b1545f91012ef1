import { type Attempt, type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { PaymentChannel } from './channel.ts';
import { agreementCovers } from './departure-pay.ts';
import type { ChannelFacts } from './settlement.ts';
import type { VerdictBooking } from './verdicts.ts';

/** The channels of this car park, in the manager's order. */
export class Channels {
  readonly #deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly channels: readonly PaymentChannel[];
  };

  constructor(deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly channels: readonly PaymentChannel[];
  }) {
    this.#deps = deps;
  }

  /** None where an attempt is older than the present configuration, or a platform without a channel reported it. */
  find(id: string): PaymentChannel | undefined {
    return this.#deps.channels.find((channel) => channel.id === id);
  }

  covers(channel: PaymentChannel, bill: Bill, stay: Stay): boolean {
    return channel.covers(bill, stay, this.#agreement(channel, bill, stay));
  }

  /** Those that an exit asks by itself for this bill. */
  agreements(bill: Bill, stay: Stay, which: (channel: PaymentChannel) => boolean): ChannelFacts[] {
    return this.#deps.channels
      .filter((channel) => channel.kind === 'agreement' && which(channel) && this.covers(channel, bill, stay))
      .map(factsOfChannel);
  }

  /** Whether what came by this attempt can still go back by itself. */
  givesBack({ channel: id }: Attempt): boolean {
    const channel = this.find(id);
    return channel !== undefined && channel.givesBack !== false;
  }

  /** Who collected the money of an attempt. */
  booking(attempt: Attempt): VerdictBooking {
    const channel = this.find(attempt.channel);
    const via = channel ? channel.via : attempt.channel;
    return {
      via,
      title: channel?.title ?? attempt.channel,
      givesBack: this.givesBack(attempt),
      actor: { kind: 'platform', name: via ?? attempt.channel },
      now: this.#deps.clock.now(),
      newId: (prefix) => this.#deps.ids.next(prefix),
    };
  }

  #agreement(channel: PaymentChannel, bill: Bill, stay: Stay): Agreement | null {
    const now = this.#deps.clock.now();
    const found = this.#deps.store.read.agreements
      .ofPlate(stay.plate.text)
      .find(
        (each) => each.platform === (channel.via ?? channel.id) && agreementCovers(each, stay, toPayFen(bill), now),
      );
    return found ?? null;
  }
}

export const factsOfChannel = ({ id, kind, method }: PaymentChannel): ChannelFacts => ({ id, kind, method });
