import { create } from 'zustand';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { Role } from '../../../shared/domain/site.ts';

export type StationStatus = Awaited<ReturnType<StationClient['auth']['status']>>;
export interface User {
  readonly name: string;
  readonly role: Role;
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

const ranks: Record<Role, number> = { attendant: 0, manager: 1, admin: 2 };

/** Whether `user` may do what `role` may. The station decides; this only spares people a refusal. */
export function mayAct(user: User | null, role: Role): boolean {
  return user !== null && ranks[user.role] >= ranks[role];
}

/** The station's clock, as far as this window knows it. */
export function stationNow(): number {
  return Date.now() + useSession.getState().skewMs;
}
