import { implement } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import { contract } from '../../../shared/contract/index.ts';

/** What a connection knows: who signed in on it. */
export interface FakeConnection {
  user: UserView | null;
}

export const os = implement(contract).$context<FakeConnection>();
