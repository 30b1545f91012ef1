import { create } from 'zustand';
import type { StayDetail } from '../../../shared/contract/stays.ts';

export type KerbFilter = 'all' | 'needs' | 'unpaid';

/** What is asked about a berth, of the car that stood there when it was opened. */
export type KerbDialog = {
  readonly kind: 'identify' | 'correct' | 'arrive' | 'leave' | 'empty' | 'pay';
  readonly berthId: string;
  readonly uid: string | null;
};

export type KerbNotice = { readonly tone: 'done' | 'problem'; readonly text: string };

export interface KerbState {
  readonly chosen: string | null;
  readonly filter: KerbFilter;
  /** '' : all of them. */
  readonly road: string;
  readonly search: string;
  readonly dialog: KerbDialog | null;
  readonly notice: KerbNotice | null;
  readonly busy: boolean;
  /** How the stay ended that a person ended here, until another berth is chosen. */
  readonly gone: { readonly berthId: string; readonly stay: StayDetail } | null;
}

export const initialKerb: KerbState = {
  chosen: null,
  filter: 'all',
  road: '',
  search: '',
  dialog: null,
  notice: null,
  busy: false,
  gone: null,
};

export const useKerb = create<KerbState>(() => initialKerb);

export function choose(id: string | null): void {
  useKerb.setState((state) => (state.chosen === id ? { chosen: id } : { chosen: id, notice: null, gone: null }));
}

export const closeKerbDialog = (): void => useKerb.setState({ dialog: null });
