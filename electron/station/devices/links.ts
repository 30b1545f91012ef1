/**
 * What drivers need of the world outside: lines of bytes, HTTP to devices that are servers, MQTT brokers. Passed in, so that drivers own
 * none of it and several of them can share one line.
 */
export interface DeviceLinks {
  /**
   * Opens a line, or joins those who have opened the same one: one RS-485 carries several boards. It connects by itself, and again
   * after it broke, with growing pauses. Nothing has happened yet when this returns.
   *
   * @throws ConfigError when the same port is open with other parameters
   */
  readonly line: (address: LineAddress, listener: LineListener) => Line;
  readonly http: HttpCaller;
  /** Joins a broker, together with others who speak with the same one in the same name. */
  readonly mqtt: (broker: BrokerAddress, listener: BrokerListener) => BrokerLink;
}

export interface SerialAddress {
  readonly kind: 'serial';
  /** `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}

/** `file`: a device file that is only written to, e.g. `/dev/usb/lp0`; what it answers is heard where it answers. */
export type LineAddress =
  | SerialAddress
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'file'; readonly path: string };

export interface LineListener {
  /** Bytes as they came, split and merged as it happens. Everybody who shares the line hears all of them. */
  readonly data: (bytes: Uint8Array) => void;
  /** It is connected, or no longer; `detail` in Chinese. Told at each change, and with the reason when the first attempt failed. */
  readonly state: (up: boolean, detail: string) => void;
}

/** What became of bytes: `none` of them left · `written`, all handed to the system · `some` may have left. */
export type Written = 'written' | 'none' | 'some';

export interface Line {
  readonly isUp: boolean;
  /** Writes at once, in the order of the calls. Ends after `withinMs` at the latest: a printer without paper stops reading. Does not reject. */
  write(bytes: Uint8Array, withinMs: number): Promise<Written>;
  /**
   * The line to oneself, for a question and its answer, while others who share it wait: in the order of asking, an `urgent` one before
   * all that are not. `task` should end soon; its rejection is passed on.
   */
  turn<T>(urgency: 'urgent' | 'usual', task: () => Promise<T>): Promise<T>;
  /** Gives up a connection that is dead although nobody says so; it is made anew after a pause. */
  reset(why: string): void;
  /** Leaves the line; the last one closes it. */
  close(): void;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `http://192.168.1.64/ISAPI/…` */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** From the start to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Not connected by then, it does not leave any more (`none`): for commands that must not come late. */
  readonly leaveWithinMs?: number;
  /** Longer answers fail; 10 MB where it is not said. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** `none`: the request did not leave, so that nothing can have happened · `lost`: it left, and no whole answer came. */
export type HttpFailure = { readonly failed: 'none' | 'lost'; readonly detail: string };

/** An answer without end, e.g. of an event stream. */
export interface HttpStreamListener {
  readonly head: (status: number, headers: ReadonlyMap<string, string>) => void;
  readonly data: (bytes: Uint8Array) => void;
  /** It ended: because of us, of the other side, or of `idleMs` without a byte. Called once, and last. */
  readonly end: (why: string) => void;
}

export interface HttpCaller {
  /** One request. Does not follow redirects, does not reject. */
  ask(question: HttpQuestion): Promise<HttpAnswer | HttpFailure>;
  /** A GET whose answer is read as it comes, of whatever status. @returns ends it */
  stream(
    question: Pick<HttpQuestion, 'url' | 'headers'> & { readonly connectMs: number; readonly idleMs: number },
    listener: HttpStreamListener,
  ): () => void;
}

export interface BrokerAddress {
  /** `mqtt://192.168.1.2:1883`, `mqtts://…` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface BrokerListener {
  /** Topic filters of this listener, heard again after each reconnect. */
  readonly topics: readonly string[];
  readonly message: (topic: string, payload: Uint8Array) => void;
  readonly state: (up: boolean, detail: string) => void;
}

export interface BrokerLink {
  readonly isUp: boolean;
  /** With QoS 1. `written`: the broker has it. Nothing is kept for later: without a connection it is `none`. Does not reject. */
  publish(topic: string, payload: string, withinMs: number): Promise<Written>;
  close(): void;
}
