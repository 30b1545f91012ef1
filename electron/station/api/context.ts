import { type Right, ranksAtLeast } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';

export interface Principal {
  readonly name: string;
  readonly role: Role;
  readonly displayName: string;
  /** 工号 */
  readonly number: string;
  readonly post: { readonly id: string; readonly name: string } | null;
  /** What the role gives and the post changes. */
  readonly rights: ReadonlySet<Right>;
  /** Digest of the token that stands behind this sign-in. */
  readonly tokenHash: string;
  /** Since when the screen of this sign-in is locked; null: it is not. */
  readonly lockedAt: number | null;
}

/** Who is at the other end. One per request over HTTP; one per connection over WebSocket and message port, where sign-in sets it. */
export interface Session {
  principal: Principal | null;
}

export interface ApiContext {
  readonly session: Session;
  /** The other end is on this machine: a loopback address, or a message port. */
  readonly local: boolean;
  /** Where the other end is; absent over a message port. */
  readonly address?: string | undefined;
}

/** Each role may do all that the one before may. */
export const mayAct = ranksAtLeast;
