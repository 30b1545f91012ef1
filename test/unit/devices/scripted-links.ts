import type {
  BrokerAddress,
  BrokerListener,
  DeviceLinks,
  LineAddress,
  LineListener,
  Written,
} from '../../../electron/station/devices/links.ts';

/** A line or a broker that does as the test says. */
export class ScriptedLinks implements Pick<DeviceLinks, 'line' | 'mqtt'> {
  address: LineAddress | BrokerAddress | null = null;
  isUp = false;
  /** What becomes of what is sent. */
  written: Written | Promise<Written> = 'written';
  readonly sent: Buffer[] = [];
  readonly published: { readonly topic: string; readonly payload: string }[] = [];
  readonly resets: string[] = [];
  closed = false;
  topics: readonly string[] = [];
  #onLine: LineListener | null = null;
  #onBroker: BrokerListener | null = null;

  readonly line: DeviceLinks['line'] = (address, listener) => {
    const isUp = (): boolean => this.isUp;
    this.address = address;
    this.#onLine = listener;
    return {
      get isUp() {
        return isUp();
      },
      write: async (bytes) => {
        if (!this.isUp) return 'none';
        this.sent.push(Buffer.from(bytes));
        return this.written;
      },
      turn: (_urgency, task) => task(),
      reset: (why) => {
        this.resets.push(why);
        this.down(why);
      },
      close: () => {
        this.closed = true;
      },
    };
  };

  readonly mqtt: DeviceLinks['mqtt'] = (address, listener) => {
    const isUp = (): boolean => this.isUp;
    this.address = address;
    this.topics = listener.topics;
    this.#onBroker = listener;
    return {
      get isUp() {
        return isUp();
      },
      publish: async (topic, payload) => {
        if (!this.isUp) return 'none';
        this.published.push({ topic, payload });
        return this.written;
      },
      close: () => {
        this.closed = true;
      },
    };
  };

  up(): void {
    this.isUp = true;
    (this.#onLine ?? this.#onBroker)?.state(true, '已连接');
  }

  down(why: string): void {
    this.isUp = false;
    (this.#onLine ?? this.#onBroker)?.state(false, why);
  }

  data(bytes: Uint8Array): void {
    this.#onLine?.data(bytes);
  }

  message(topic: string, payload: string | Uint8Array): void {
    this.#onBroker?.message(topic, Buffer.from(payload));
  }
}
