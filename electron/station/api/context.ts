import type { Role } from '../../../shared/domain/site.ts';

export interface Principal {
  readonly name: string;
  readonly role: Role;
  /** Digest of the token that stands behind this sign-in. */
  readonly tokenHash: string;
}

/** Who is at the other end. One per request over HTTP; one per connection over WebSocket and message port, where sign-in sets it. */
export interface Session {
  principal: Principal | null;
}

export interface ApiContext {
  readonly session: Session;
  /** The other end is on this machine: a loopback address, or a message port. */
  readonly local: boolean;
}

const RANK: Readonly<Record<Role, number>> = { attendant: 1, manager: 2, admin: 3 };

/** Each role may do all that the one before may. */
export const mayAct = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];
