/** Who may log in: user name → password. */
export type Users = Readonly<Record<string, string>>;

export interface ConnectedClient {
  readonly clientId: string;
  readonly username: string | undefined;
}

/** A broker of a test, on 127.0.0.1. */
export interface TestBroker {
  /** `mqtt://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  /** Clients that are logged in now. */
  clients(): readonly ConnectedClient[];
  /** Ends it for good; connected clients are cut. */
  stop(): Promise<void>;
}
