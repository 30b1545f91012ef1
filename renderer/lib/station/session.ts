import { create } from 'zustand';
import type { StationClient } from '../../../shared/contract/index.ts';
import { hasByRole, type Right, ranksAtLeast } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';

export type StationStatus = Awaited<ReturnType<StationClient['auth']['status']>>;
export interface User {
  readonly name: string;
  readonly role: Role;
  readonly displayName?: string;
  /** 工号 */
  readonly number?: string;
  readonly post?: { readonly id: string; readonly name: string } | null;
  /** What the station says this person may do; absent: what the role has of its own. */
  readonly rights?: readonly Right[];
  /** 锁屏: this window may look at the lanes, and be unlocked. */
  readonly locked?: boolean;
}

export interface SessionState {
  /** connecting: nothing known yet · lost: was there, is being sought again; what was shown stays on screen, greyed. */
  readonly link: 'connecting' | 'online' | 'lost';
  /** When the connection went, by this PC's clock. */
  readonly lostAt: number | null;
  readonly attempt: number;
  readonly status: StationStatus | null;
  readonly user: User | null;
  /** Station time minus this PC's time: every clock on screen shows station time. */
  readonly skewMs: number;
  /** Set by signing out: the demo then waits to be asked before it signs in again. */
  readonly leftByChoice: boolean;
  /** Set when the station no longer knows the token of this window. */
  readonly expired: boolean;
}

export const initialSession: SessionState = {
  link: 'connecting',
  lostAt: null,
  attempt: 0,
  status: null,
  user: null,
  skewMs: 0,
  leftByChoice: false,
  expired: false,
};

export const useSession = create<SessionState>(() => initialSession);

/** Whether `user` ranks as `role` or higher. For single things ask {@link may}: a post may give or take them. */
export function mayAct(user: User | null, role: Role): boolean {
  return user !== null && ranksAtLeast(user.role, role);
}

/** Whether `user` may do this, down to the button. The station decides; this only spares people a refusal. */
export function may(user: User | null, right: Right): boolean {
  if (user === null) return false;
  return user.rights ? user.rights.includes(right) : hasByRole(user.role, right);
}

/** The station's clock, as far as this window knows it. */
export function stationNow(): number {
  return Date.now() + useSession.getState().skewMs;
}
