import { type Implementer as Implementing, implement } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import { type Contract, contract } from '../../../shared/contract/index.ts';

/** What a connection knows: who signed in on it. */
export interface FakeConnection {
  user: UserView | null;
}

/**
 * Named, because a contract of this size is too long for the compiler to write out; and put just as `$context` puts it, since two
 * types of this size that only come to the same are compared procedure by procedure.
 */
type Implementer = Implementing<Contract, FakeConnection & Record<never, never>, FakeConnection>;

export const os: Implementer = implement(contract).$context<FakeConnection>();
